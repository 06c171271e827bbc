"""What the team does with words that a host wrote for a session: takes them, leaves them, puts back."""

from collections.abc import Callable

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
    told, at = _rewording_or_404(slug, session_slug, pk), timezone.now()
    seen, by = request.POST.get("seen", ""), acting_member(request)
    done = "Taken: its page says so now. Nobody is emailed."
    return _decided(request, told, lambda: words.take(told.pk, seen=seen, by=by, at=at), done)


@require_POST
@allowed_if(may_change_sessions)
def leave(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Leave the session as it is; its hosts see that on their page."""
    told, at = _rewording_or_404(slug, session_slug, pk), timezone.now()
    seen, by = request.POST.get("seen", ""), acting_member(request)
    done = "Left as it is. The hosts see that on their page."
    return _decided(request, told, lambda: words.leave(told.pk, seen=seen, by=by, at=at), done)


@require_POST
@allowed_if(may_change_sessions)
def put_back(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Let the session say again what it said before."""
    told, at = _rewording_or_404(slug, session_slug, pk), timezone.now()
    done = "Put back: its page says what it said before."
    return _decided(request, told, lambda: words.put_back(told.pk, by=acting_member(request), at=at), done)


def _decided(request: HttpRequest, told: Rewording, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it, say so or why not, and go back to the session."""
    try:
        act()
    except RewordingChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("team:session", told.session.event.slug, told.session.slug)


def _rewording_or_404(slug: str, session_slug: str, pk: int) -> Rewording:
    found = Rewording.objects.select_related("session__event")
    return get_object_or_404(found, pk=pk, session__slug=session_slug, session__event__slug=slug)
