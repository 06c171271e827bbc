"""One session as the team sees it: its places, people, hosts, gaps, clashes, emails, and what was done.

Read anew for each page, in a constant number of queries whatever is booked.
"""

from dataclasses import dataclass
from datetime import datetime

from audit import history
from audit.history import HistoryLine
from common.times import format_clock, format_span
from events.models import Session
from events.places import Places
from hosting.models import Withdrawal
from team.sessions import gaps, hosts, mails, rewordings
from team.sessions.gaps import Gap
from team.sessions.hosts import HostRow
from team.sessions.mails import Mailing
from team.sessions.people import People, people
from team.sessions.rewordings import Reworded
from team.sessions.unmet import unmet
from workshops.models import PlaceOverride
from workshops.programme import cancelling, double_use
from workshops.programme.double_use import DoubleUse

#: How many of the latest acts a page shows; the admin's history has all of them.
LATEST = 20


@dataclass(frozen=True)
class SessionState:
    """All that the page of a session shows."""

    session: Session
    places: Places | None
    hosts: list[HostRow]
    withdrawn: list[Withdrawal]
    people: People
    gaps: list[Gap]
    clashes: list[DoubleUse]
    mailings: list[Mailing]
    history: list[HistoryLine]
    #: Of a cancelled session that can be brought back: until when, in the event's time; else "".
    undone_until: str = ""
    is_over: bool = False
    has_begun: bool = False
    reworded: Reworded | None = None

    @property
    def when(self) -> str:
        """When it takes place, in the event's time."""
        return when(self.session)


def when(session: Session) -> str:
    """Say when a session takes place, in the event's time."""
    if session.starts_at is None or session.ends_at is None:
        return "On demand"
    return format_span(session.starts_at, session.ends_at, session.event.time_zone)


def state_of(session: Session, *, at: datetime, with_reasons: bool, sees_needs: bool = False) -> SessionState:
    """Return the state of a session that ``team.sessions.loading`` has loaded.

    ``with_reasons``: whether whoever reads may know why somebody was moved up, which may be private;
    ``sees_needs``: whether they may see access needs.
    """
    found, links = people(session, at=at), list(session.session_contributors.all())
    agreed = hosts.agreed(session.event)
    return SessionState(
        session=session,
        places=getattr(session, "workshop", None),
        hosts=hosts.rows(session.event, links, agreed),
        withdrawn=hosts.withdrawn(session),
        people=found,
        gaps=gaps.gaps(session, links, agreed, is_unmet=sees_needs and bool(unmet([session])), at=at),
        clashes=double_use.of(session),
        mailings=mails.mailings(session),
        history=_history(session, found.overrides, with_reasons=with_reasons),
        undone_until=_undone_until(session, at),
        is_over=session.has_ended(at),
        has_begun=session.has_started(at),
        reworded=rewordings.of(session),
    )


def _undone_until(session: Session, at: datetime) -> str:
    if session.status != Session.Status.CANCELLED:
        return ""
    cancellation = cancelling.standing(session, at=at)
    return format_clock(cancellation.told_at, session.event.time_zone) if cancellation else ""


def _history(session: Session, overrides: list[PlaceOverride], *, with_reasons: bool) -> list[HistoryLine]:
    """Return what was done to the session and its line, the newest first. Two queries."""
    acts = history.lines(history.entries_of(session)[:LATEST])
    moved = [
        HistoryLine(
            one.at,
            str(one.by),
            f"Moved {one.booking.member} to the head of the line"
            + (f": {one.reason}" if with_reasons else ""),
        )
        for one in overrides[:LATEST]
    ]
    return sorted([*acts, *moved], key=lambda line: line.at, reverse=True)[:LATEST]
