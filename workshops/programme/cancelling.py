"""Cancelling a session with a reason that people read, and bringing it back before anybody is told.

Whoever cancels has read whom it touches (``look``); what was seen is what is done. For ten minutes the emails
wait in the outbox, and bringing it back undoes it wholly: everybody has their place, their ticket in the
line, their offer and its deadline again. Who has booked something else of that time meanwhile keeps both, and
decides (``places.contested``). Once a worker has one of the emails
in its hands it stands: whoever locks the emails first wins. ``settle`` does what waits for that: others'
turns that follow. Lock order: session, registrations, places.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import IntegrityError, connection

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import TRIES, after_commit, retried, violates
from common.words import counted
from events.models import Registration, Session
from events.programme.cache_version import raise_version
from notifications import undoing
from workshops import notices
from workshops.models import NO_OVERLAP, Booking, Cancellation, Workshop
from workshops.places import contested, waiting_list
from workshops.places.alternatives import alternatives_of
from workshops.places.counters import locked_workshop
from workshops.places.deadlines import offer_deadline
from workshops.places.eligibility import host_members
from workshops.programme import changes, effects
from workshops.programme.changes import ProgrammeRefused, locked_sessions
from workshops.programme.telling_later import told_after

Status = Booking.Status
#: What is restored besides the status.
_RESTORED: Final = ("status", "ended", "expires_at", "status_changed_at")


class NotWhatWasSeen(ProgrammeRefused):
    """Cancelling would touch others by now: ``effects`` says whom."""

    def __init__(self, now: "Cancelling") -> None:
        super().__init__("Something has changed since you looked, so it is not cancelled yet. Look again.")
        self.effects = now


class TooLate(ProgrammeRefused):
    """It can no longer be brought back: people are told."""

    def __init__(self) -> None:
        super().__init__(
            "The emails are on their way, so the session stays cancelled. You can publish it again in its "
            "record; people then book anew."
        )


@dataclass(frozen=True)
class Cancelling:
    """What cancelling a session would do."""

    session: Session
    booked: int
    in_line: int
    chosen: int
    hosts: list[str]
    out_of_reach: list[str]
    #: How long nobody is told, and it can be brought back.
    delay: timedelta
    #: What the email would name now.
    alternatives: list[Session]

    @property
    def mailed(self) -> int:
        """How many people are emailed."""
        return self.booked + self.in_line + len(self.hosts)

    @property
    def whom(self) -> str:
        """Say how many that are: "20 people"."""
        return counted(self.mailed, "%(count)s person", "%(count)s people")

    @property
    def fingerprint(self) -> str:
        """A digest of whom it touches, and when they are told."""
        whom = (self.booked, self.in_line, self.chosen, self.hosts, bool(self.delay))
        return hashlib.sha256(repr((self.session.pk, whom)).encode()).hexdigest()


def look(session: Session, *, at: datetime) -> Cancelling:
    """Return what cancelling it would do. Five queries."""
    live = Booking.objects.live().filter(session=session).values_list("status", flat=True)
    statuses = list(live)
    booked, chosen = sum(one in Booking.PLACED for one in statuses), statuses.count(Status.CHOSEN)
    reached, out_of_reach = effects.hosts_of(session.session_contributors.select_related("contributor"))
    return Cancelling(
        session,
        booked,
        len(statuses) - booked - chosen,
        chosen,
        reached,
        out_of_reach,
        told_after(session, at),
        alternatives_of(session, at=at),
    )


def cancel(session: Session, reason: str, *, seen: str, by: By, at: datetime) -> None:
    """Cancel a published session, if that touches whom was ``seen``. Cancelled already is not an error.

    Raises ``NotWhatWasSeen``, and ``ProgrammeRefused`` for a draft.
    """
    _cancel(session.pk, reason, seen, by, at)


@retried
def _cancel(pk: int, reason: str, seen: str, by: By, at: datetime) -> None:
    now = locked_sessions([pk])[pk]
    if now.status == Session.Status.CANCELLED:
        return
    if not now.is_published:
        raise ProgrammeRefused("Only a published session is cancelled. Nobody sees this one: delete it.")
    if Workshop.objects.filter(session=now).exists():
        locked_workshop(pk)
    found = look(now, at=at)
    if found.fingerprint != seen:
        raise NotWhatWasSeen(found)
    now.status, now.cancelled_because = Session.Status.CANCELLED, reason.strip()
    changes.write_sessions([now], by=by, at=at)


def standing(session: Session, *, at: datetime) -> Cancellation | None:
    """Return the cancellation of a session that can still be brought back."""
    found = Cancellation.objects.filter(session=session, settled_at=None, told_at__gt=at)
    return found.filter(sequence=session.sequence).first()


def bring_back(session: Session, *, by: By, at: datetime) -> int:
    """Undo that it was cancelled, wholly; return how many now have two sessions to decide between.

    Twice is not an error. Raises ``TooLate``, and ``ProgrammeRefused`` where its places have become fewer.
    """
    held, tried = None, 0
    while held is None:
        tried += 1
        try:
            held = _bring_back(session.pk, by, at)
        except IntegrityError as error:
            if not violates(error, NO_OVERLAP) or tried == TRIES:
                raise  # else something in another event was booked meanwhile; the next look sees it
    after_commit(partial(waiting_list.serve, session.pk, at=at))
    return held


@retried
def _bring_back(pk: int, by: By, at: datetime) -> int:
    session = locked_sessions([pk])[pk]
    if session.is_published:
        return 0
    cancellation = standing(session, at=at)
    kind, cause = notices.cause_of_change(session)
    if cancellation is None or not undoing.take_back([kind], key=f"{cause}:"):
        raise TooLate
    before = {one[0]: one[1:] for one in cancellation.bookings}
    bookings = _that_may_come_back(session, before)
    held = _restore(session, bookings, before, by, at)
    session.status, session.cancelled_because = Session.Status.PUBLISHED, ""
    session.sequence += 1
    session.save()
    cancellation.delete()
    # A move or an offer just before it was cancelled found nothing to tell meanwhile.
    undoing.owe_again(since=cancellation.at, at=at)
    trail.record(session, Act.SESSION_BROUGHT_BACK, by=by, at=at)
    raise_version(session.event_id)
    return held


def _that_may_come_back(session: Session, before: dict[int, Sequence[str]]) -> list[Booking]:
    """Lock the registrations of the bookings that were ended, and return those whose people still come."""
    ended = Booking.objects.filter(pk__in=before, status=Status.CANCELLED, ended=Booking.Ended.SESSION)
    numbers = sorted(ended.values_list("registration_id", flat=True))
    locked = Registration.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=numbers)
    registrations = {one.pk: one for one in locked.select_related("member").order_by("pk")}
    found = []
    for one in ended.order_by("pk"):
        one.registration, one.session = registrations[one.registration_id], session
        is_wish = (
            one.registration.status == Registration.Status.RECEIVED and before[one.pk][0] == Status.CHOSEN
        )
        if one.registration.is_confirmed or is_wish:
            found.append(one)
    return found


def _restore(
    session: Session, bookings: list[Booking], before: dict[int, Sequence[str]], by: By, at: datetime
) -> int:
    """Write what was whose; who is somewhere else at that time meanwhile has both to decide: how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {NO_OVERLAP} DEFERRED")
    for one in bookings:
        status, expires_at, changed_at = before[one.pk]
        one.status, one.ended = Status(status), ""
        one.expires_at = datetime.fromisoformat(expires_at) if expires_at else None
        one.status_changed_at = datetime.fromisoformat(changed_at)
        if one.status == Status.OFFERED and one.expires_at is not None and one.expires_at <= at:
            assert session.starts_at is not None  # noqa: S101  # only live sessions have bookings
            one.expires_at = offer_deadline(at, session.starts_at, session.event.zone)
    _count(session, bookings)
    Booking.objects.bulk_update(bookings, _RESTORED, batch_size=500)
    trail.record_all(trail.entry(one, Act.BOOKING_BROUGHT_BACK, by=by, at=at) for one in bookings)
    if contested.contest([session.pk], by=by, at=at, renews=False, act=Act.CONTESTED_BY_RETURN):
        raise TooLate
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {NO_OVERLAP} IMMEDIATE")
    for one in bookings:
        if one.status == Status.CONTESTED and one.expires_at and one.expires_at > at:
            still = Booking.objects.filter(pk=one.pk, status=Status.CONTESTED)
            still.update(expires_at=one.expires_at, status_changed_at=one.status_changed_at)
    # Who was told nothing of the end is told nothing now: such a letter has nothing to say.
    for one in bookings:
        if one.status != Status.CHOSEN:
            notices.queue_agenda_update(one.registration, at)
    were_certain = [one.pk for one in bookings if one.status == Status.BOOKED]
    return Booking.objects.filter(pk__in=were_certain, status=Status.CONTESTED).count()


