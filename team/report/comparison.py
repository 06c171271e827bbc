"""The event beside the one before it, in the same numbers: what the other figures say of each, once more."""

from typing import Final

from django.db.models import Count, Q

from common.words import in_digits
from events.models import Event, Registration
from team.report import attendance, booking_trail
from team.report.figures import NOT_NOTED, NOTHING, Cell, Figure, Table, TableRow
from team.report.subject import Subject, subject

MEANING: Final = (
    "The event before it is the one that was held last before its first day. Each number is counted as in "
    "its own figure. Events differ in length and places, so read them beside each other, not as a mark."
)
HEADING: Final = "Beside the event before"
MEASURES: Final = (
    *("Registered in the end", "Cancelled", "Sessions with a limit", "Places of those", "Booked"),
    *("Share of places booked", "Sessions that were full at some moment", "Waited for a session"),
    *("Of those got a place", "There, of those with a place", "No-shows, as decided"),
)


def figure(found: Subject) -> Figure:
    """Return the figure. Thirteen queries at most."""
    before = Event.objects.held(found.event.first_day).exclude(pk=found.event.pk).first()
    if before is None:
        return Figure("comparison", HEADING, MEANING, nothing="No event was held before this one.")
    other = subject(before, at=found.at)
    pairs = zip(_numbers(found), _numbers(other), strict=True)
    rows = [TableRow(name, pair) for name, pair in zip(MEASURES, pairs, strict=True)]
    titles = [found.event.title, before.title]
    if titles[0] == titles[1]:
        titles = [f"{event.title} ({event.slug})" for event in (found.event, before)]
    table = Table("Both events in the same numbers", ("Measure", *titles), rows)
    return Figure("comparison", HEADING, MEANING, table=table)


def _numbers(one: Subject) -> list[Cell]:
    """Return a cell for each measure. Five queries."""
    cancelled = Q(status=Registration.Status.CANCELLED)
    registered = Registration.objects.filter(event=one.event).aggregate(
        there=Count("pk", filter=~cancelled), gone=Count("pk", filter=cancelled)
    )
    limited = [each for each in one.sessions if (places := one.places(each)) and places.capacity]
    places_in_all = sum(getattr(one.places(each), "capacity", 0) for each in limited)
    booked = sum(one.of(each).placed for each in limited)
    full = sum(at is not None for _, at in booking_trail.filled(one.event.pk).values())
    waited = booking_trail.waited(one.event.pk).values()
    share = f"{in_digits(booked * 100 // places_in_all)}%" if places_in_all else NOTHING
    there: tuple[Cell, Cell] = attendance.totals(one) or (NOT_NOTED, NOT_NOTED)
    got = sum(each.given + each.taken for each in waited)
    return [
        *(registered["there"], registered["gone"], len(limited), places_in_all, booked, share, full),
        *(sum(each.people for each in waited), got, *there),
    ]
