"""What the team does with words that a host wrote for a session: takes them, leaves them, puts back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from hosting import words
from hosting.models import Rewording
from hosting.words import RewordingChanged
from team.guards import acting_member, allowed_if, may_change_sessions


@require_POST
@allowed_if(may_change_sessions)
def take(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Let the session say what the host wrote."""
    told = _rewording_or_404(slug, session_slug, pk)
    try:
        words.take(told.pk, seen=request.POST.get("seen", ""), by=acting_member(request), at=timezone.now())
    except RewordingChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken: its page says so now. Nobody is emailed.")
    return redirect("team:session", slug, session_slug)


@require_POST
@allowed_if(may_change_sessions)
def leave(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Leave the session as it is; its hosts see that on their page."""
    told = _rewording_or_404(slug, session_slug, pk)
    try:
        words.leave(told.pk, seen=request.POST.get("seen", ""), by=acting_member(request), at=timezone.now())
    except RewordingChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Left as it is. The hosts see that on their page.")
    return redirect("team:session", slug, session_slug)


@require_POST
@allowed_if(may_change_sessions)
def put_back(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Let the session say again what it said before."""
    told = _rewording_or_404(slug, session_slug, pk)
    try:
        words.put_back(told.pk, by=acting_member(request), at=timezone.now())
    except RewordingChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Put back: its page says what it said before.")
    return redirect("team:session", slug, session_slug)


def _rewording_or_404(slug: str, session_slug: str, pk: int) -> Rewording:
    return get_object_or_404(Rewording, pk=pk, session__slug=session_slug, session__event__slug=slug)
