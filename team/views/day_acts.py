"""What is pressed on the day board about one session: running late, a new link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit import history
from common.http import parse_id
from common.times import format_clock
from common.words import counted
from events.models import Session
from live import late, new_link
from live.late import LateRefused
from live.new_link import ChangedMeanwhile, NewLinkRefused
from live.notices import NoticeRefused
from team.day_forms import LinkForm
from team.guards import acting_member, allowed_if, may_change_sessions
from team.sessions.loading import session_or_404
from team.views.day import at_the_board
from workshops.letters import session_words
from workshops.letters.session_words import Group
from workshops.programme.changes import ProgrammeRefused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def run_late(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask how late it is, one press each, and say it."""
    session, at = session_or_404(slug, session_slug), timezone.now()
    if not session.is_live:
        raise Http404
    if request.method != "POST":
        choices = [(one, late.clock_of(session, one, at=at)) for one in late.MINUTES]
        context = {
            "session": session,
            "choices": choices,
            "emailed_from": late.EMAILED_FROM,
            "people": session_words.how_many(session, Group.BOOKED),
        }
        return render(request, "team/day/late.html", context)
    minutes, by = parse_id(request.POST.get("minutes")), acting_member(request)
    try:
        told = late.run_late(session, minutes, by=by, at=at)
    except (LateRefused, NoticeRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"It says so everywhere: {told.notice.words}{_emailed(told.emailed)}")
    return redirect(at_the_board(session))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def change_link(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask how the session is joined from now on, save it, and tell those who count on it."""
    session, at = session_or_404(slug, session_slug), timezone.now()
    form = LinkForm(request.POST if request.method == "POST" else None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            told = new_link.change(
                session, form.values, seen=form.cleaned_data["seen"], by=acting_member(request), at=at
            )
        except ChangedMeanwhile as refusal:
            form.look_again(refusal, session)
            return render(
                request, "team/day/link.html", _about(session, form) | {"meanwhile": _by_whom(session)}
            )
        except (NewLinkRefused, NoticeRefused, ProgrammeRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _saved(told) if told.is_new else "It was so already, so nobody was told twice."
            messages.success(request, said)
            return redirect(at_the_board(session))
    return render(request, "team/day/link.html", _about(session, form))


def _about(session: Session, form: LinkForm) -> dict[str, object]:
    people = {group: session_words.how_many(session, group) for group in (Group.BOOKED, Group.HOSTS)}
    submit = _save_and_tell(sum(people.values()))
    return {"session": session, "form": form, "people": people, "submit": submit}


def _save_and_tell(number: int) -> str:
    """Say what saving does."""
    if not number:
        return "Save it"
    return f"Save it and tell {counted(number, '%(count)s person', '%(count)s people')}"


def _by_whom(session: Session) -> str:
    """Say who changed the session last, and when."""
    last = history.last_act(session)
    return f"{last[0]}, {format_clock(last[1], session.event.time_zone)}" if last else ""


def _saved(told: new_link.Told) -> str:
    return f"Saved. The notice is up.{_emailed(told.booked + told.hosts)}"


def _emailed(number: int) -> str:
    if not number:
        return " Nobody is emailed."
    return f" {counted(number, '%(count)s person is', '%(count)s people are')} emailed as well."
