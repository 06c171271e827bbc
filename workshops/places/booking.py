"""Booking places in workshops: book, cancel, swap, accept and decline.

Whoever books takes a ticket from the workshop's own counter, by one statement that decides between
a place and the waiting list while it holds the row (``events.places``). Before that, under the lock
of their registration, the rule looks: are they registered, is booking open, is it theirs already, does it
clash? Pressing twice is not an error. What they have is never lost but by their own act: a swap that
gives no place is undone as a whole. Nothing is given up once its session has started, but for one that
begins meanwhile. Two booked sessions of one member never overlap: the database
refuses what the look has missed. Lock order: registration, then workshops by id; a booking's status
changes only under its workshop's lock.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import IntegrityError
from django.utils.translation import gettext as _

from audit.actors import SITE, By
from audit.acts import Act
from common.transactions import after_commit, retried, violates
from events.models import Registration, Session
from workshops import notices
from workshops.models import NO_OVERLAP, Booking
from workshops.places import waiting_list
from workshops.places.counters import (
    become,
    booking_now,
    claim,
    locked_registration,
    locked_workshop,
    locked_workshops,
    release,
)
from workshops.places.eligibility import (
    find_clashes,
    look_at_open,
    refuse_closed_account,
    refuse_overtaking,
    refuse_own_sessions,
    refuse_started,
)
from workshops.places.refusals import NotRegistered, OfferGone, TimeClash, Undecided, WorkshopFull

Status = Booking.Status
Ended = Booking.Ended


@contextmanager
def overlaps_refused() -> Iterator[None]:
    """Say as a refusal what only the database has seen: a booking of another event at that time."""
    try:
        yield
    except IntegrityError as error:
        if violates(error, NO_OVERLAP):
            raise TimeClash([]) from error
        raise


def book(session: Session, registration: Registration, *, by: By, at: datetime) -> Booking:
    """Book a place, or join the waiting list where there is none; return the booking.

    Their offer for this session is accepted, a passed one waits again, what is theirs stays as it is.
    Raises ``NotRegistered``, ``NothingToBook``, ``BookingNotOpen``, ``BookingClosed``, and
    ``TimeClash`` when a place is to be had but clashes (a full session may be waited for all the same).
    """
    with overlaps_refused():
        booking = _book(session.pk, registration.pk, by, at)
    if booking.status == Status.WAITING:
        after_commit(partial(_serve_their_line, booking, at=at))
    return booking


def _serve_their_line(booking: Booking, *, at: datetime) -> None:
    """Serve the line that they have joined, where a place is due: it may be theirs."""
    if waiting_list.serve_if_due(booking.session_id, at=at):
        booking.refresh_from_db()


@retried
def _book(session_id: int, registration_id: int, by: By, at: datetime) -> Booking:
    registration = locked_registration(registration_id)
    look = look_at_open(session_id, registration, at)
    live = look.live_booking()
    if live is not None and live.status == Status.CONTESTED:
        live = waiting_list.judge(live, at=at)
    if live is not None and live.status in (*Booking.PLACED, Status.WAITING):
        return live
    if live is not None and live.status == Status.OFFERED:
        live = waiting_list.pass_offer(live.pk, registration.pk, by=SITE, at=at, only_lapsed=True)
    if live is not None and live.status == Status.OFFERED:
        return accept_under_lock(registration, live, [], by, at)[0]
    clashes = look.clashes()
    refuse_own_sessions(clashes, look.session)
    if live is not None and live.status == Status.PASSED:
        notices.queue_agenda_update(registration, at)
        return waiting_list.rejoin(live, by=by, at=at)
    refuse_overtaking(look.session, at)
    return claim(look.session, registration, live, clashes, by=by, at=at)


def cancel(
    booking: Booking, *, by: By, at: datetime, ended: str = Ended.BY_MEMBER, only: Collection[str] = ()
) -> Booking:
    """Give up a place, an offer, a position in line or a choice; twice is not an error.

    A freed place goes at once to whoever has waited longest. With ``only``, what has become anything but one
    of these statuses stays as it is. Raises ``SessionStarted`` once its session has.
    """
    cancelled, freed = _cancel(booking.pk, booking.registration_id, by, at, ended, only)
    if freed:
        after_giving_up([cancelled], at)
    return cancelled


@retried
def _cancel(
    pk: int, registration_id: int, by: By, at: datetime, ended: str, only: Collection[str]
) -> tuple[Booking, bool]:
    """Whether a place came free is the second value."""
    registration = locked_registration(registration_id)
    booking = booking_now(pk)
    if booking.status == Status.CANCELLED:
        return booking, False
    workshop = locked_workshop(booking.session_id)
    booking = booking_now(pk)
    if booking.status == Status.CANCELLED or (only and booking.status not in only):
        return booking, False
    refuse_started(workshop, at)
    owing = notices.agenda_update(registration, at)
    return booking, release(booking, workshop, by=by, at=at, ended=ended, owing=owing)


def swap(olds: Iterable[Booking], new: Session, *, by: By, at: datetime) -> Booking:
    """Give up ``olds`` for a place in ``new``, all or nothing; return the new booking.

    ``olds``, at least one, must name everything that the new session clashes with. Raises
    ``WorkshopFull`` when ``new`` has no place (they may wait for it instead), ``TimeClash`` when it
    clashes with something else, ``Undecided`` when they have a place in it to decide about,
    ``SessionStarted`` when one of ``olds`` began and leaves time for it, and what ``book`` raises.
    """
    given = sorted(old.pk for old in olds)
    registration_id = Booking.objects.values_list("registration_id", flat=True).get(pk=given[0])
    after_commit(partial(waiting_list.serve_if_due, new.pk, at=at))  # a lapsed offer may be their place
    with overlaps_refused():
        booking, freed = _swap(registration_id, given, new.pk, by, at)
    after_giving_up(freed, at)
    return booking


@retried
def _swap(
    registration_id: int, given: Sequence[int], session_id: int, by: By, at: datetime
) -> tuple[Booking, list[Booking]]:
    registration = locked_registration(registration_id)
    look = look_at_open(session_id, registration, at)
    session, live = look.session, look.live_booking()
    if live is not None and live.status == Status.BOOKED:
        return live, []
    if live is not None and live.status == Status.CONTESTED:
        raise Undecided
    if live is not None and live.status == Status.OFFERED:
        return accept_under_lock(registration, live, given, by, at)
    freed = give_up_named(registration, given, session_id, by, at)
    workshop = locked_workshop(session_id)
    clashes = find_clashes(registration, session)
    refuse_own_sessions(clashes, session)
    if clashes:
        raise TimeClash(clashes)
    if workshop.is_full:  # as for whoever waits already: there is a line
        raise WorkshopFull(workshop.line)
    return claim(session, registration, live, [], by=by, at=at), freed


def give_up_named(
    registration: Registration, given: Sequence[int], wanted: int, by: By, at: datetime
) -> list[Booking]:
    """End the named places, for the session ``wanted``; lock all workshops by id.

    What is under way can be left for what begins before it ends, and for nothing else.
    """
    named = Booking.objects.filter(pk__in=given, registration=registration)
    workshops = locked_workshops([*named.values_list("session_id", flat=True), wanted])
    olds, new = list(named.with_place()), workshops.get(wanted)
    for old in olds:
        if new is not None and old.during.upper <= new.during.lower:
            refuse_started(workshops[old.session_id], at)
        release(old, workshops[old.session_id], by=by, at=at, ended=Ended.SWAPPED)
    return olds


def after_giving_up(freed: Iterable[Booking], at: datetime) -> None:
    """Let the lines of what was given up move, and what its time had kept from them."""
    for old in freed:
        after_commit(partial(waiting_list.serve_if_due, old.session_id, at=at))
        after_commit(partial(waiting_list.wait_again, [old.member_id], old.during, at=at))


def accept(booking: Booking, *, by: By, at: datetime, replacing: Iterable[Booking] = ()) -> Booking:
    """Accept an offered place, giving up ``replacing`` (everything that it clashes with).

    Raises ``OfferGone`` when the deadline has passed, ``TimeClash`` when it still clashes with
    something that is not in ``replacing``, ``AccountClosed`` and ``SessionStarted`` as ``swap`` does.
    """
    given = sorted(old.pk for old in replacing)
    with overlaps_refused():
        accepted, freed = _accept_offer(booking.pk, booking.registration_id, given, by, at)
    after_giving_up(freed, at)
    return accepted


@retried
def _accept_offer(
    pk: int, registration_id: int, given: Sequence[int], by: By, at: datetime
) -> tuple[Booking, list[Booking]]:
    registration = locked_registration(registration_id)
    refuse_closed_account(registration.member)
    if not registration.is_confirmed:
        raise NotRegistered(
            _("You are not registered for this event."), "{name} is not registered for this event."
        )
    return accept_under_lock(registration, Booking.objects.get(pk=pk), given, by, at)


def accept_under_lock(
    registration: Registration, offered: Booking, given: Sequence[int], by: By, at: datetime
) -> tuple[Booking, list[Booking]]:
    """Accept an offer for the places ``given``, under the lock of its registration."""
    notices.queue_agenda_update(registration, at)
    freed = give_up_named(registration, given, offered.session_id, by, at)
    return _accept(registration, offered, by, at), freed


def _accept(registration: Registration, offered: Booking, by: By, at: datetime) -> Booking:
    """Turn an offer into a booking; the place is counted already, so the workshop's row stays as it is."""
    locked_workshop(offered.session_id)
    offered.refresh_from_db()
    if offered.status == Status.BOOKED:
        return offered
    if offered.status != Status.OFFERED or offered.expires_at is None or offered.expires_at <= at:
        raise OfferGone(_("This offer is no longer open."))
    clashes = find_clashes(registration, offered.session)
    if clashes:
        raise TimeClash(clashes)
    become(offered, Status.BOOKED, Act.OFFER_ACCEPTED, by=by, at=at)
    return offered


def decline(booking: Booking, *, by: By, at: datetime) -> Booking:
    """Let an offered place go to the next in line; they keep their ticket and are passed. Twice is fine.

    Raises ``SessionStarted`` once its session has.
    """
    declined = waiting_list.pass_offer(booking.pk, booking.registration_id, by=by, at=at)
    after_commit(partial(waiting_list.serve, booking.session_id, at=at))
    return declined
