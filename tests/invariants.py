"""What must be true of all places at any moment, asked of the database itself."""

from collections import Counter
from itertools import pairwise

from events.models import EventPlaces, Registration
from workshops.models import Booking, Workshop

Status = Booking.Status


def broken() -> list[str]:
    """Return every rule of P1 and P2 that the rows break, as sentences; an empty list is good."""
    return [*_counters(), *_tickets(), *_overlaps(), *_doubles(), *_events()]


def _counters() -> list[str]:
    wrong = []
    for row in Workshop.objects.all():
        statuses = Counter(Booking.objects.filter(session=row.session_id).values_list("status", flat=True))
        live = statuses[Status.BOOKED] + statuses[Status.OFFERED]
        if row.taken != live + row.held:
            wrong.append(f"session {row.pk}: taken {row.taken}, live {live}, held {row.held}")
        wrong += _line(f"session {row.pk}", row, statuses[Status.WAITING])
        times = set(Booking.objects.live().filter(session=row.session_id).values_list("during", flat=True))
        if times - {row.during}:
            wrong.append(f"session {row.pk}: a booking has another time than {row.during}")
        late = Booking.objects.filter(session=row.session_id, expires_at__gt=row.during.lower)
        wrong += [f"booking {one.pk} is held past the start" for one in late]
    return wrong


def _line(name: str, row: Workshop | EventPlaces, waiting: int) -> list[str]:
    wrong = []
    if row.line != waiting:
        wrong.append(f"{name}: line {row.line}, waiting {waiting}")
    if row.held and not row.line:
        wrong.append(f"{name}: {row.held} held for nobody")
    if row.capacity is not None and row.taken > row.capacity:
        wrong.append(f"{name}: {row.taken} taken of {row.capacity}")
    return wrong


def _tickets() -> list[str]:
    live = Booking.objects.live().filter(ticket__isnull=False).values_list("session_id", "ticket")
    return [f"ticket {ticket} of session {pk} twice" for (pk, ticket), n in Counter(live).items() if n > 1]


def _overlaps() -> list[str]:
    booked = Booking.objects.booked().order_by("member_id", "during")
    return [
        f"member {a.member_id} is in two sessions at once: {a.session_id}, {b.session_id}"
        for a, b in pairwise(booked)
        if a.member_id == b.member_id and a.during.upper > b.during.lower
    ]


def _doubles() -> list[str]:
    live = Booking.objects.live().values_list("registration_id", "session_id")
    return [f"registration {one} twice in session {pk}" for (one, pk), n in Counter(live).items() if n > 1]


def _events() -> list[str]:
    wrong = []
    for row in EventPlaces.objects.all():
        statuses = Counter(Registration.objects.filter(event=row.pk).values_list("status", flat=True))
        confirmed = statuses[Registration.Status.CONFIRMED]
        if row.taken != confirmed + row.held:
            wrong.append(f"event {row.pk}: taken {row.taken}, confirmed {confirmed}, held {row.held}")
        wrong += _line(f"event {row.pk}", row, statuses[Registration.Status.WAITING])
    live = Booking.objects.live().exclude(registration__status=Registration.Status.CONFIRMED)
    return wrong + [
        f"booking {pk} is live without a registration" for pk in live.values_list("pk", flat=True)
    ]


def unserved() -> list[int]:
    """Return the ids of open sessions that have a line and a place for it: nothing may be left so."""
    rows = Workshop.objects.filter(is_open=True)
    return [row.pk for row in rows if row.can_serve()]


def overtaken(session_id: int) -> list[tuple[int, int]]:
    """Return (ticket in line, later ticket that is booked); only where nobody was passed or moved."""
    tickets = Booking.objects.filter(session=session_id)
    booked = tickets.filter(status=Status.BOOKED).values_list("ticket", flat=True)
    waiting = tickets.filter(status=Status.WAITING).values_list("ticket", flat=True)
    return [(first, later) for first in waiting for later in booked if later > first]
