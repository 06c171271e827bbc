"""What the agenda's fragments need on any page: the page they stand on, their notes, and her figures."""

from collections.abc import Mapping

from django import template
from django.db.models import Count
from django.http import HttpRequest
from django.template import Context

from events.calls_to_action import Standing
from workshops.models import Booking
from workshops.states import State
from workshops.views.answers import Note, page_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_here(context: Context) -> str:
    """Return the address of the page that is being read, to come back to it; empty where unknown."""
    request: HttpRequest | None = getattr(context, "request", None)
    if request is None:
        return ""
    return page_of(request) if request.method == "POST" else request.get_full_path()


@register.filter
def note_for(notes: Mapping[str, Note] | None, state: State) -> Note | None:
    """Return the note that waits for the card of ``state``, if any."""
    return notes.get(state.card_id) if notes else None


@register.simple_tag
def figures(standing: Standing) -> dict[str, int]:
    """Count her bookings by status: ``booked``, ``waiting``, ``offered``, ``chosen``. One query."""
    if standing.registration is None or not standing.is_registered:
        return {}
    live = Booking.objects.live().filter(registration=standing.registration).order_by()
    return dict(live.values_list("status").annotate(Count("pk")))
