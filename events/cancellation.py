"""Calling an event off, cancelled or postponed, and bringing it back before anybody is told.

Whoever calls it off has read whom it touches (``look``), which is compared under the lock. Nobody can
register or book any more from that moment. Registrations and bookings stay as they are, so that the team can
see who was coming and write to them, and so that bringing it back has everything in its place. Who is
registered, waits or hosts is told once, ten minutes later (within two hours of its start at once), a bounded
number at a time: ``tell`` goes on where it was interrupted. Once the first are told it stays called off:
``tell`` and ``bring_back`` lock the same row, and whoever is first wins. What passed meanwhile is put right
by whom it concerns (``on_brought_back``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Lower

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.fingerprints import is_as_seen, with_number
from common.transactions import retried
from common.words import counted
from events import stand_ins
from events.models import CallingOff, Contributor, Event, Registration, Session, SessionContributor
from events.programme.cache_version import raise_version
from members.models import Member
from notifications import outbox, undoing
from notifications.outbox import MessageRow

#: So long nobody is told, and it can be brought back; not so near its start.
UNDONE_WITHIN: Final = timedelta(minutes=10)
TOLD_AT_ONCE_WITHIN: Final = timedelta(hours=2)
#: How many are told in one transaction.
STEP: Final = 500


class EventNotCancelled(Exception):
    """An expected no; ``str()`` is the sentence for the editor."""


class NotWhatWasSeen(EventNotCancelled):
    """Calling it off would touch others by now: ``touched`` says whom."""

    def __init__(self, touched: "Touched") -> None:
        super().__init__("Something has changed since you looked, so it is not called off yet. Look again.")
        self.touched = touched


class EventStaysCalledOff(EventNotCancelled):
    """It can no longer be brought back: people are told."""

    def __init__(self) -> None:
        super().__init__(
            "The emails are on their way, so the event stays called off. You can publish it again in its "
            "record: registrations and places are as they were, but people’s calendars are not. Then write "
            "to everybody."
        )


@dataclass(frozen=True)
class Touched:
    """Whom calling an event off touches, and how long nobody is told."""

    registered: int
    waiting: int
    only_hosts: int
    sessions: int
    delay: timedelta
    #: When it begins, as its pages say.
    begins: datetime

    @property
    def people(self) -> int:
        """How many are emailed."""
        return self.registered + self.waiting + self.only_hosts

    @property
    def whom(self) -> str:
        """Say how many that are: "5,000 people"."""
        return counted(self.people, "%(count)s person", "%(count)s people")

    @property
    def seen(self) -> str:
        """What a page that shows this carries, so that calling off compares it (``is_as``)."""
        return with_number(self.people, self._facts)

    def is_as(self, seen: str) -> bool:
        """Whether it does what was seen: the same, to as many people but for one in a hundred.

        Registering goes on while somebody reads, and in a rush nobody could call an event off otherwise.
        """
        return is_as_seen(seen, self.seen)

    @property
    def _facts(self) -> str:
        return f"{self.sessions} {int(self.begins.timestamp())} {int(self.delay.total_seconds())}"


#: What follows from bringing an event back: called with the event, when it was called off, and now.
BroughtBack = Callable[[Event, datetime, datetime], None]
_brought_back: list[BroughtBack] = []


def on_brought_back(follow: BroughtBack) -> None:
    """Let an app above put right what passed meanwhile, in the same transaction; for ``AppConfig.ready``."""
    _brought_back.append(follow)


def look(event: Event, *, at: datetime) -> Touched:
    """Return whom it would touch. Seven queries."""
    current = Registration.objects.filter(event=event).current()
    registered = current.filter(status=Registration.Status.CONFIRMED).count()
    begins = _begins(event)
    return Touched(
        registered,
        current.count() - registered,
        len(_only_hosts(event)),
        Session.objects.published().filter(event=event).count(),
        _delay(begins, at),
        begins,
    )


def told_after(event: Event, at: datetime) -> timedelta:
    """Return how long nobody is told that it is called off: until then it can be brought back. One query."""
    return _delay(_begins(event), at)


def _begins(event: Event) -> datetime:
    first = Session.objects.published().filter(event=event).aggregate(first=Min("starts_at"))["first"]
    return first or datetime.combine(event.first_day, time(), tzinfo=event.zone)


def _delay(begins: datetime, at: datetime) -> timedelta:
    return timedelta(0) if begins - at < TOLD_AT_ONCE_WITHIN else UNDONE_WITHIN


@retried
def cancel_event(
    event: Event,
    *,
    by: By,
    at: datetime,
    reason: str = "",
    is_postponed: bool = False,
    seen: str | None = None,
) -> Event:
    """Call a published event off, and owe everybody an email about it. Twice is not an error.

    ``seen`` is what whoever presses has read (``Touched.seen``); ``None`` where nobody looked.
    Raises ``NotWhatWasSeen``, and ``EventNotCancelled`` for a draft, an archived event, and one that is over.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if locked.status == Event.Status.CANCELLED:
        return locked
    if not locked.is_published:
        raise EventNotCancelled("Only a published event can be cancelled.")
    if locked.is_over(at):
        raise EventNotCancelled("The event is over, so it cannot be cancelled. Archive it instead.")
    if seen is not None and not (touched := look(locked, at=at)).is_as(seen):
        raise NotWhatWasSeen(touched)
    locked.status, locked.is_postponed = Event.Status.CANCELLED, is_postponed
    locked.called_off_because = reason.strip()
    locked.save(update_fields=["status", "is_postponed", "called_off_because", "changed_at"])
    facts = {"at": at, "told_at": at + told_after(locked, at), "told_up_to": 0, "told_all_at": None}
    CallingOff.objects.update_or_create(event=locked, defaults=facts)
    trail.record(locked, Act.EVENT_POSTPONED if is_postponed else Act.EVENT_CANCELLED, by=by, at=at)
    raise_version(locked.pk)
    return locked


