"""Taking a place and giving it back: the writes that change a booking, with the entry that says who did it.

Taking is one statement: it takes a ticket from the workshop's row, decides there between a place and the
waiting list, and writes the booking. Giving back happens under the row's lock. The entry of the trail is part
of the statement that writes the booking.

Rows are locked in one order: registration, then workshops by id; ``no_key``, because a plain FOR UPDATE would
block every insert that points at the row. The message of an agenda mail is written by ``claim`` and
``cancel`` after the workshop's row and elsewhere before it, which is safe because each first locks the
registration whose message it is.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import prepared
from common.statements import Statement
from events.models import Registration, Session
from events.places import HAS_PLACE, TAKE
from notifications import outbox
from workshops import notices
from workshops.models import Booking, Workshop
from workshops.places.eligibility import Clash
from workshops.places.refusals import BookingClosed, NothingToBook, TimeClash

#: Take a ticket and write the booking that it gives, in one statement: nobody can come between.
#: ``%(may_have_place)s`` is false where a place would clash: then only a full session may be joined.
_PLACE = f"""
    place AS (
        UPDATE workshops_workshop SET {TAKE}
        WHERE session_id = %(session)s AND is_open
          AND (%(may_have_place)s OR NOT {HAS_PLACE})
        RETURNING ticket, line, during
    )
"""
_FIELDS = Booking._meta.concrete_fields
_BOOKING = ", ".join(f"workshops_booking.{field.column}" for field in _FIELDS)
_ENTRY = trail.insert_for(
    "booking",
    Booking,
    f"CASE WHEN status = 'booked' THEN '{Act.BOOKED.value}' ELSE '{Act.JOINED_LINE.value}' END",
)
_ANEW = f"""{_PLACE}, booking AS (
        INSERT INTO workshops_booking (registration_id, member_id, session_id, status, ticket, during,
                                       expires_at, ended, first_position, joined_line_at, created_at,
                                       status_changed_at)
        SELECT %(registration)s, %(member)s, %(session)s, CASE WHEN line = 0 THEN 'booked' ELSE 'waiting' END,
               ticket, during, NULL, '', nullif(line, 0), CASE WHEN line > 0 THEN %(at)s::timestamptz END,
               %(at)s, %(at)s
        FROM place RETURNING {_BOOKING}
    ), entry AS ({_ENTRY})
    SELECT * FROM booking
"""
_CHOSEN = f"""{_PLACE}, booking AS (
        UPDATE workshops_booking SET status = CASE WHEN line = 0 THEN 'booked' ELSE 'waiting' END,
               is_promised = false, ticket = place.ticket, during = place.during,
               first_position = nullif(line, 0),
               joined_line_at = CASE WHEN line > 0 THEN %(at)s::timestamptz END, status_changed_at = %(at)s
        FROM place
        WHERE workshops_booking.id = %(chosen)s AND workshops_booking.status IN ('chosen', 'passed')
        RETURNING {_BOOKING}
    ), entry AS ({_ENTRY})
    SELECT * FROM booking
"""
#: Write a choice, which takes no place and no ticket.
_CHOOSE = f"""
    WITH booking AS (
        INSERT INTO workshops_booking (registration_id, member_id, session_id, status, during, is_promised,
                                       ended, created_at, status_changed_at)
        VALUES (%(registration)s, %(member)s, %(session)s, 'chosen', %(during)s, %(is_promised)s,
                '', %(at)s, %(at)s)
        RETURNING {_BOOKING}
    ), entry AS ({trail.insert_for("booking", Booking, f"'{Act.CHOSEN.value}'")})
    SELECT * FROM booking
"""
#: The bare statement, without what is owed them about it.
BOOK_ANEW = f"WITH {_ANEW}"
_MESSAGE = f"message AS ({outbox.UPSERT})"
_CLAIM_ANEW, _CLAIM_CHOSEN = (f"WITH {_MESSAGE}, {what}" for what in (_ANEW, _CHOSEN))
#: What ``become`` writes: the booking with its entry; where they change with it, the counters and a message.
_COUNTERS = """
    counters AS (
        UPDATE workshops_workshop SET taken = %(taken)s, held = %(held)s, line = %(line)s
        WHERE session_id = %(session)s
    )
"""
_BECOME = f"""
    booking AS (
        UPDATE workshops_booking SET status = %(status)s, ended = %(ended)s, expires_at = %(expires_at)s,
               status_changed_at = %(at)s
        WHERE id = %(booking)s RETURNING id, member_id
    )
    {trail.insert_for("booking", Booking, "%(act)s")}
