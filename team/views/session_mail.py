"""A message to those who come to a session, wait for it or host it: written, looked at, then sent once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.words import counted
from events.models import Session
from team.announcements import lately
from team.guards import acting_member, allowed_if, may_change_sessions
from team.sessions.forms import MessageForm
from team.sessions.loading import session_or_404
from workshops.letters import session_words
from workshops.models import SessionWords


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def message(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask for the words, show the email as it will be, and send it to those who are of the group then."""
    session = session_or_404(slug, session_slug)
    people = {group: session_words.how_many(session, group) for group in SessionWords.Group.values}
    chosen = {"group": request.GET.get("to")}
    form = MessageForm(request.POST if request.method == "POST" else None, initial=chosen, people=people)
    act = request.POST.get("act")
    if request.method == "POST" and form.is_valid() and act != "change":
        if act == "send" and _send(request, session, form):
            return redirect("team:session", slug, session_slug)
        if act != "send" and people[form.cleaned_data["group"]]:
            return _look(request, session, form, people)
        if act != "send":
            form.add_error("group", str(session_words.NobodyToWriteTo()))
    return render(request, "team/sessions/message.html", {"session": session, "form": form})


def _look(request: HttpRequest, session: Session, form: MessageForm, people: dict[str, int]) -> HttpResponse:
    """Show the email as whoever reads would get it, and to how many it goes."""
    values = {name: form.cleaned_data[name] for name in ("group", "subject", "words")}
    told = SessionWords(session=session, **values)
    context = {
        "session": session,
        "form": form,
        "told": told,
        "letter": session_words.letter(told, acting_member(request)),
        "people": people[told.group],
        "written_lately": lately.to_a_session(session, at=timezone.now()),
        "out_of_reach": session_words.hosts_out_of_reach(session)
        if told.group == SessionWords.Group.HOSTS
        else [],
    }
    return render(request, "team/sessions/message_preview.html", context)


def _send(request: HttpRequest, session: Session, form: MessageForm) -> bool:
    by, at = acting_member(request), timezone.now()
    try:
        told = session_words.send(session, **form.cleaned_data, by=by, at=at)
    except session_words.NobodyToWriteTo as refusal:
        form.add_error("group", str(refusal))
        return False
    except session_words.AnotherWasSent as refusal:
        form.add_error(None, str(refusal))
        form.start_anew()
        return False
    emails = counted(told, "%(count)s email is", "%(count)s emails are")
    messages.success(request, f"{emails} on the way. How far they have come stands below.")
    return True
