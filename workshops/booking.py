"""Booking places in workshops: book, cancel, swap, choose, accept and decline.

Whoever books takes a ticket from the workshop's own counter, by one statement that decides between
a place and the waiting list while it holds the row (``events.places``). Before that, under the lock
of her registration, the rule looks: is she registered, is booking open, is it hers already, does it
clash? Pressing twice is not an error. What she has is never lost but by her own act: a swap that
gives no place is undone as a whole. Two booked sessions of one member never overlap: the database
refuses what the look has missed. Lock order: registration, then workshops by id; a booking's status
changes only under its workshop's lock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError, connection

from events.models import Registration, Session
from events.places import HAS_PLACE, TAKE
from events.transactions import after_commit, retried, violates
from members.models import Member
from workshops import telling, waiting
from workshops.clashes import HOSTING, Clash, find_clashes
from workshops.locks import locked_registration, locked_workshop, locked_workshops
from workshops.models import Booking, Workshop
from workshops.refusals import (
    BookingClosed,
    BookingNotOpen,
    BookingRefused,
    ChoicesClosed,
    NothingToBook,
    NotRegistered,
    OfferGone,
    TimeClash,
    WorkshopFull,
)

Status = Booking.Status
Ended = Booking.Ended
NO_OVERLAP = "no_two_booked_sessions_of_a_member_overlap"

#: Take a ticket and write the booking that it gives, in one statement: nobody can come between.
#: ``%(may_have_place)s`` is false where a place would clash: then only a full session may be joined.
_PLACE = f"""
    WITH place AS (
        UPDATE workshops_workshop SET {TAKE}
        WHERE session_id = %(session)s AND is_open
          AND (%(may_have_place)s OR NOT {HAS_PLACE})
        RETURNING ticket, line, during
    )
"""
_FIELDS = Booking._meta.concrete_fields
_BOOKING = ", ".join(f"workshops_booking.{field.column}" for field in _FIELDS)
_BOOK_ANEW = f"""{_PLACE}
    INSERT INTO workshops_booking (registration_id, member_id, session_id, status, ticket, during,
                                   expires_at, ended, created_at, status_changed_at)
    SELECT %(registration)s, %(member)s, %(session)s,
           CASE WHEN line = 0 THEN 'booked' ELSE 'waiting' END, ticket, during, NULL, '', %(at)s, %(at)s
    FROM place RETURNING {_BOOKING}
"""
_BOOK_CHOSEN = f"""{_PLACE}
    UPDATE workshops_booking SET status = CASE WHEN line = 0 THEN 'booked' ELSE 'waiting' END,
           ticket = place.ticket, during = place.during, status_changed_at = %(at)s
    FROM place WHERE workshops_booking.id = %(chosen)s RETURNING {_BOOKING}
"""


@dataclass(frozen=True)
class Outcome:
    """What became of one choice: a booking, or the refusal that says why not."""

    session: Session
    booking: Booking | None = None
    refusal: BookingRefused | None = None


def book(session: Session, registration: Registration, *, at: datetime) -> Booking:
    """Book a place, or join the waiting list where there is none; return the booking.

    Her offer for this session is accepted, a passed one waits again, what is hers stays as it is.
    Raises ``NotRegistered``, ``NothingToBook``, ``BookingNotOpen``, ``BookingClosed``, and
    ``TimeClash`` when a place is to be had but clashes (a full session may be waited for all the same).
    """
    try:
        booking = _book(session.pk, registration.pk, at)
    except IntegrityError as error:
        if violates(error, NO_OVERLAP):
            raise TimeClash([]) from error
        raise
    if booking.status == Status.WAITING:
        after_commit(partial(waiting.serve_if_due, session.pk, at=at))
        booking.refresh_from_db()
    return booking


@retried
def _book(session_id: int, registration_id: int, at: datetime) -> Booking:
    registration = locked_registration(registration_id)
    session = _bookable(session_id, registration, at)
    mine = _live_booking(registration, session_id)
    if mine is not None and mine.status in (Status.BOOKED, Status.WAITING):
        return mine
    if mine is not None and mine.status == Status.OFFERED:
        mine = waiting.pass_offer(mine.pk, registration.pk, at=at, only_lapsed=True)
    if mine is not None and mine.status == Status.OFFERED:
        return _accept_for(registration, mine, [], at)[0]
    clashes = find_clashes(registration, session)
    _refuse_hosting(clashes, session)
    telling.agenda_changed(registration, at)
    if mine is not None and mine.status == Status.PASSED:
        return waiting.rejoin(mine, at=at)
    return _take(session, registration, mine, clashes, at)


def _refuse_hosting(clashes: list[Clash], session: Session) -> None:
    """Refuse what she hosts herself, and what she cannot come to because she hosts at that time."""
    hosting = [clash for clash in clashes if clash.kind == HOSTING]
    if any(clash.session.pk == session.pk for clash in hosting):
        raise NothingToBook("You host this session: it is in your agenda and takes no place.")
    if hosting:
        raise TimeClash(clashes)


def _take(
    session: Session, registration: Registration, chosen: Booking | None, clashes: list[Clash], at: datetime
) -> Booking:
    parameters = {
        "session": session.pk,
        "registration": registration.pk,
        "member": registration.member_id,
        "chosen": chosen.pk if chosen else None,
        "may_have_place": not clashes,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BOOK_CHOSEN if chosen else _BOOK_ANEW, parameters)
        row = cursor.fetchone()
    if row is not None:
        return Booking.from_db(connection.alias, [field.attname for field in _FIELDS], row)
    if clashes:
        raise TimeClash(clashes)
    raise BookingClosed("This session is not taking bookings.")


def cancel(
    booking: Booking, *, at: datetime, by: Member | None = None, ended: str = Ended.BY_MEMBER
) -> Booking:
    """Give up a place, an offer, a position in line or a choice; twice is not an error.

    A freed place goes at once to whoever has waited longest. ``by`` is who acts for her, if not she.
    """
    cancelled, freed = _cancel(booking.pk, at, ended)
    if freed:
        _after_giving_up([cancelled], at)
    return cancelled


@retried
def _cancel(pk: int, at: datetime, ended: str) -> tuple[Booking, bool]:
    """Whether a place came free is the second value."""
    registration = locked_registration(Booking.objects.values_list("registration_id", flat=True).get(pk=pk))
    booking = Booking.objects.get(pk=pk)
    if booking.status == Status.CANCELLED:
        return booking, False
    telling.agenda_changed(registration, at)
    workshop = locked_workshop(booking.session_id)
    booking.refresh_from_db()
    if booking.status == Status.CANCELLED:
        return booking, False
    return booking, end(booking, workshop, at=at, ended=ended)


def end(booking: Booking, workshop: Workshop, *, at: datetime, ended: str) -> bool:
    """End a live booking under its workshop's lock; return whether that freed a place."""
    frees = booking.status in Booking.HOLDING
    if frees:
        workshop.give_back()
    elif booking.status == Status.WAITING:
        workshop.leave_line()
    workshop.save_counters()
    booking.status = Status.CANCELLED
    booking.ended = Ended(ended)
    booking.expires_at = None
    booking.status_changed_at = at
    booking.save(update_fields=["status", "ended", "expires_at", "status_changed_at"])
    return frees