"""
#: Why a booking ended → what the trail calls it.
ENDS = {
    Booking.Ended.BY_MEMBER: Act.BOOKING_CANCELLED,
    Booking.Ended.BY_STAFF: Act.BOOKING_CANCELLED,
    Booking.Ended.SWAPPED: Act.BOOKING_SWAPPED,
    Booking.Ended.SESSION: Act.BOOKING_ENDED_SESSION,
    Booking.Ended.REGISTRATION: Act.BOOKING_ENDED_REGISTRATION,
    Booking.Ended.UNDECIDED: Act.BOOKING_ENDED_UNDECIDED,
    Booking.Ended.MERGED: Act.BOOKING_ENDED_MERGED,
}


_LOCKED_REGISTRATION = Statement(
    lambda pk: (
        Registration.objects.select_for_update(no_key=True, of=("self",))
        .select_related("member")
        .filter(pk=pk)
    )
)

_LOCKED_WORKSHOP = Statement(
    lambda session: Workshop.objects.select_for_update(no_key=True).filter(session=session)
)
_NOW = Statement(lambda pk: Booking.objects.filter(pk=pk))


def locked_registration(pk: int) -> Registration:
    """Lock a registration and return it as it is now."""
    (registration,) = _LOCKED_REGISTRATION.all(pk=pk)
    return registration


def booking_now(pk: int) -> Booking:
    """Return a booking as it is now."""
    (booking,) = _NOW.all(pk=pk)
    return booking


def locked_workshop(session_id: int) -> Workshop:
    """Lock the places of a session and return them as they are now.

    Raises ``NothingToBook`` where they have been taken away: the session is open to all now.
    """
    workshop = _LOCKED_WORKSHOP.first(session=session_id)
    if workshop is None:
        raise NothingToBook(_("This session has no places to book."))
    return workshop


def locked_workshops(session_ids: Iterable[int]) -> dict[int, Workshop]:
    """Lock the places of several sessions, by id, and return them by session id."""
    rows = Workshop.objects.select_for_update(no_key=True).filter(session_id__in=set(session_ids))
    return {row.session_id: row for row in rows.order_by("session_id")}


def claim(
    session: Session,
    registration: Registration,
    chosen: Booking | None,
    clashes: list[Clash],
    *,
    by: By,
    at: datetime,
) -> Booking:
    """Take a ticket for a registration that is locked and was looked at; ``chosen`` becomes the booking.

    It is their choice, or where they swap into a session that they were passed for, that row.
    One statement writes ticket, booking, its entry of the trail, and the agenda mail that they are owed.

    Raises ``TimeClash`` when there is a place but it clashes, ``BookingClosed`` when the row is closed.
    """
    parameters = {
        "session": session.pk,
        "registration": registration.pk,
        "member": registration.member_id,
        "chosen": chosen.pk if chosen else None,
        "may_have_place": not clashes,
        "at": at,
        **trail.who(by),
        **notices.agenda_update(registration, at),
    }
    booking = _written(_CLAIM_CHOSEN if chosen else _CLAIM_ANEW, parameters)
    if booking is not None:
        return booking
    if clashes:
        raise TimeClash(clashes)
    raise BookingClosed(_("This session is not taking bookings."))


def mark(
    workshop: Workshop, registration: Registration, *, is_promised: bool, by: By, at: datetime
) -> Booking:
    """Write a choice, under the locks of the registration and the workshop, and the entry about it."""
    parameters = {
        "session": workshop.session_id,
        "registration": registration.pk,
        "member": registration.member_id,
        "during": workshop.during,
        "is_promised": is_promised,
        "at": at,
        **trail.who(by),
    }
    booking = _written(_CHOOSE, parameters)
    assert booking is not None, "an INSERT of values returns them"  # noqa: S101  # narrows the type
    return booking


def _written(sql: str, parameters: Mapping[str, Any]) -> Booking | None:
    with connection.cursor() as cursor:
        prepared.execute(cursor, sql, parameters)
        row = cursor.fetchone()
    return None if row is None else Booking.from_db(connection.alias, [one.attname for one in _FIELDS], row)


def release(
    booking: Booking,
    workshop: Workshop,
    *,
    by: By,
    at: datetime,
    ended: str,
    owing: Mapping[str, Any] | None = None,
) -> bool:
    """End a live booking under its workshop's lock; return whether that freed a place."""
    frees = booking.status in Booking.HOLDING
    if frees:
        workshop.give_back()
    elif booking.status == Booking.Status.WAITING:
        workshop.leave_line()
    status, why = Booking.Status.CANCELLED, Booking.Ended(ended)
    become(booking, status, ENDS[why], by=by, at=at, ended=why, workshop=workshop, owing=owing)
    return frees


def become(
    booking: Booking,
    status: Booking.Status,
    act: Act,
    *,
    by: By,
    at: datetime,
    expires_at: datetime | None = None,
    ended: Booking.Ended | None = None,
    workshop: Workshop | None = None,
    owing: Mapping[str, Any] | None = None,
) -> None:
    """Write another status of a booking, under its workshop's lock, and the entry about it: one statement.

    With ``workshop`` its counters are written too, with ``owing`` a message (``outbox.UPSERT``).
    """
    booking.status, booking.status_changed_at = status, at
    booking.expires_at, booking.ended = expires_at, ended or ""
    parameters = {
        "booking": booking.pk,
        "status": status.value,
        "ended": str(booking.ended),
        "expires_at": expires_at,
        "at": at,
        "act": act.value,
        **trail.who(by),
    }
    parts = [_BECOME]
    if workshop is not None:
        parts.insert(0, _COUNTERS)
        parameters |= {name: getattr(workshop, name) for name in ("taken", "held", "line")}
        parameters["session"] = workshop.session_id
    if owing is not None:
        parts.insert(0, _MESSAGE)
        parameters |= owing
    with connection.cursor() as cursor:
        prepared.execute(cursor, f"WITH {', '.join(parts)}", parameters)
