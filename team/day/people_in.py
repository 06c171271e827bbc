"""Who is in: the hosts of sessions with whoever stands in for them, and whether anybody has seen them come.

A host is in who has pressed *Join*, or whom staff have ticked; a captioner or interpreter whom staff have
ticked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from common.times import format_clock
from events.models import Contributor, Session, SessionContributor
from hosting.models import Deputy
from live.models import Attendance, Presence

Who = Presence.Who


@dataclass(frozen=True)
class HostOf:
    """Somebody who hosts a session, or stands in for its host; ``address`` only for who may see it."""

    name: str
    pk: int
    member_id: int | None
    address: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True)
class Hosting:
    """How it stands with the hosts of one session, and with who captions or interprets."""

    hosts: tuple[HostOf, ...] = ()
    deputies: tuple[HostOf, ...] = ()
    #: When a host was ticked, pressed *Join* or opened it; ``None``: nobody is in as far as is known.
    host_in: datetime | None = None
    is_ticked: bool = False
    support_in: datetime | None = None

    def since(self, zone: str) -> str:
        """When a host came in, by the event's clock."""
        return format_clock(self.host_in, zone) if self.host_in else ""


def of(sessions: Iterable[Session], *, sees_addresses: bool) -> dict[int, Hosting]:
    """Return it for each of these sessions, that come with their people. Three queries."""
    every = list(sessions)
    ids = [one.pk for one in every]
    ticks = {(one.session_id, one.who): one.at for one in Presence.objects.filter(session__in=ids)}
    joined = _joined(ids)
    deputies = _deputies(ids, sees_addresses=sees_addresses)
    return {
        one.pk: Hosting(
            tuple(_host(link.contributor, sees_addresses) for link in _hosts(one)),
            tuple(deputies[one.pk]),
            _first(ticks.get((one.pk, Who.HOST)), joined.get(one.pk)),
            (one.pk, Who.HOST) in ticks,
            ticks.get((one.pk, Who.SUPPORT)),
        )
        for one in every
    }


def _hosts(session: Session) -> list[SessionContributor]:
    links = session.session_contributors.all()
    return [one for one in links if one.part == SessionContributor.Part.HOST]


def _host(contributor: Contributor, sees_addresses: bool, of_whom: str = "", name: str = "") -> HostOf:  # noqa: FBT001
    address = contributor.email or (contributor.member.email if contributor.member else "")
    return HostOf(
        name or contributor.name,
        contributor.pk,
        contributor.member_id,
        address if sees_addresses else "",
        of_whom,
    )


def _first(*moments: datetime | None) -> datetime | None:
    return min((one for one in moments if one is not None), default=None)


def _joined(ids: Collection[int]) -> dict[int, datetime]:
    """Return when the first of its hosts pressed *Join*, by session."""
    found = Attendance.objects.filter(
        session__in=ids,
        joined_at__isnull=False,
        registration__member__contributions__session_contributors__session=F("session"),
        registration__member__contributions__session_contributors__part=SessionContributor.Part.HOST,
    )
    rows = found.order_by("-joined_at").values_list("session", "joined_at")
    return {session: at for session, at in rows if at is not None}


def _deputies(ids: Collection[int], *, sees_addresses: bool) -> dict[int, list[HostOf]]:
    found: dict[int, list[HostOf]] = defaultdict(list)
    rows = Deputy.objects.filter(of__session__in=ids).select_related("contributor__member", "of__contributor")
    for one in rows.order_by("pk"):
        deputy = _host(one.contributor, sees_addresses, one.of.contributor.name, one.name)
        found[one.of.session_id].append(deputy)
    return found