def swap(olds: Iterable[Booking], new: Session, *, at: datetime) -> Booking:
    """Give up ``olds`` for a place in ``new``, all or nothing; return the new booking.

    ``olds``, at least one, must name everything that the new session clashes with. Raises
    ``WorkshopFull`` when ``new`` has no place (she may wait for it instead), ``TimeClash`` when it
    clashes with something else, and what ``book`` raises.
    """
    given = sorted(old.pk for old in olds)
    registration_id = Booking.objects.values_list("registration_id", flat=True).get(pk=given[0])
    after_commit(partial(waiting.serve_if_due, new.pk, at=at))  # a lapsed offer may be her place
    try:
        booking, freed = _swap(registration_id, given, new.pk, at)
    except IntegrityError as error:
        if violates(error, NO_OVERLAP):
            raise TimeClash([]) from error
        raise
    _after_giving_up(freed, at)
    return booking


@retried
def _swap(
    registration_id: int, given: Sequence[int], session_id: int, at: datetime
) -> tuple[Booking, list[Booking]]:
    registration = locked_registration(registration_id)
    session = _bookable(session_id, registration, at)
    mine = _live_booking(registration, session_id)
    if mine is not None and mine.status == Status.BOOKED:
        return mine, []
    if mine is not None and mine.status == Status.OFFERED:
        return _accept_for(registration, mine, given, at)
    telling.agenda_changed(registration, at)
    freed = _give_up(registration, given, [session_id], at)
    workshop = locked_workshop(session_id)
    clashes = find_clashes(registration, session)
    _refuse_hosting(clashes, session)
    if clashes:
        raise TimeClash(clashes)
    if workshop.is_full or (mine is not None and mine.status == Status.WAITING):
        raise WorkshopFull(workshop.line)
    return _take(session, registration, mine, [], at), freed


def _give_up(
    registration: Registration, given: Sequence[int], also_lock: Sequence[int], at: datetime
) -> list[Booking]:
    """End the named bookings of this registration that are booked; lock all workshops concerned by id."""
    named = Booking.objects.filter(pk__in=given, registration=registration)
    workshops = locked_workshops([*named.values_list("session_id", flat=True), *also_lock])
    olds = list(named.filter(status=Status.BOOKED))
    for old in olds:
        end(old, workshops[old.session_id], at=at, ended=Ended.SWAPPED)
    return olds


def _after_giving_up(freed: Iterable[Booking], at: datetime) -> None:
    for old in freed:
        after_commit(partial(waiting.serve, old.session_id, at=at))
        after_commit(partial(waiting.wait_again, [old.member_id], old.during, at=at))


