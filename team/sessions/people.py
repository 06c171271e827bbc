"""Who has, waits for or gave up a place in one session, and of each in line why they have not moved up.

The reasons are those of ``waiting_list``: what it would find if a place came free now. Seven queries,
however many have booked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from audit.acts import Act
from audit.models import Entry
from common.times import short_moment
from events.models import Session, SessionContributor
from members.models import Member
from workshops.models import Booking, PlaceOverride

Status = Booking.Status
#: The states of those who are in line, whatever their turn brought them.
IN_LINE = (Status.WAITING, Status.OFFERED, Status.PASSED)
#: What ended a turn → how the list says it.
_PASSED_BY = {
    Act.OFFER_DECLINED: "Declined the place that was held.",
    Act.OFFER_LAPSED: "Did not accept the place in time.",
    Act.PASSED_OVER: "Could not take the place.",
}


@dataclass(frozen=True)
class Person:
    """One row: whose booking, since when, their position where they wait, and what is to be said of it."""

    booking: Booking
    since: str
    note: str = ""
    position: int | None = None

    @property
    def member(self) -> Member:
        """Whose it is."""
        return self.booking.member


@dataclass(frozen=True)
class People:
    """All of one session: who booked by name, the line by ticket, who gave up with the latest first."""

    booked: list[Person]
    line: list[Person]
    over: list[Person]
    chosen: int
    overrides: list[PlaceOverride] = field(repr=False)

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return sum(1 for one in self.line if one.position)


def people(session: Session) -> People:
    """Return who has, waits for or gave up a place."""
    every = list(_by_name(Booking.objects.filter(session=session)))
    in_line = sorted((one for one in every if one.status in IN_LINE), key=lambda one: one.ticket or 0)
    busy, passed_by = _busy(session, in_line), _passed_by(in_line)
    overrides = list(
        PlaceOverride.objects.filter(booking__session=session).select_related("by", "booking__member")
    )
    moved_up = {one.booking_id for one in overrides}
    ended = sorted(every, key=lambda one: one.status_changed_at, reverse=True)
    return People(
        booked=[
            Person(one, _moment(one.status_changed_at, session))
            for one in every
            if one.status == Status.BOOKED
        ],
        line=_line(session, in_line, busy, passed_by, moved_up),
        over=[
            Person(one, _moment(one.status_changed_at, session), f"{one.get_ended_display()}.")
            for one in ended
            if one.status == Status.CANCELLED
        ],
        chosen=sum(1 for one in every if one.status == Status.CHOSEN),
        overrides=overrides,
    )


def booked(session: Session) -> "QuerySet[Booking]":
    """Return who has a place, by name: lists of letters and of people in the room are in this order."""
    return _by_name(Booking.objects.booked().filter(session=session))


def _by_name(bookings: "QuerySet[Booking]") -> "QuerySet[Booking]":
    """Return bookings with their members as people look for names: marks and capitals make no difference."""
    return bookings.select_related("member").order_by("member__name_folded", "member__name", "pk")


def _line(
    session: Session,
    in_line: Iterable[Booking],
    busy: Mapping[int, list[str]],
    passed_by: Mapping[int, str],
    moved_up: set[int],
) -> list[Person]:
    rows, waiting = [], 0
    for one in in_line:
        waiting += one.status == Status.WAITING
        position = waiting if one.status == Status.WAITING else None
        notes = [
            _turn(one, position, session, passed_by),
            *busy.get(one.member_id, ()),
            "Moved up by the team." if one.pk in moved_up else "",
        ]
        said = " ".join(note for note in notes if note)
        rows.append(Person(one, _moment(one.created_at, session), said, position))
    return rows


def _turn(one: Booking, position: int | None, session: Session, passed_by: Mapping[int, str]) -> str:
    if one.status == Status.OFFERED:
        return f"A place is held for them until {_moment(one.expires_at, session)}."
    if one.status == Status.PASSED:
        return passed_by.get(one.pk, "Passed.")
    return "The next place that comes free is theirs." if position == 1 else ""


def _busy(session: Session, in_line: Iterable[Booking]) -> dict[int, list[str]]:
    """Return what of theirs is at the time of the session, by member, in sentences."""
    members = {one.member_id: one.member for one in in_line}
    found: dict[int, list[str]] = defaultdict(list)
    if not (members and session.is_live):
        return found
    during = (session.starts_at, session.ends_at)
    bookings = Booking.objects.booked().filter(member__in=members, during__overlap=during)
    for one in bookings.exclude(session=session).select_related("session").order_by("during"):
        found[one.member_id].append(f"It overlaps “{one.session.title}”, which they have booked.")
    by_address = {member.email.casefold(): pk for pk, member in members.items()}
    for link in _hosting(session, members):
        email = link.contributor.email.casefold()
        for pk in {link.contributor.member_id, by_address.get(email)} & set(members):
            if pk is not None:
                found[pk].append(f"They host “{link.session.title}” at that time.")
    return found


def _hosting(session: Session, members: Mapping[int, Member]) -> "QuerySet[SessionContributor]":
    emails = [member.email.lower() for member in members.values()]
    sessions = Session.objects.published().filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    links = SessionContributor.objects.filter(session__in=sessions).select_related("session", "contributor")
    address = links.annotate(address=Lower("contributor__email"))
    return address.filter(Q(contributor__member__in=members) | Q(address__in=emails))


def _passed_by(in_line: Iterable[Booking]) -> dict[int, str]:
    """Return of each who was passed how their last turn ended, as the trail tells it. One query."""
    passed = [one.pk for one in in_line if one.status == Status.PASSED]
    entries = Entry.objects.filter(
        thing=Booking._meta.label_lower, thing_id__in=passed, act__in=list(_PASSED_BY)
    )
    last = entries.order_by("thing_id", "-id").distinct("thing_id")
    return {one.thing_id: _PASSED_BY[Act(one.act)] for one in last}


def _moment(at: datetime | None, session: Session) -> str:
    return short_moment(at, session.event.zone)
