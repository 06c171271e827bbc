"""Reading what one registered reader has in an event: what was booked or chosen, and what keeps them busy.

One query: their bookings of the event with their positions in line, beside what they booked in any other at
its time; and what they host. Each session comes with what is shown of it and its places as they are now.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Field,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from common.statements import Statement
from events.models import Event, Registration, Session
from workshops.agenda.facts import Choice, Commitment, LiveSession, OwnBooking, OwnBookings, columns
from workshops.models import Booking
from workshops.places.eligibility import hosted_by

Status = Booking.Status


class _Row(NamedTuple):
    """A booking as it is read, in the order they were made; beside what they host all is ``None``."""

    made_at: datetime | None
    made: int | None
    registration_id: int | None
    status: str | None
    expires_at: datetime | None
    ended: str | None
    ahead: int | None
    joined_as: int | None
    joined_at: datetime | None


#: What ``_Row`` is read from, and what stands there beside a session that they host.
_FIELDS: "dict[str, Field[Any, Any]]" = {
    "created_at": DateTimeField(),
    "pk": BigIntegerField(),
    "registration_id": BigIntegerField(),
    "status": CharField(),
    "expires_at": DateTimeField(),
    "ended": CharField(),
    "ahead": BigIntegerField(),
    "first_position": IntegerField(),
    "joined_line_at": DateTimeField(),
}
_COLUMNS, _WIDTH = tuple(_FIELDS), len(_FIELDS)
_NOTHING = {f"no_{name}": Cast(Value(None), field) for name, field in _FIELDS.items()}


def own_bookings(registration: Registration, *, at: datetime) -> OwnBookings:
    """Return what they have at this moment. One query. The registration's event and member are loaded."""
    member, event = registration.member, registration.event
    whose = {"registration": registration.pk, "member": member.pk, "email": member.email}
    rows = [
        (_Row(*row[:_WIDTH]), LiveSession.read(row[_WIDTH:]))
        for row in _OWN.all(**whose, during=_span(event))
    ]
    here = {session.id: (row, session) for row, session in rows if row.registration_id == registration.pk}
    hosting = [session for row, session in rows if row.made is None]
    hosted = sorted(hosting, key=lambda one: (one.starts_at, one.title, one.id))
    busy = [
        _commitment(session, is_elsewhere=row.registration_id != registration.pk, until=row.expires_at)
        for row, session in rows
        if row.status in Booking.PLACED and not _is_over(row, at)
    ]
    return OwnBookings(
        registration,
        bookings={pk: _booking(row, event.zone, at) for pk, (row, _) in here.items()},
        choices=tuple(
            _choice(session)
            for row, session in rows
            if row.registration_id == registration.pk and row.status == Status.CHOSEN
        ),
        busy=(*busy, *(_commitment(session, is_hosted=True) for session in hosted)),
        sessions=_in_order([session for _, session in here.values()] + hosted, event),
    )


def _booking(row: _Row, zone: ZoneInfo, at: datetime) -> OwnBooking:
    """Return what it is now: an offer whose deadline has come has passed, an undecided place has ended."""
    if _is_over(row, at):
        is_offer = row.status == Status.OFFERED
        return OwnBooking(Status.PASSED if is_offer else Status.CANCELLED, ahead=row.ahead or 0)
    is_given_up = row.ended == Booking.Ended.BY_MEMBER
    joined_on = row.joined_at.astimezone(zone).date() if row.joined_at else None
    return OwnBooking(row.status or "", row.expires_at, is_given_up, row.ahead or 0, row.joined_as, joined_on)


def _is_over(row: _Row, at: datetime) -> bool:
    return row.expires_at is not None and row.expires_at <= at


def _commitment(
    session: LiveSession,
    *,
    is_hosted: bool = False,
    is_elsewhere: bool = False,
    until: datetime | None = None,
) -> Commitment:
    when = session.starts_at, session.ends_at
    return Commitment(session.id, session.title, *when, is_hosted, is_elsewhere, until)


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


def _own(
    registration: int, member: int, email: str, during: DateTimeTZRange
) -> "QuerySet[Booking, tuple[Any, ...]]":
    """Return live bookings, what was given up or went with its session (the latest last), what they host."""
    told = Q(status=Status.CANCELLED, ended__in=(Booking.Ended.BY_MEMBER, Booking.Ended.SESSION))
    here = Q(registration=registration) & (~Q(status=Status.CANCELLED) | told)
    elsewhere = Q(member=member, status__in=Booking.PLACED, during__overlap=during)
    bookings = Booking.objects.filter(here | elsewhere, session__starts_at__isnull=False).with_ahead()
    own = bookings.values_list(*_COLUMNS, *columns("session__"))
    hosting: Any = hosted_by(member, email).annotate(**_NOTHING).values_list(*_NOTHING, *columns())
    return own.union(hosting.order_by().distinct(), all=True).order_by("created_at", "pk")


_OWN = Statement(_own)


def _span(event: Event) -> DateTimeTZRange:
    """Return the days of the event with a day on either side, for any zone."""
    first, last = (datetime.combine(day, time(), event.zone) for day in (event.first_day, event.last_day))
    return DateTimeTZRange(first - timedelta(days=1), last + timedelta(days=2))
