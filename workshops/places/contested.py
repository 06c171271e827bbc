"""Places that overlap since a session was moved, or brought back: both stay theirs, and they decide.

What did not move stays booked, and the place in the session that did is *contested*: it counts among the
places taken, keeps them busy, and has a deadline. Where sessions moved onto each other, what was booked first
stays booked. So each contested place overlaps a booked one: the one that they keep if they do not decide.
Once nothing booked overlaps it any more it is booked by itself; at its deadline it ends. Where all that
it overlaps is in events that are called off, it is booked at its deadline, and that is contested.

``contest`` is the mover's, under the locks of the moved workshops; whose status it looks at besides is locked
by the row, so that nobody gives up the other place unseen. ``judge`` looks at one place, under the locks of
its registration and workshop: whoever frees time of a member calls it (``waiting_list.wait_again``), and the
sweep is the net.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, Q, QuerySet

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from common.transactions import TRIES, retried, violates
from events.models import Event
from workshops import notices
from workshops.models import NO_OVERLAP, Booking, Cancellation
from workshops.places.counters import become, booking_now, locked_registration, locked_workshop, release
from workshops.places.deadlines import decision_deadline

Status = Booking.Status


@dataclass(frozen=True)
class Judged:
    """A place that ended undecided: whose, of which session, and the time that is free of it."""

    session_id: int
    member_id: int
    during: DateTimeTZRange


def contest(
    session_ids: Collection[int], *, by: By, at: datetime, renews: bool = True, act: Act = Act.CONTESTED
) -> int:
    """Leave to decide what overlaps since these sessions moved, and book for certain what does so no more.

    Under the locks of their workshops, in the mover's transaction, the overlap constraint deferred. What has
    begun stays booked, and what it runs into is to be decided until its start. With ``renews`` what was to be
    decided already gets its time anew; ``act`` says why in the trail. Returns how many people could not
    decide, because both would have begun: the move must be refused then.
    """
    touched = _touched(session_ids)
    if not touched:
        return 0
    kept = _kept(touched, session_ids)
    undecided: dict[Booking, datetime] = {}
    late: set[int] = set()
    for one in touched:
        overlapped = [other for other in kept[one.member_id] if _overlap(one, other)]
        leaves = [one] if one.during.lower > at else overlapped  # one is in what has begun
        if any(other.during.lower <= at for other in leaves):
            late.add(one.member_id)
        elif overlapped:
            undecided |= {other: _deadline(other, [one, *overlapped], at, renews=renews) for other in leaves}
        if one not in undecided:
            kept[one.member_id] = [other for other in kept[one.member_id] if other not in undecided] + [one]
    if late:
        return len(late)
    _write(undecided, act, by, at)
    stays = [one for one in touched if one not in undecided]
    _settle([one for one in stays if one.status == Status.CONTESTED], by, at)
    _shorten(stays, at)
    return 0


def _deadline(one: Booking, overlapping: Sequence[Booking], at: datetime, *, renews: bool) -> datetime:
    deadline = decision_deadline(at, [other.during.lower for other in (one, *overlapping)], one.zone)
    had = None if renews else one.expires_at
    return deadline if had is None or had <= at else min(had, deadline)


def _touched(session_ids: Collection[int]) -> list[Booking]:
    """Return the places in moved sessions that overlap another one or did so: what is booked, and first."""
    theirs = Booking.objects.with_place().filter(session__in=session_ids)
    other = Booking.objects.with_place().filter(
        member_id=OuterRef("member_id"), during__overlap=OuterRef("during")
    )
    overlaps = Exists(other.exclude(pk=OuterRef("pk")))
    touched = theirs.filter(overlaps | Q(status=Status.CONTESTED)).select_related("session__event")
    return sorted(touched, key=lambda one: (one.status == Status.CONTESTED, one.created_at, one.pk))


def _kept(touched: Sequence[Booking], moved: Collection[int]) -> defaultdict[int, list[Booking]]:
    """Return what they have booked besides at that time, by member, locked: nobody gives it up meanwhile."""
    found: defaultdict[int, list[Booking]] = defaultdict(list)
    span = (min(one.during.lower for one in touched), max(one.during.upper for one in touched))
    members = {one.member_id for one in touched}
    booked = Booking.objects.booked().filter(member__in=members, during__overlap=span)
    booked = booked.exclude(session__in=moved)
    rows = booked.select_related("session__event").order_by("pk")
    for one in rows.select_for_update(no_key=True, of=("self",)):
        found[one.member_id].append(one)
    return found


def _overlap(one: Booking, other: Booking) -> bool:
    return bool(one.during.lower < other.during.upper and other.during.lower < one.during.upper)


def _write(undecided: Mapping[Booking, datetime], act: Act, by: By, at: datetime) -> None:
    by_deadline: defaultdict[datetime, list[int]] = defaultdict(list)
    for one, deadline in undecided.items():
        by_deadline[deadline].append(one.pk)
    for deadline, pks in by_deadline.items():
        rows = Booking.objects.filter(pk__in=pks)
        rows.update(status=Status.CONTESTED, expires_at=deadline, status_changed_at=at)
    trail.record_all(trail.entry(one, act, by=by, at=at) for one in undecided)


def _settle(settled: Sequence[Booking], by: By, at: datetime) -> None:
    rows = Booking.objects.filter(pk__in=[one.pk for one in settled])
    rows.update(status=Status.BOOKED, expires_at=None, status_changed_at=at)
    trail.record_all(trail.entry(one, Act.SETTLED, by=by, at=at) for one in settled)


def _shorten(stays: Sequence[Booking], at: datetime) -> None:
    """Let what is to be decided beside what has moved be decided before that starts."""
    members = {one.member_id for one in stays}
    rows = Booking.objects.filter(status=Status.CONTESTED, member__in=members).select_related(
        "session__event"
    )
    for other in rows.order_by("pk").select_for_update(no_key=True, of=("self",)):
        starts = [
            one.during.lower for one in stays if one.member_id == other.member_id and _overlap(one, other)
        ]
        if starts and other.expires_at is not None and other.during.lower > at:
            deadline = decision_deadline(at, [*starts, other.during.lower], other.zone)
            Booking.objects.filter(pk=other.pk, expires_at__gt=deadline).update(expires_at=deadline)


def judge(booking_id: int, registration_id: int, *, at: datetime) -> Judged | None:
    """Look at a contested place: booked where nothing overlaps it, ended where its deadline has come.

    Returns what ended, whose place is for the line; anything but a contested place stays as it is.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return _judge(booking_id, registration_id, at)
        except IntegrityError as error:
            if not violates(error, NO_OVERLAP) or attempt == TRIES:
                raise  # else a booking in another event was committed meanwhile; the next look sees it
    raise AssertionError("unreachable")