def accept(booking: Booking, *, at: datetime, replacing: Iterable[Booking] = ()) -> Booking:
    """Accept an offered place, giving up ``replacing`` (everything that it clashes with).

    Raises ``OfferGone`` when the deadline has passed, ``TimeClash`` when it still clashes with
    something that is not in ``replacing``.
    """
    given = sorted(old.pk for old in replacing)
    try:
        accepted, freed = _accept_offer(booking.pk, booking.registration_id, given, at)
    except IntegrityError as error:
        if violates(error, NO_OVERLAP):
            raise TimeClash([]) from error
        raise
    _after_giving_up(freed, at)
    return accepted


@retried
def _accept_offer(
    pk: int, registration_id: int, given: Sequence[int], at: datetime
) -> tuple[Booking, list[Booking]]:
    registration = locked_registration(registration_id)
    if not registration.is_confirmed:
        raise NotRegistered("You are not registered for this event.")
    return _accept_for(registration, Booking.objects.get(pk=pk), given, at)


def _accept_for(
    registration: Registration, offered: Booking, given: Sequence[int], at: datetime
) -> tuple[Booking, list[Booking]]:
    telling.agenda_changed(registration, at)
    freed = _give_up(registration, given, [offered.session_id], at)
    return _accept(registration, offered, at), freed


def _accept(registration: Registration, offered: Booking, at: datetime) -> Booking:
    """Turn an offer into a booking; the place is counted already, so the workshop's row stays as it is."""
    locked_workshop(offered.session_id)
    offered.refresh_from_db()
    if offered.status == Status.BOOKED:
        return offered
    if offered.status != Status.OFFERED or offered.expires_at is None or offered.expires_at <= at:
        raise OfferGone("This offer is no longer open.")
    clashes = find_clashes(registration, offered.session)
    if clashes:
        raise TimeClash(clashes)
    offered.status = Status.BOOKED
    offered.expires_at = None
    offered.status_changed_at = at
    offered.save(update_fields=["status", "expires_at", "status_changed_at"])
    return offered


def decline(booking: Booking, *, at: datetime) -> Booking:
    """Let an offered place go to the next in line; she keeps her ticket and is passed. Twice is fine."""
    declined = waiting.pass_offer(booking.pk, booking.registration_id, at=at)
    after_commit(partial(waiting.serve, booking.session_id, at=at))
    return declined


@retried
def choose(session: Session, registration: Registration, *, at: datetime) -> Booking:
    """Mark a session before booking opens; takes no place and no ticket. Twice is not an error.

    Raises ``NotRegistered``, ``NothingToBook``, ``BookingClosed``, and ``ChoicesClosed`` once
    booking has opened.
    """
    registration = locked_registration(registration.pk)
    session = _with_places(session.pk, registration)
    if session.booking_has_opened(at):
        raise ChoicesClosed("Booking has opened: book your place now.")
    _refuse_hosting(find_clashes(registration, session), session)
    workshop = locked_workshop(session.pk)
    if not workshop.is_open:
        raise BookingClosed("This session is not taking bookings.")
    mine = _live_booking(registration, session.pk)
    return mine or Booking.objects.create(
        registration=registration,
        member_id=registration.member_id,
        session=session,
        status=Status.CHOSEN,
        during=workshop.during,
        created_at=at,
        status_changed_at=at,
    )


def unchoose(booking: Booking) -> None:
    """Take a choice back. A choice leaves no trace; anything else stays as it is."""
    Booking.objects.filter(pk=booking.pk, status=Status.CHOSEN).delete()


def book_choices(registration: Registration, *, at: datetime) -> list[Outcome]:
    """Book all her choices, in the order in which she made them, each in a transaction of its own.

    A choice that clashes with a place she got before it stays chosen, with the refusal as its outcome.
    """
    chosen = Booking.objects.filter(registration=registration, status=Status.CHOSEN)
    outcomes = []
    for choice in chosen.select_related("session").order_by("created_at", "id"):
        try:
            booking = book(choice.session, registration, at=at)
        except BookingRefused as refusal:
            outcomes.append(Outcome(choice.session, refusal=refusal))
        else:
            outcomes.append(Outcome(choice.session, booking=booking))
    return outcomes


def _with_places(session_id: int, registration: Registration) -> Session:
    """Return the session, or refuse: she is registered, it takes place, and it has places to book."""
    if not registration.is_confirmed:
        raise NotRegistered("You are not registered for this event.")
    session = Session.objects.select_related("event", "workshop").get(pk=session_id)
    workshop = getattr(session, "workshop", None)
    if session.event_id != registration.event_id or workshop is None or not session.is_live:
        raise NothingToBook("This session has no places to book.")
    if not session.is_published or not session.event.is_published:
        raise BookingClosed("This session is not taking bookings.")
    return session


def _bookable(session_id: int, registration: Registration, at: datetime) -> Session:
    session = _with_places(session_id, registration)
    if not session.booking_has_opened(at):
        raise BookingNotOpen("Booking has not opened yet.")
    if session.booking_has_closed(at):
        raise BookingClosed("Booking for this session has closed.")
    return session


def _live_booking(registration: Registration, session_id: int) -> Booking | None:
    return Booking.objects.live().filter(registration=registration, session_id=session_id).first()
