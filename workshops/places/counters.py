"""Taking a place and giving it back: the writes that change a booking, with the entry that says who did it.

Taking is one statement: it takes a ticket from the workshop's row, decides there between a place and the
waiting list, and writes the booking. Giving back happens under the row's lock. The entry of the trail is part
of the statement that writes the booking.

Rows are locked in one order: registration, then workshops by id; ``no_key``, because a plain FOR UPDATE would
block every insert that points at the row.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
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
                                       expires_at, ended, created_at, status_changed_at)
        SELECT %(registration)s, %(member)s, %(session)s, CASE WHEN line = 0 THEN 'booked' ELSE 'waiting' END,
               ticket, during, NULL, '', %(at)s, %(at)s
        FROM place RETURNING {_BOOKING}
    ), entry AS ({_ENTRY})
    SELECT * FROM booking
"""
_CHOSEN = f"""{_PLACE}, booking AS (
        UPDATE workshops_booking SET status = CASE WHEN line = 0 THEN 'booked' ELSE 'waiting' END,
               is_promised = false, ticket = place.ticket, during = place.during, status_changed_at = %(at)s
        FROM place WHERE workshops_booking.id = %(chosen)s RETURNING {_BOOKING}
    ), entry AS ({_ENTRY})
    SELECT * FROM booking
"""
#: The bare statement, without what is owed them about it.
BOOK_ANEW = f"WITH {_ANEW}"
_CLAIM_ANEW, _CLAIM_CHOSEN = (f"WITH message AS ({outbox.UPSERT}), {what}" for what in (_ANEW, _CHOSEN))
BECOME = f"""
    WITH booking AS (
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
}


_LOCKED_REGISTRATION = Statement(
    lambda pk: (
        Registration.objects.select_for_update(no_key=True, of=("self",))
        .select_related("member")
        .filter(pk=pk)
    )
)


def locked_registration(pk: int) -> Registration:
    """Lock a registration and return it as it is now."""
    (registration,) = _LOCKED_REGISTRATION.all(pk=pk)
    return registration


def locked_workshop(session_id: int) -> Workshop:
    """Lock the places of a session and return them as they are now.

    Raises ``NothingToBook`` where they have been taken away: the session is open to all now.
    """
    workshop = Workshop.objects.select_for_update(no_key=True).filter(session_id=session_id).first()
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
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_CHOSEN if chosen else _CLAIM_ANEW, parameters)
        row = cursor.fetchone()
    if row is not None:
        return Booking.from_db(connection.alias, [field.attname for field in _FIELDS], row)
    if clashes:
        raise TimeClash(clashes)
    raise BookingClosed(_("This session is not taking bookings."))


def release(booking: Booking, workshop: Workshop, *, by: By, at: datetime, ended: str) -> bool:
    """End a live booking under its workshop's lock; return whether that freed a place."""
    frees = booking.status in Booking.HOLDING
    if frees:
        workshop.give_back()
    elif booking.status == Booking.Status.WAITING:
        workshop.leave_line()
    workshop.save_counters()
    why = Booking.Ended(ended)
    become(booking, Booking.Status.CANCELLED, ENDS[why], by=by, at=at, ended=why)
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
) -> None:
    """Write another status of a booking, under its workshop's lock, and the entry about it: one statement."""
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
    with connection.cursor() as cursor:
        cursor.execute(BECOME, parameters)