@retried
def _judge(booking_id: int, registration_id: int, at: datetime) -> Judged | None:
    registration = locked_registration(registration_id)
    booking = booking_now(booking_id)
    if booking.status != Status.CONTESTED:
        return None
    workshop = locked_workshop(booking.session_id)
    booking = booking_now(booking_id)
    if booking.status != Status.CONTESTED or booking.expires_at is None:
        return None
    beside = _booked_meanwhile(booking).select_related("session__event", "registration__member")
    stays = list(beside.order_by("pk").select_for_update(no_key=True, of=("self",)))
    if not stays and booking.pk in _kept_for_what_may_come_back(at).values_list("pk", flat=True):
        return None
    if not stays:
        notices.queue_agenda_update(registration, at)
        become(booking, Status.BOOKED, Act.SETTLED, by=SITE, at=at)
    elif booking.expires_at <= at and booking.session.event.is_published:
        if not any(other.session.event.is_published for other in stays):
            _give_way(stays, booking, at)
            notices.queue_agenda_update(registration, at)
            become(booking, Status.BOOKED, Act.SETTLED, by=SITE, at=at)
            return None
        owing = notices.agenda_update(registration, at)
        release(booking, workshop, by=SITE, at=at, ended=Booking.Ended.UNDECIDED, owing=owing)
        return Judged(booking.session_id, booking.member_id, booking.during)
    return None


def _give_way(stays: Sequence[Booking], booking: Booking, at: datetime) -> None:
    """Leave to decide, if their events take place again, what is booked in events that do not."""
    _write({other: _deadline(other, [booking], at, renews=True) for other in stays}, Act.CONTESTED, SITE, at)
    for other in stays:
        notices.queue_agenda_update(other.registration, at)


def _booked_meanwhile(booking: Booking) -> "QuerySet[Booking]":
    return Booking.objects.booked().filter(member=booking.member_id, during__overlap=booking.during)


def _kept_for_what_may_come_back(at: datetime) -> "QuerySet[Booking]":
    """Return the contested places beside one of a session that is cancelled and can still be brought back."""
    cancelled = Cancellation.objects.filter(settled_at=None, told_at__gt=at)
    # Named one by one: there are seldom any, and Postgres would read all bookings to find that out.
    sessions = list(cancelled.values_list("session_id", flat=True))
    if not sessions:
        return Booking.objects.none()
    beside = Booking.objects.filter(
        member_id=OuterRef("member_id"),
        during__overlap=OuterRef("during"),
        ended=Booking.Ended.SESSION,
        session__in=sessions,
    )
    return Booking.objects.filter(Exists(beside), status=Status.CONTESTED)


def due(at: datetime) -> "QuerySet[Booking]":
    """Return the contested places to judge: their deadline has come, or nothing booked overlaps them.

    What only a session overlapped that may be brought back waits until people are told of its end. In an
    event that is called off nothing ends: nobody can decide there.
    """
    booked = Booking.objects.booked().filter(
        member_id=OuterRef("member_id"), during__overlap=OuterRef("during")
    )
    contested = Booking.objects.filter(status=Status.CONTESTED).order_by("created_at", "pk")
    alone = ~Exists(booked) & ~Q(pk__in=_kept_for_what_may_come_back(at).values("pk"))
    is_over = Q(expires_at__lte=at, session__event__status=Event.Status.PUBLISHED)
    return contested.filter(is_over | alone)
