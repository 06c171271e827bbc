"""Reading what one registered reader has in an event: what was booked or chosen, and what keeps them busy.

Two queries: their bookings of the event with their positions in line, beside what they booked in any other at
its time; and what they host. Each session comes with what is shown of it and its places as they are now.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from common.statements import Statement
from events.models import Event, Registration, Session
from workshops.agenda.facts import Choice, Commitment, LiveSession, OwnBooking, OwnBookings, columns
from workshops.models import Booking
from workshops.places.eligibility import hosted_by

Status = Booking.Status


class _Row(NamedTuple):
    """A booking as it is read."""

    registration_id: int
    status: str
    expires_at: datetime | None
    ended: str
    ahead: int | None


COLUMNS = _Row._fields


def own_bookings(registration: Registration, *, at: datetime) -> OwnBookings:
    """Return what they have at this moment. Two queries. The registration's event and member are loaded."""
    member, event = registration.member, registration.event
    rows = _BOOKINGS.all(registration=registration.pk, member=member.pk, during=_span(event))
    booked = [(_Row(*row[: len(COLUMNS)]), LiveSession.read(row[len(COLUMNS) :])) for row in rows]
    hosted = [LiveSession.read(row) for row in _HOSTED.all(member=member.pk, email=member.email)]
    here = {session.id: (row, session) for row, session in booked if row.registration_id == registration.pk}
    busy = [
        _commitment(session, is_elsewhere=row.registration_id != registration.pk)
        for row, session in booked
        if row.status == Status.BOOKED
    ]
    return OwnBookings(
        registration,
        bookings={pk: _booking(row, at) for pk, (row, _) in here.items()},
        choices=tuple(
            _choice(session)
            for row, session in booked
            if row.registration_id == registration.pk and row.status == Status.CHOSEN
        ),
        busy=(*busy, *(_commitment(session, is_hosted=True) for session in hosted)),
        sessions=_in_order([session for _, session in here.values()] + hosted, event),
    )


def _booking(row: _Row, at: datetime) -> OwnBooking:
    """Return what it is now: an offer whose deadline has come has passed."""
    if row.status == Status.OFFERED and row.expires_at and row.expires_at <= at:
        return OwnBooking(Status.PASSED, ahead=row.ahead or 0)
    return OwnBooking(row.status, row.expires_at, row.ended == Booking.Ended.BY_MEMBER, row.ahead or 0)


def _commitment(session: LiveSession, *, is_hosted: bool = False, is_elsewhere: bool = False) -> Commitment:
    return Commitment(session.id, session.title, session.starts_at, session.ends_at, is_hosted, is_elsewhere)


def _choice(session: LiveSession) -> Choice:
    return Choice(session.id, session.title, session.starts_at, session.ends_at)


def _in_order(sessions: Iterable[LiveSession], event: Event) -> tuple[LiveSession, ...]:
    """Return those of the event that everybody may see, each once, as the programme lists them."""
    seen = {
        one.id: one for one in sessions if one.event_id == event.pk and one.status != Session.Status.DRAFT
    }
    return tuple(
        sorted(seen.values(), key=lambda one: (one.starts_at, one.ends_at, one.room, one.title, one.id))
    )


def _bookings(
    registration: int, member: int, during: DateTimeTZRange
) -> "QuerySet[Booking, tuple[Any, ...]]":
    """Return live bookings, and what was given up or cancelled with its session; the latest last."""
    told = Q(status=Status.CANCELLED, ended__in=(Booking.Ended.BY_MEMBER, Booking.Ended.SESSION))
    here = Q(registration=registration) & (~Q(status=Status.CANCELLED) | told)
    elsewhere = Q(member=member, status=Status.BOOKED, during__overlap=during)
    bookings = Booking.objects.filter(here | elsewhere, session__starts_at__isnull=False)
    return bookings.with_ahead().order_by("created_at", "pk").values_list(*COLUMNS, *columns("session__"))


_BOOKINGS = Statement(_bookings)
_HOSTED = Statement(lambda member, email: hosted_by(member, email).values_list(*columns()).distinct())


def _span(event: Event) -> DateTimeTZRange:
    """Return the days of the event with a day on either side, for any zone."""
    first, last = (datetime.combine(day, time(), event.zone) for day in (event.first_day, event.last_day))
    return DateTimeTZRange(first - timedelta(days=1), last + timedelta(days=2))
