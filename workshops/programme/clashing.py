"""Who would be in two sessions at once if a session moved: booked in both, or booked in one and hosting one.

What is said is what ``places.contested`` would do: what somebody has booked besides stays, and the place in
the session that moves is to be decided until a moment. Where the other place is to be decided already, this
one stays theirs and the deadline of that one holds.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from common.times import format_moment
from common.words import titles
from events.models import Contributor, Session, SessionContributor
from members.models import Member
from workshops.models import Booking
from workshops.places.deadlines import decision_deadline

Status = Booking.Status
#: What is read of what somebody has besides.
_OF_OTHERS: Final = ("member", "status", "during", "expires_at", "session__title")


@dataclass(frozen=True)
class Clash:
    """Somebody who has booked the session, and what else they have booked at its new time.

    ``until`` is when they must have decided which they keep; ``None`` where it would have begun: too late.
    ``keeps`` is what stays theirs if they do not decide.
    """

    booking: Booking
    others: list[Session]
    until: datetime | None
    keeps: list[Session]

    @property
    def deadline(self) -> str:
        """Until when they decide, in words."""
        return format_moment(self.until, self.booking.session.event.time_zone) if self.until else ""


@dataclass(frozen=True)
class Clashing:
    """People who have the same other sessions at its new time: which, who, and until when they decide."""

    others: str
    people: list[Member]
    deadline: str
    keeps: str


def by_what_they_have(clashes: Iterable[Clash]) -> list[Clashing]:
    """Return who clashes by what they have besides, most people first; the same facts are worded once."""
    words: dict[Hashable, tuple[str, str, str]] = {}
    found: dict[tuple[str, str, str], list[Member]] = {}
    for one in clashes:
        facts = (tuple(one.others), one.until, tuple(one.keeps))
        if facts not in words:
            words[facts] = (titles(one.others), one.deadline, titles(one.keeps))
        found.setdefault(words[facts], []).append(one.booking.member)
    groups = [Clashing(others, people, until, keeps) for (others, until, keeps), people in found.items()]
    return sorted(groups, key=lambda group: -len(group.people))


def clashes_of(wanted: Session, *, at: datetime) -> list[Clash]:
    """Return who has booked it and something else at its new time, by name. Two queries."""
    if wanted.starts_at is None or wanted.ends_at is None:
        return []
    theirs = Booking.objects.with_place().filter(session=wanted)
    during = (wanted.starts_at, wanted.ends_at)
    there = Booking.objects.with_place().filter(member__in=theirs.values("member"), during__overlap=during)
    others: dict[int, list[Booking]] = {}
    rows = there.exclude(session=wanted).select_related("session").only(*_OF_OTHERS)
    for one in rows.order_by("during", "pk"):
        others.setdefault(one.member_id, []).append(one)
    if not others:
        return []
    people = theirs.filter(member__in=others).select_related("member").only("session", "member__name")
    found = list(people.order_by("member__name_folded", "pk"))
    for one in found:
        one.session = wanted
    return [_clash(one, wanted, others[one.member_id], at) for one in found]


def _clash(booking: Booking, wanted: Session, others: list[Booking], at: datetime) -> Clash:
    """Return what ``places.contested`` makes of it: what is booked besides stays, and what was to decide."""
    assert wanted.starts_at is not None  # noqa: S101  # asked before; narrows the type
    booked = [one for one in others if one.status == Status.BOOKED]
    sessions = [one.session for one in others]
    starts = [wanted.starts_at, *(one.during.lower for one in booked or others)]
    first = decision_deadline(at, starts, wanted.event.zone) if max(starts) > at else None
    if not booked:
        deadlines = [one.expires_at for one in others if one.expires_at]
        return Clash(booking, sessions, min([*deadlines, *([first] if first else [])]), [wanted])
    if wanted.starts_at > at:
        return Clash(booking, sessions, first, [one.session for one in booked])
    begun = any(one.during.lower <= at for one in booked)  # they are in this one: what it runs into waits
    return Clash(booking, sessions, None if begun else first, [wanted])


def busy_hosts(wanted: Session, people: Iterable[Contributor]) -> list[str]:
    """Return a sentence for each of these hosts who has booked something else at its time. One query."""
    hosts = {one.member_id: one.name for one in people if one.member_id}
    if not (wanted.is_live and hosts):
        return []
    placed = Booking.objects.with_place().select_related("member", "session")
    there = placed.filter(member__in=hosts, during__overlap=(wanted.starts_at, wanted.ends_at))
    return [
        f"{hosts[one.member_id]}, who hosts or speaks here, has booked “{one.session.title}”."
        for one in there.exclude(session=wanted).order_by("member__name_folded", "pk")
    ]


def hosting_elsewhere(wanted: Session) -> list[str]:
    """Return a sentence for each booked person who hosts or speaks elsewhere at its time. One query."""
    if not wanted.is_live:
        return []
    hosting = SessionContributor.objects.filter(
        contributor__member__in=Booking.objects.with_place().filter(session=wanted).values("member"),
        session__status=Session.Status.PUBLISHED,
        session__starts_at__lt=wanted.ends_at,
        session__ends_at__gt=wanted.starts_at,
    )
    elsewhere = hosting.exclude(session=wanted).select_related("contributor__member", "session")
    return [
        f"{link.contributor.member}, who has booked it, hosts or speaks in “{link.session.title}”."
        for link in elsewhere.order_by("pk")
    ]
