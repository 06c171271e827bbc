"""What saving a change of a session would do, read before anybody presses: nothing here writes.

Whom it touches (booked, in line, hosting), who would then have two sessions at once, by name, which room or
host would be used twice, and who moves up where there are more places. ``fingerprint`` is the same as long
as saving would do the same: ``foreseen.save`` compares it under lock. A constant number of queries,
whatever is booked.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db.models import Count

from common.fingerprints import is_as_seen, with_number
from common.times import short_moment
from common.words import counted, in_a_row
from events.models import Contributor, Event, Session, SessionContributor
from events.places import Places
from workshops.models import Booking, Workshop
from workshops.notices import TOLD_OF_CHANGES
from workshops.places.deadlines import is_last_half_hour
from workshops.programme import clashing, double_use
from workshops.programme.changes import TOLD
from workshops.programme.clashing import Clash, Clashing, by_what_they_have
from workshops.programme.double_use import DoubleUse

Status = Booking.Status
#: The fields of a session that a change of time or room has, as pages call them.
FIELDS: Final = {"starts_at": "Starts", "ends_at": "Ends", "room": "Room"}


_CALLED_OFF: Final = (
    "The event is called off: nobody is emailed of this. If it is brought back, it is as it is saved now."
)


@dataclass(frozen=True)
class Change:
    """One value that would be another, in words; ``what`` is which."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Effects:
    """What saving ``session`` would do; it carries the new values and is not saved."""

    session: Session
    changes: list[Change]
    booked: int
    in_line: int
    #: Names of those who host or speak and are told, and of those who cannot be.
    hosts: list[str]
    out_of_reach: list[str]
    is_told: bool
    #: Whether its event is called off, so that they read of it only if it is brought back.
    is_told_later: bool = False
    #: Whether others than the team see the session.
    is_public: bool = True
    #: Names of those who would host or speak, and of those who would no more.
    joins: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    twice: list[DoubleUse] = field(default_factory=list)
    #: Sentences about who would host one session and have booked another.
    busy: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    #: Whether people would book a place from now on, or need none any more; how many choices that ends.
    is_booked_anew: bool = False
    chosen: int = 0
    #: Who comes to the head of the line as places are given, the first ticket first.
    served: list[Booking] = field(default_factory=list)

    @property
    def mailed(self) -> int:
        """How many people are emailed of the new time or room."""
        return self.booked + self.in_line + len(self.hosts) if self.is_told else 0

    @property
    def whom(self) -> str:
        """Say how many that are: "20 people"."""
        return counted(self.mailed, "%(count)s person", "%(count)s people")

    @cached_property
    def clashing(self) -> list[Clashing]:
        """Who would have two sessions at once, by what they have besides, most people first."""
        return by_what_they_have(self.clashes)

    @cached_property
    def deadline(self) -> str:
        """Until when all of them decide, in words; "" where that differs."""
        deadlines = {one.deadline for one in {one.until: one for one in self.clashes}.values()}
        return deadlines.pop() if len(deadlines) == 1 else ""

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be saved: somebody would have two sessions at once, and no time to decide."""
        return any(one.until is None for one in self.clashes)

    @property
    def touches_others(self) -> bool:
        """Whether anybody but who saves it notices, so that they are asked before it is saved."""
        is_later = self.is_told_later and (self.booked or self.in_line or self.hosts)
        is_noticed = self.mailed or is_later or self.clashes or self.twice or self.busy or self.served
        is_noticed = is_noticed or self.is_booked_anew
        return self.is_public and bool(self.changes) and bool(is_noticed or self.joins or self.leaves)

    @property
    def fingerprint(self) -> str:
        """What a page that shows this carries: whom it emails, and a digest of all else (``is_as``)."""
        told = (
            self.session.pk,
            self.changes,
            self.hosts if self.is_told else None,
            [(one.booking.pk, [other.pk for other in one.others]) for one in self.clashes],
            [one.sentence for one in self.twice],
            self.busy,
            [one.pk for one in self.served],
            self.chosen,
        )
        return with_number(self.mailed, hashlib.sha256(repr(told).encode()).hexdigest())

    def is_as(self, seen: str) -> bool:
        """Whether it does what was seen, to as many people but for one in a hundred: booking goes on."""
        return is_as_seen(seen, self.fingerprint)


def of(
    wanted: Session, places: Places | None, people: Sequence[Contributor] | None = None, *, at: datetime
) -> Effects:
    """Return what saving ``wanted`` with so many ``places`` (``with_capacity``) would do.

    ``people`` are who would host or speak in it; ``None`` for those who do. At most thirteen queries, and one
    where the line moves up.
    """
    old = double_use.with_people(Session.objects.select_related("event", "workshop")).get(pk=wanted.pk)
    row: Workshop | None = getattr(old, "workshop", None)
    told = [name for name in TOLD if getattr(old, name) != getattr(wanted, name)]
    booked, in_line, chosen = _counted(old)
    chosen = 0 if places is not None else chosen
    is_booked_anew = (row is None) != (places is None)
    hosts, out_of_reach = hosts_of(old.session_contributors.all())
    is_called_off = old.event.status == Event.Status.CANCELLED
    is_moved = (old.starts_at, old.ends_at) != (wanted.starts_at, wanted.ends_at)
    now = [link.contributor for link in old.session_contributors.all()]
    then = now if people is None else people
    joins, leaves = (
        [one for one in these if one not in those] for these, those in ((then, now), (now, then))
    )
    return Effects(
        session=wanted,
        changes=[*_changes(old, wanted), *_changed_places(row, places), *_changed_people(now, then)],
        booked=booked,
        in_line=in_line,
        hosts=hosts,
        out_of_reach=out_of_reach,
        is_told=bool(told) and old.is_published and old.event.is_published,
        is_told_later=bool(told) and old.is_published and is_called_off,
        is_public=old.is_published and old.event.status in (Event.Status.PUBLISHED, Event.Status.CANCELLED),
        joins=[one.name for one in joins],
        leaves=[one.name for one in leaves],
        clashes=clashing.clashes_of(wanted, at=at) if is_moved else [],
        twice=_new_double_use(old, wanted, then) if told or joins else [],
        busy=_busy(wanted, then, joins, is_moved=is_moved),
        cautions=[
            *(_cautions(wanted, at) if is_moved else []),
            *([_CALLED_OFF] if told and is_called_off else []),
            *(_of_booking(places, chosen) if is_booked_anew else []),
        ],
        is_booked_anew=is_booked_anew,
        chosen=chosen,
        served=_served(old, row, places, at),
    )


def _counted(session: Session) -> tuple[int, int, int]:
    """Return how many have a place, how many wait for one or hold an offer, and how many have chosen it."""
    live = Booking.objects.filter(session=session, status__in=(*TOLD_OF_CHANGES, Status.CHOSEN))
    numbers = dict(live.order_by().values_list("status").annotate(number=Count("pk")))
    chosen = numbers.pop(Status.CHOSEN, 0)
    booked = sum(number for status, number in numbers.items() if status in Booking.PLACED)
    return booked, sum(numbers.values()) - booked, chosen


def with_capacity(session: Session, capacity: int | None, *, is_booked: bool | None = None) -> Places | None:
    """Return the places of a session as they would be with another capacity, not saved; ``None`` for none.

    ``is_booked`` says whether people book a place in it then; ``None`` where that stays as it is.
    """
    row: Workshop | None = getattr(session, "workshop", None)
    if row is None:
        return Workshop(session=session, capacity=capacity) if is_booked else None
    if is_booked is False:
        return None
    wanted = copy(row)
    wanted.capacity = capacity
    if wanted.places_open is not None:
        wanted.places_open = None if capacity is None else min(wanted.places_open, capacity)
    return wanted


def hosts_of(links: Iterable[SessionContributor]) -> tuple[list[str], list[str]]:
    """Return the names of those who host or speak and are told, and of those who cannot be."""
    people = [link.contributor for link in links]
    reached = [one.name for one in people if one.member_id or one.email]
    return reached, [one.name for one in people if not (one.member_id or one.email)]


def _changes(old: Session, wanted: Session) -> Iterator[Change]:
    zone = old.event.zone
    for name, what in FIELDS.items():
        before, after = getattr(old, name), getattr(wanted, name)
        if before != after:
            shown = [
                short_moment(value, zone) if isinstance(value, datetime) else value or "none"
                for value in (before, after)
            ]
            yield Change(what, *shown)


def _changed_places(row: Places | None, wanted: Places | None) -> Iterator[Change]:
    before, after = _places_in_words(row), _places_in_words(wanted)
    if before != after:
        yield Change("Places", before, after)


def _places_in_words(places: Places | None) -> str:
    if places is None:
        return "open to all who are registered"
    return "no limit" if places.capacity is None else f"{places.capacity:,}"


def _changed_people(now: Sequence[Contributor], then: Sequence[Contributor]) -> Iterator[Change]:
    if set(now) != set(then):
        before, after = (in_a_row([one.name for one in these] or ["nobody"]) for these in (now, then))
        yield Change("Hosts and speakers", before, after)


def _busy(
    wanted: Session, then: Sequence[Contributor], joins: Sequence[Contributor], *, is_moved: bool
) -> list[str]:
    if is_moved:
        return clashing.busy_hosts(wanted, then) + clashing.hosting_elsewhere(wanted)
    return clashing.busy_hosts(wanted, joins)


def _new_double_use(old: Session, wanted: Session, people: Sequence[Contributor]) -> list[DoubleUse]:
    """Return which room or person would be in two sessions at once, and is not so already."""
    new = copy(old)  # it comes with its people
    for name in TOLD:
        setattr(new, name, getattr(wanted, name))
    before = {(one.what, one.other.pk) for one in double_use.of(old)}
    return [one for one in double_use.of(new, people) if (one.what, one.other.pk) not in before]


def _cautions(wanted: Session, at: datetime) -> Iterator[str]:
    event = wanted.event
    if wanted.starts_at is None or wanted.ends_at is None:
        return
    if wanted.starts_at <= at:
        yield "It would have begun already, so nobody could book it any more."
    days = [moment.astimezone(event.zone).date() for moment in (wanted.starts_at, wanted.ends_at)]
    if days[0] < event.first_day or days[1] > event.last_day:
        yield "It would be outside the days of the event."


def _of_booking(places: Places | None, chosen: int) -> Iterator[str]:
    if places is not None:
        yield "Everybody who is registered may come now. Then only those who book a place in it may."
    if chosen:
        yield counted(
            chosen,
            "%(count)s person has chosen it, before booking opens: that ends, and nobody is emailed of it.",
            "%(count)s people have chosen it, before booking opens: that ends, and nobody is emailed of it.",
        )


def _served(old: Session, row: Workshop | None, places: Places | None, at: datetime) -> list[Booking]:
    """Return whose turn comes with more places, in the order of the line. One query, if there is a line."""
    if row is None or places is None or row.capacity == places.capacity:
        return []
    if not (row.is_open and old.event.is_published) or old.has_started(at):
        return []
    if is_last_half_hour(row.during.lower, at):  # nothing is given by itself any more
        return []
    left, given = copy(places), 0
    while left.can_serve():
        left.serve_one()
        given += 1
    waiting = Booking.objects.waiting().filter(session=old).select_related("member", "registration")
    return list(waiting[:given])
