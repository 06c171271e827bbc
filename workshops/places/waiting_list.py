"""The waiting list of a workshop: who gets a place that comes free.

A free place goes at once to the first ticket in line: it is theirs where it does not clash with what
they have; where it does, it is held for them as an offer with a deadline that never falls in the night.
Who declines or lets the deadline pass keeps their ticket but is passed, until their agenda or the time
of the session changes or they ask again. In the last half hour before the start nothing is given by itself:
a free place is there to take (``last_minutes``). Each place is given in a transaction of its own, in the
house's lock order, and looked at again under the locks. ``serve`` is called by every act that frees
a place; expired offers are judged by whoever touches the session next, and ``sweep`` is the net.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Min, Q, QuerySet

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from common.statements import Statement
from common.transactions import TRIES, after_commit, retried, violates
from events.models import Event, Registration
from events.places import could_serve, serve_each
from members.models import Member
from workshops import notices
from workshops.models import NO_OVERLAP, Booking, PlaceOverride, Workshop
from workshops.places import contested
from workshops.places.counters import become, booking_now, locked_registration, locked_workshop
from workshops.places.deadlines import HALF_HOUR, offer_deadline
from workshops.places.eligibility import HOSTING, find_clashes, refuse_started

Status = Booking.Status
#: Statuses of places that are somebody's until a moment.
HELD = (Status.OFFERED, Status.CONTESTED)
#: Start and end of a session.
Span = tuple[datetime | None, datetime | None]


def serve(session_id: int, *, at: datetime) -> int:
    """Give the free places of a session to its waiting list; return how many were given or offered."""
    expire_offers(session_id, at=at)
    given = overlaps = 0
    while (head := _head(session_id)) is not None:
        try:
            outcome = _serve_one(session_id, *head, at)
        except IntegrityError as error:
            overlaps += 1
            if not violates(error, NO_OVERLAP) or overlaps > TRIES:
                raise
            continue  # a booking in another event was committed meanwhile; the next look sees it
        if outcome is None:
            break
        given += outcome
    return given


def serve_if_due(session_id: int, *, at: datetime) -> bool:
    """Serve the line if there is a place or an expired offer, and return whether there was: one read else."""
    if not _DUE.first(at=at, soon=at + HALF_HOUR, session=session_id):
        return False
    serve(session_id, at=at)
    return True


def due(at: datetime) -> "QuerySet[Workshop]":
    """Return the workshops whose line could move: a place is free to give, or an offer has lapsed."""
    return _due(at, at + HALF_HOUR)


def _due(at: datetime, soon: datetime) -> "QuerySet[Workshop]":
    # Each status by itself: each has an index of its own, which a list of them would not find.
    has_lapsed = (Q(status=one, expires_at__lte=at) for one in HELD)
    lapsed = Booking.objects.filter(reduce(or_, has_lapsed))
    rows = Workshop.objects.filter(
        is_open=True, during__startswith__gt=at, session__event__status=Event.Status.PUBLISHED
    )
    given = rows.filter(could_serve(), during__startswith__gt=soon)
    return given | rows.filter(session_id__in=lapsed.values("session_id"))


_DUE = Statement(
    lambda at, soon, session: _due(at, soon).filter(session=session).values_list("session_id", flat=True)
)


def sweep(*, at: datetime) -> int:
    """Judge and serve whatever an interrupted act has left; return how many places were given or offered."""
    for booking in contested.due(at):
        _judge(booking.pk, booking.registration_id, at)
    return serve_each(due(at), partial(serve, at=at), of="session")


def _head(session_id: int) -> tuple[int, int] | None:
    """Return the first in line as (booking id, registration id)."""
    return _HEAD.first(session=session_id)


_HEAD = Statement(
    lambda session: Booking.objects.waiting().filter(session=session).values_list("pk", "registration_id")[:1]
)


@retried
def _serve_one(session_id: int, head: int, registration_id: int, at: datetime) -> int | None:
    """Give a place to ``head``: 1 if given, 0 if it is worth looking again, ``None`` if nothing is left."""
    registration = locked_registration(registration_id)
    workshop = locked_workshop(session_id)
    if not (workshop.is_open and workshop.can_serve() and workshop.during.lower - HALF_HOUR > at):
        return None
    if _head(session_id) != (head, registration_id):
        return 0
    booking = Booking.objects.select_related("session", "session__event").get(pk=head)
    if not booking.session.event.is_published:
        return None
    given = _give(booking, registration, workshop, at)
    workshop.save_counters()
    return given


def _give(booking: Booking, registration: Registration, workshop: Workshop, at: datetime) -> int:
    clashes = find_clashes(registration, booking.session)
    can_come = registration.is_confirmed and registration.member.is_active
    if not can_come or any(clash.kind == HOSTING for clash in clashes):
        notices.queue_agenda_update(registration, at)
        workshop.leave_line()
        become(booking, Status.PASSED, Act.PASSED_OVER, by=SITE, at=at)
        return 0
    workshop.serve_one()
    if clashes:
        until = offer_deadline(at, booking.during.lower, booking.session.event.zone)
        become(booking, Status.OFFERED, Act.PLACE_OFFERED, by=SITE, at=at, expires_at=until)
        notices.queue_place_offered(booking, at)
    else:
        become(booking, Status.BOOKED, Act.PLACE_GIVEN, by=SITE, at=at)
        notices.queue_place_given(booking, at)
    return 1


def expire_offers(session_id: int, *, at: datetime) -> None:
    """End what was held until a moment that has come: offers pass; undecided places go to the line."""
    for pk, registration_id, status in _LAPSED.all(session=session_id, at=at):
        if status == Status.CONTESTED:
            _judge(pk, registration_id, at)
        else:
            pass_offer(pk, registration_id, by=SITE, at=at, only_lapsed=True)


_LAPSED = Statement(
    lambda session, at: (
        Booking.objects.filter(session=session, status__in=HELD, expires_at__lte=at)
        .filter(session__event__status=Event.Status.PUBLISHED)  # nobody can accept while it is called off
        .order_by("ticket")
        .values_list("pk", "registration_id", "status")
    )
)


@retried
def pass_offer(
    booking_id: int, registration_id: int, *, by: By, at: datetime, only_lapsed: bool = False
) -> Booking:
    """Take an offer back for the line; they keep their ticket. Anything but an offer stays as it is."""
    registration = locked_registration(registration_id)
    booking = Booking.objects.get(pk=booking_id)
    if not _can_pass(booking, at, only_lapsed):
        return booking
    notices.queue_agenda_update(registration, at)
    workshop = locked_workshop(booking.session_id)
    booking.refresh_from_db()
    if not _can_pass(booking, at, only_lapsed):
        return booking
    if not only_lapsed:
        refuse_started(workshop, at)
    workshop.give_back()
    act = Act.OFFER_LAPSED if only_lapsed else Act.OFFER_DECLINED
    become(booking, Status.PASSED, act, by=by, at=at, workshop=workshop)
    return booking


def _can_pass(booking: Booking, at: datetime, only_lapsed: bool) -> bool:  # noqa: FBT001  # as it was asked
    if booking.status != Status.OFFERED or booking.expires_at is None:
        return False
    return booking.expires_at <= at or not only_lapsed


def rejoin(booking: Booking, *, by: By, at: datetime) -> Booking:
    """Let a passed booking wait again with its old ticket. Under its registration's lock; then ``serve``."""
    workshop = locked_workshop(booking.session_id)
    booking.refresh_from_db()
    if booking.status == Status.PASSED and workshop.is_open:
        workshop.line += 1
        become(booking, Status.WAITING, Act.REJOINED_LINE, by=by, at=at, workshop=workshop)
    return booking