def standing(event: Event, *, at: datetime) -> CallingOff | None:
    """Return what called an event off that can still be brought back."""
    return CallingOff.objects.filter(event=event, told_up_to=0, told_all_at=None, told_at__gt=at).first()


@retried
def bring_back(event: Event, *, by: By, at: datetime) -> Event:
    """Undo that it was called off: nobody was told. Twice is not an error. Raises ``EventStaysCalledOff``."""
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if locked.is_published:
        return locked
    if locked.status != Event.Status.CANCELLED:
        raise EventStaysCalledOff
    CallingOff.objects.select_for_update().filter(event=locked).first()
    calling_off = standing(locked, at=at)
    if calling_off is None:
        raise EventStaysCalledOff
    # Who registered or booked just before it was called off was not told meanwhile.
    undoing.owe_again(since=calling_off.at, at=at)
    for follow in _brought_back:
        follow(locked, calling_off.at, at)
    calling_off.delete()
    locked.status, locked.is_postponed, locked.called_off_because = Event.Status.PUBLISHED, False, ""
    locked.save(update_fields=["status", "is_postponed", "called_off_because", "changed_at"])
    trail.record(locked, Act.EVENT_BROUGHT_BACK, by=by, at=at)
    raise_version(locked.pk)
    return locked


def called_off_at(event: Event) -> datetime | None:
    """Return when it was called off, for what is written now to note under its lock. One query."""
    return CallingOff.objects.filter(event=event).values_list("at", flat=True).first()


def was_called_off_since(event: Event, known: datetime | None) -> bool:
    """Whether it does not take place, and not for what was ``known``. One query, unless it is published.

    No clocks are compared: what is written notes under the event's lock what had called it off.
    """
    return not event.is_published and called_off_at(event) not in (None, known)


