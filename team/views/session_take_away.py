"""The team's page of what to take away of a session: read it, publish it or not, take it down, write it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recordings import taking_away
from recordings.forms import TakeAwayForm
from recordings.refusals import RecordingRefused
from team.guards import acting_member, allowed_if, may_change_sessions
from team.recording_forms import AnswerForm
from team.sessions.loading import session_or_404


@require_safe
@allowed_if(may_change_sessions)
def take_away(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show what is published and what waits."""
    return _page(request, slug, session_slug, AnswerForm())


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def write(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Write it for the hosts, or change what they wrote; it waits to be published like theirs."""
    session, at = session_or_404(slug, session_slug), timezone.now()
    there, now = taking_away.of(session), dict[str, str]()
    initial = there.texts | {"seen": there.seen}
    form = TakeAwayForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen, by = form.cleaned_data["seen"], acting_member(request)
        try:
            taking_away.write(session, form.texts, seen=seen, host=None, by=by, at=at)
        except RecordingRefused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, taking_away.TakeAwayChanged):
                form.see(there.seen)
                now = form.differing(there)
        else:
            messages.success(request, "Saved. Nobody reads it before it is published.")
            return redirect("team:session_take_away", slug, session_slug)
    context = {"session": session, "form": form, "now": now, "most": taking_away.MOST_WORDS}
    return render(request, "team/recordings/take_away_write.html", context)


@require_POST
@allowed_if(may_change_sessions)
def publish(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Let everybody read it."""
    session, at = session_or_404(slug, session_slug), timezone.now()
    seen, by = request.POST.get("seen", ""), acting_member(request)
    act = lambda: taking_away.publish(session, seen=seen, by=by, at=at)  # noqa: E731  # beside its words
    return _done(request, slug, session_slug, act, "Published: everybody can read it.")


@require_POST
@allowed_if(may_change_sessions)
def leave(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Do not publish it, and tell the hosts why on their page."""
    session, at, form = session_or_404(slug, session_slug), timezone.now(), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, session_slug, form)
    seen, by, answer = request.POST.get("seen", ""), acting_member(request), form.cleaned_data["answer"]
    act = lambda: taking_away.leave(session, answer=answer, seen=seen, by=by, at=at)  # noqa: E731  # as above
    return _done(request, slug, session_slug, act, "Not published. The hosts read why on their page.")


@require_POST
@allowed_if(may_change_sessions)
def take_down(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Let nobody read it any more."""
    session, at = session_or_404(slug, session_slug), timezone.now()
    seen, by = request.POST.get("seen", ""), acting_member(request)
    act = lambda: taking_away.take_down(session, seen=seen, host=None, by=by, at=at)  # noqa: E731  # as above
    return _done(request, slug, session_slug, act, "Taken down: nobody can read it now.")


def _page(request: HttpRequest, slug: str, session_slug: str, form: AnswerForm) -> HttpResponse:
    session = session_or_404(slug, session_slug)
    there = taking_away.of(session)
    context = {
        "session": session,
        "there": there,
        "words": taking_away.count(there.draft.texts) if there.draft else 0,
        "may_write": taking_away.may_write(session, timezone.now()),
        "form": form,
    }
    return render(request, "team/recordings/take_away.html", context)


def _done(
    request: HttpRequest, slug: str, session_slug: str, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do it, say so or why not, and go back."""
    try:
        act()
    except RecordingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("team:session_take_away", slug, session_slug)
