"""Cancelling a session with a reason that people read, and bringing it back before they are told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audit.acts import Act
from common.words import counted
from events.models import Session
from team.guards import acting_member, allowed_if, may_change_sessions
from team.sessions import meanwhile
from team.sessions.forms import CancelForm
from team.sessions.loading import session_or_404
from workshops.programme import cancelling
from workshops.programme.changes import ProgrammeRefused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def cancel(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Say whom it touches and ask why, then cancel it."""
    session, at = session_or_404(slug, session_slug), timezone.now()
    if request.method == "POST" and session.status == session.Status.CANCELLED:
        return _cancelled_already(request, session)
    if not session.is_published or session.has_ended(at):
        raise Http404
    form = CancelForm(request.POST if request.method == "POST" else None)
    effects, stale = cancelling.look(session, at=at), ""
    if request.method == "POST" and form.is_valid():
        by, seen = acting_member(request), form.cleaned_data["seen"]
        try:
            cancelling.cancel(session, form.cleaned_data["reason"], seen=seen, by=by, at=at)
        except cancelling.NotWhatWasSeen as refusal:
            effects, stale = refusal.effects, str(refusal)
        else:
            messages.success(request, f"“{session.title}” is cancelled.")
            return redirect("team:session", slug, session_slug)
    form.has_seen(effects.fingerprint)
    context = {"session": session, "form": form, "effects": effects, "stale": stale}
    return render(request, "team/sessions/cancel.html", context)


def _cancelled_already(request: HttpRequest, session: Session) -> HttpResponse:
    """Lead to its page: who pressed first, and that a second reason went nowhere."""
    found, reason = meanwhile.last(session, Act.SESSION_CANCELLED), request.POST.get("reason", "").strip()
    if meanwhile.is_own(found, acting_member(request)):
        messages.success(request, f"“{session.title}” is cancelled.")
    else:
        kept = _not_kept(session, reason) if reason else ""
        messages.info(request, f"It was cancelled already, and nobody is told twice. {found[0]}{kept}")
    return redirect("team:session", session.event.slug, session.slug)


def _not_kept(session: Session, reason: str) -> str:
    if session.cancelled_because:
        return f" People read that reason, and not yours: “{reason}”."
    return (
        f" It was cancelled without a reason, and nobody reads yours: “{reason}”. As long as it can be "
        "brought back, bring it back and cancel it again with your reason."
    )


@require_POST
@allowed_if(may_change_sessions)
def bring_back(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Undo that it was cancelled."""
    session = session_or_404(slug, session_slug)
    try:
        held = cancelling.bring_back(session, by=acting_member(request), at=timezone.now())
    except ProgrammeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _brought_back(session.title, held))
    return redirect("team:session", slug, session_slug)


def _brought_back(title: str, held: int) -> str:
    if not held:
        return f"“{title}” takes place: everybody has their place again."
    who = counted(held, "%(count)s person has", "%(count)s people have")
    return (
        f"“{title}” takes place. {who} booked something else of that time meanwhile: both places are theirs, "
        "and they are asked which they keep. All others have theirs again."
    )
