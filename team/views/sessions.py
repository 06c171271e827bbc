"""An event and its sessions, looked at by the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from team.guards import (
    acting_member,
    allowed_if,
    may_announce,
    may_book_for_people,
    may_call_off_events,
    may_change_bookings,
    may_change_sessions,
    may_find_people,
    may_make_events,
    may_see_needs,
    may_see_sessions,
)
from team.sessions import overview, state
from team.sessions.loading import event_or_404, session_or_404


@require_safe
@allowed_if(may_see_sessions)
def event_list(request: HttpRequest) -> HttpResponse:
    """Show all events, the latest first."""
    return render(request, "team/sessions/events.html", {"events": Event.objects.select_related("places")})


@require_safe
@allowed_if(may_see_sessions)
def event_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event: registrations, and its sessions with fill and gaps."""
    event, at, rights = event_or_404(slug), timezone.now(), _rights(request)
    rights["may_call_off"] &= not event.is_over(at)
    found = overview.state_of(event, at=at, sees_needs=rights["may_see_needs"])
    context = {"state": found, "is_over": event.is_over(at)} | rights
    return render(request, "team/sessions/event.html", context)


@require_safe
@allowed_if(may_see_sessions)
def session_page(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show a session: its places, people, line, hosts, gaps, clashes, emails and history."""
    session, reader = session_or_404(slug, session_slug), acting_member(request)
    found = state.state_of(
        session,
        at=timezone.now(),
        with_reasons=may_change_bookings(reader),
        sees_needs=may_see_needs(reader),
    )
    rights = _rights(request)
    for what in ("may_book", "may_move_up"):
        rights[what] &= not found.has_begun
    return render(request, "team/sessions/session.html", {"state": found} | rights)


def _rights(request: HttpRequest) -> dict[str, bool]:
    """Return what the reader may do here, for what the page offers."""
    reader = acting_member(request)
    return {
        "may_announce": may_announce(reader),
        "may_book": may_book_for_people(reader),
        "may_move_up": may_change_bookings(reader),
        "may_change": may_change_sessions(reader),
        "may_make_events": may_make_events(reader),
        "may_call_off": may_call_off_events(reader),
        "may_see_needs": may_see_needs(reader),
        "may_see_people": may_find_people(reader),
    }
