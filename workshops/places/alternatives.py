"""Sessions in place of one that does not take place: of its themes first, then others of its time."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from events.models import Session

#: More than a few are a programme of their own.
MOST: Final = 5


def alternatives_of(session: Session, *, at: datetime) -> list[Session]:
    """Return up to five sessions of which a place can be booked at this moment, in their order. Two queries.

    They share a theme and begin no earlier than ``session``, or are at its time; the first come first.
    """
    if not session.is_live:
        return []
    themes = [theme.pk for theme in session.themes.all()]
    of_its_time = Q(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    of_its_themes = Q(themes__in=themes, starts_at__gte=session.starts_at)
    there = Session.objects.published().filter(of_its_time | of_its_themes, event=session.event_id)
    there = there.filter(workshop__is_open=True).exclude(pk=session.pk).distinct()
    found = [
        one
        for one in there.select_related("event", "workshop").prefetch_related("themes").in_order()
        if one.booking_is_open(at) and not one.workshop.is_full
    ]
    shared = [one for one in found if {theme.pk for theme in one.themes.all()} & set(themes)]
    chosen = [*shared, *(one for one in found if one not in shared)][:MOST]
    return sorted(chosen, key=found.index)