def wait_again(member_ids: Iterable[int], during: DateTimeTZRange | Span, *, at: datetime) -> None:
    """Their agendas have changed: whoever of them was passed for a session of that time waits again.

    What was contested by something at that time is judged.
    """
    members = list(member_ids)
    span = DateTimeTZRange(*during) if isinstance(during, tuple) else during
    if len(members) == 1:
        bookings = _KEPT_BACK.all(member=members[0], during=span)
    else:
        bookings = list(_kept_back(Q(member__in=members), span))
    undecided = [booking for booking in bookings if booking.status == Status.CONTESTED]
    for booking in sorted(undecided, key=lambda one: (one.created_at, one.pk)):  # what was booked first stays
        _judge(booking.pk, booking.registration_id, at)
    passed = [booking for booking in bookings if booking.status == Status.PASSED]
    for booking in passed:
        _rejoin(booking, at)
    for session_id in sorted({booking.session_id for booking in passed}):
        serve(session_id, at=at)


def judge(booking: Booking, *, at: datetime) -> Booking | None:
    """Judge a contested place and return it as it is then; ``None`` where it ended, and its line moves."""
    _judge(booking.pk, booking.registration_id, at)
    judged = booking_now(booking.pk)
    return None if judged.status == Status.CANCELLED else judged


