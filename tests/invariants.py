"""What must be true of all places at any moment, asked of the database itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from events.models import EventPlaces, Registration
from events.places import Places
from tests.found import found
from workshops.models import Booking, Workshop

Status = Booking.Status


def broken() -> list[str]:
    """Return every rule of P1 and P2 that the rows break, as sentences; an empty list is good."""
    workshops = list(Workshop.objects.all())
    bookings = list(Booking.objects.live().select_related("registration"))
    by_session = defaultdict(list)
    for one in bookings:
        by_session[one.session_id].append(one)
    return [
        *(line for row in workshops for line in _session(row, by_session[row.pk])),
        *_people(bookings),
        *_events(),
    ]


def _session(row: Workshop, live: list[Booking]) -> Iterable[str]:
    name = f"session {row.pk}"
    statuses = Counter(one.status for one in live)
    yield from _counters(name, row, sum(statuses[one] for one in Booking.HOLDING), statuses[Status.WAITING])
    tickets = Counter(one.ticket for one in live if one.ticket is not None)
    yield from (f"{name}: ticket {ticket} twice" for ticket, times in tickets.items() if times > 1)
    registrations = Counter(one.registration_id for one in live)
    yield from (f"{name}: registration {pk} twice" for pk, times in registrations.items() if times > 1)
    for one in live:
        if one.during != row.during:
            yield f"{name}: booking {one.pk} has another time"
        if one.expires_at and one.expires_at > row.during.lower:
            yield f"{name}: booking {one.pk} is held past the start"


def _counters(name: str, row: Places, live: int, waiting: int) -> Iterable[str]:
    if row.taken != live + row.held:
        yield f"{name}: taken {row.taken}, live {live}, held {row.held}"
    if row.line != waiting:
        yield f"{name}: line {row.line}, waiting {waiting}"
    if row.held and not row.line:
        yield f"{name}: {row.held} held for nobody"
    if row.capacity is not None and row.taken > row.capacity:
        yield f"{name}: {row.taken} taken of {row.capacity}"


def _people(live: list[Booking]) -> Iterable[str]:
    booked = sorted(
        (one for one in live if one.status == Status.BOOKED),
        key=lambda one: (one.member_id, one.during.lower),
    )
    for one, following in pairwise(booked):
        if one.member_id == following.member_id and one.during.upper > following.during.lower:
            yield f"member {one.member_id} is in sessions {one.session_id} and {following.session_id} at once"
    beside = [*booked, *_may_come_back()]
    yield from (
        f"booking {one.pk} is to be decided, but nothing booked overlaps it"
        for one in live
        if one.status == Status.CONTESTED and not any(_overlap(one, other) for other in beside)
    )
    yield from (
        f"booking {one.pk} without a registration"
        for one in live
        if not (one.registration.is_confirmed or _is_a_wish(one) or _had_begun(one))
    )


def _overlap(one: Booking, other: Booking) -> bool:
    is_theirs = one.member_id == other.member_id
    return is_theirs and one.during.lower < other.during.upper and other.during.lower < one.during.upper


def _may_come_back() -> list[Booking]:
    """What ended with a session that may be brought back."""
    ended = Booking.objects.filter(ended=Booking.Ended.SESSION)
    return list(ended.filter(session__cancellation__isnull=False, session__cancellation__settled_at=None))


def _had_begun(one: Booking) -> bool:
    """Whether they had cancelled only once it had started: that they were there stays."""
    cancelled = one.registration.status == Registration.Status.CANCELLED
    return cancelled and bool(one.during.lower <= one.registration.status_changed_at)


def _is_a_wish(one: Booking) -> bool:
    """Whether it is a choice of somebody who waits for approval."""
    return one.status == Status.CHOSEN and one.registration.status == Registration.Status.RECEIVED


def _events() -> Iterable[str]:
    statuses = Counter(Registration.objects.values_list("event_id", "status"))
    for row in EventPlaces.objects.all():
        confirmed = statuses[row.pk, Registration.Status.CONFIRMED]
        yield from _counters(f"event {row.pk}", row, confirmed, statuses[row.pk, Registration.Status.WAITING])


def unserved() -> list[int]:
    """Return the ids of open sessions that have a line and a place for it: nothing may be left so."""
    return [row.pk for row in Workshop.objects.filter(is_open=True, line__gt=0) if row.can_serve()]


def overtaken(session_id: int) -> list[tuple[int, int]]:
    """Return (ticket in line, later ticket that is booked); only where nobody was passed or moved."""
    tickets = Booking.objects.filter(session=session_id)
    booked, waiting = (
        [found(ticket) for ticket in tickets.filter(status=status).values_list("ticket", flat=True)]
        for status in (Status.BOOKED, Status.WAITING)
    )
    return [(first, later) for first in waiting for later in booked if later > first]