def is_being_told(event: Event) -> bool:
    """Whether it was called off and not everybody has their email yet."""
    return CallingOff.objects.filter(event=event, told_all_at=None).exists()


def forget(event: Event, *, at: datetime) -> None:
    """Let an event take place again that people were told does not; whoever saves it has its lock.

    One that is archived or hidden does not take place: what called it off is kept.
    """
    event.is_postponed, event.called_off_because = False, ""
    calling_off = CallingOff.objects.filter(event=event).first() if event.is_published else None
    if calling_off is not None:
        for follow in _brought_back:
            follow(event, calling_off.at, at)
        calling_off.delete()


def tell(*, at: datetime) -> int:
    """Put the emails about what was called off into the outbox; return how many. For the sweep."""
    due = CallingOff.objects.filter(told_all_at=None, told_at__lte=at).order_by("told_at")
    told = 0
    for pk in list(due.values_list("pk", flat=True)):
        while some := _tell_some(pk, at):
            told += some
    return told


@retried
def _tell_some(pk: int, at: datetime) -> int:
    """Tell the next of those who come or, once all are told, who only hosts; return how many."""
    one = CallingOff.objects.select_for_update().filter(pk=pk, told_all_at=None).first()
    if one is None:
        return 0
    current = Registration.objects.filter(event=pk, pk__gt=one.told_up_to).current().order_by("pk")
    rows = list(current.values_list("pk", "member_id")[:STEP])
    if rows:
        outbox.enqueue_many("event-cancelled", _registered(one, (member for _, member in rows)), at=at)
        one.told_up_to = rows[-1][0]
        one.save(update_fields=["told_up_to"])
        return len(rows)
    hosts = list(_hosts(one))
    outbox.enqueue_many("event-cancelled", hosts, at=at)
    one.told_all_at = at
    one.save(update_fields=["told_all_at"])
    return len(hosts)


def _registered(one: CallingOff, member_ids: Iterable[int]) -> Iterator[MessageRow]:
    for pk in member_ids:
        yield MessageRow(f"{one.cause}:{pk}", member_id=pk, payload={"event": one.event_id})


def _hosts(one: CallingOff) -> Iterator[MessageRow]:
    for host, member_id in _only_hosts(one.event):
        yield MessageRow(
            f"{one.cause}:host:{host.pk}",
            member_id=member_id,
            email="" if member_id else host.email,
            payload={"event": one.event_id, "contributor": host.pk},
        )


def _only_hosts(event: Event) -> list[tuple[Contributor, int | None]]:
    """Return who hosts, stands in or speaks and is not registered besides, each once, with their account.

    An account that cannot be reached counts as none: then it is the address of the host that is written to.
    """
    sessions = Session.objects.published().filter(event=event)
    current = Registration.objects.filter(event=event).current()
    comes = Exists(current.filter(member=OuterRef("member")))
    comes_by_address = Exists(current.filter(member__email__lower=Lower(OuterRef("email"))))
    stand_in = [one.pk for _, one in stand_ins.of(list(sessions.values_list("pk", flat=True)))]
    in_one = SessionContributor.objects.filter(session__in=sessions.order_by().values("pk"))
    counts_on_it = Q(pk__in=in_one.order_by().values("contributor")) | Q(pk__in=stand_in)
    # Each way by itself: with both in one Postgres looks at all registrations for each host.
    hosts = Contributor.objects.filter(~comes, ~comes_by_address, counts_on_it).order_by("pk")
    hosts = hosts.only("email", "member_id")
    reached = Member.objects.reachable().filter(pk=OuterRef("member"))
    found: dict[tuple[int | None, str], tuple[Contributor, int | None]] = {}
    for host in hosts.annotate(is_reached=Exists(reached)):
        member_id = host.member_id if host.is_reached else None
        if member_id or host.email:
            found.setdefault((member_id, "" if member_id else host.email.lower()), (host, member_id))
    return list(found.values())