def _count(session: Session, bookings: list[Booking]) -> None:
    row = Workshop.objects.select_for_update(no_key=True).filter(session=session).first()
    if row is None:
        if bookings:
            raise ProgrammeRefused("Its places have been taken away since, so it cannot be brought back.")
        return
    row.taken, row.held = sum(1 for one in bookings if one.status in Booking.HOLDING), 0
    row.line = sum(1 for one in bookings if one.status == Status.WAITING)
    if row.capacity is not None and row.taken > row.capacity:
        raise ProgrammeRefused(
            f"It had {row.taken} people in it, and has {row.capacity} places now. Set more places first."
        )
    row.is_open = True
    row.save(update_fields=["taken", "held", "line", "is_open"])


def settle(*, at: datetime) -> int:
    """Do what waited until people are told: who was passed for the time of the session waits again.

    Returns how many cancellations that were. For the sweep; what is done twice changes nothing.
    """
    due = Cancellation.objects.filter(settled_at=None, told_at__lte=at).select_related("session__event")
    found = list(due.order_by("told_at"))
    for one in found:
        booked = [pk for pk, status, *_ in one.bookings if status in Booking.PLACED]
        members = Booking.objects.filter(pk__in=booked).values_list("member_id", flat=True)
        session = one.session
        if session.is_live:
            freed = [*members, *host_members(session)]
            waiting_list.wait_again(freed, (session.starts_at, session.ends_at), at=at)
        Cancellation.objects.filter(pk=one.pk, told_at=one.told_at).update(settled_at=at, bookings=[])
    return len(found)