def _judge(booking_id: int, registration_id: int, at: datetime) -> None:
    """Judge a contested place; where it ended, its line moves and its time is free."""
    ended = contested.judge(booking_id, registration_id, at=at)
    if ended is not None:
        after_commit(partial(serve_if_due, ended.session_id, at=at))
        after_commit(partial(wait_again, [ended.member_id], ended.during, at=at))


def _kept_back(whose: Q, during: Any) -> "QuerySet[Booking]":
    """Return what of theirs something at that time may have kept back."""
    states = (Status.PASSED, Status.CONTESTED)
    return Booking.objects.filter(whose, status__in=states, during__overlap=during).order_by(
        "session_id", "ticket"
    )


_KEPT_BACK = Statement(lambda member, during: _kept_back(Q(member=member), during))


@retried
def _rejoin(booking: Booking, at: datetime) -> None:
    locked_registration(booking.registration_id)
    rejoin(booking, by=SITE, at=at)


@retried
def move_up(booking: Booking, *, at: datetime, by: Member, reason: str) -> Booking:
    """Put someone at the head of the line, with a reason, recorded. Only a waiting booking moves.

    Their new ticket is before all live ones, so that no two are the same.

    Raises ``ValueError`` without a reason, ``SessionStarted`` once nobody can come any more.
    """
    if not reason.strip():
        raise ValueError("Moving someone up needs a reason.")
    refuse_started(locked_workshop(booking.session_id), at)
    booking.refresh_from_db()
    if booking.status != Status.WAITING or booking.ticket is None:
        return booking
    if (head := _head(booking.session_id)) is not None and head[0] == booking.pk:
        return booking
    first = Booking.objects.live().filter(session_id=booking.session_id).aggregate(Min("ticket"))
    PlaceOverride.objects.create(
        booking=booking, reason=reason.strip(), by=by, at=at, ticket_before=booking.ticket
    )
    booking.ticket = first["ticket__min"] - 1
    booking.save(update_fields=["ticket"])
    trail.record(booking, Act.MOVED_UP, by=by, at=at)
    return booking


def position(booking: Booking) -> int | None:
    """Their place in line, 1 being the next; ``None`` if they do not wait. One query."""
    if booking.status != Status.WAITING:
        return None
    ahead = _AHEAD.first(session=booking.session_id, ticket=booking.ticket)
    return (ahead or 0) + 1


_AHEAD = Statement(
    lambda session, ticket: (
        Booking.objects.filter(session=session, status=Status.WAITING, ticket__lt=ticket)
        .values("session")
        .annotate(number=Count("pk"))
        .values_list("number", flat=True)
    )
)
