"""The day board: what is on, what starts soon and what has just ended, and what is missing there.

Read anew each time; a fixed number of queries however many sessions there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Prefetch, Q

from common.times import format_clock, format_day, format_hours
from common.words import counted
from events.models import Event, Session, SessionContributor
from events.models.access_needs import MET_BY
from events.phases import today_of
from events.places import Places
from live import notices
from live.models import Attendance
from live.notices import Shown
from team.day import people_in
from team.day.people_in import Hosting
from team.sessions import hosts
from team.sessions.gaps import NO_HOST, NO_SUPPORT, NOT_AGREED, Gap, gaps
from team.sessions.unmet import unmet
from workshops.programme import double_use

#: What starts within it stands on top, and what ended within it is still there.
NEAR: Final = timedelta(minutes=30)
#: From so long before its start on, a session without a host is an alarm.
ALARM: Final = timedelta(minutes=15)
_READ: Final = (
    *("event", "title", "slug", "status", "starts_at", "ends_at", "room", "recording_url", "format"),
    *("join_url", "meeting_number", "passcode", "dial_in", "supported_by", *MET_BY.values()),
    *(f"workshop__{name}" for name in ("capacity", "taken", "held", "line")),
)
#: What the team notes in place of who captions, where nobody has to come.
AUTOMATIC: Final = "automatic"
#: What the board says of hosts and captioners is truer than these.
_SAID_BY_THE_BOARD: Final = frozenset(one.words for one in (NO_SUPPORT, NOT_AGREED, NO_HOST))


@dataclass(frozen=True)
class Card:
    """One session on the board."""

    session: Session
    hours: str
    when: str
    hosting: Hosting
    places: Places | None
    joined: int
    alarms: tuple[str, ...]
    gaps: tuple[Gap, ...]
    clashes: tuple[str, ...]
    notices: tuple[Shown, ...]
    #: Whether it is on, or comes: people can still be told of it.
    is_to_come: bool = True

    @property
    def is_joinable(self) -> bool:
        """Whether a link, a number or a telephone is known."""
        return bool(self.session.join_url or self.session.meeting_number or self.session.dial_in)

    @property
    def booked(self) -> int | None:
        """How many have a place; ``None`` where nobody books."""
        return self.places.taken - self.places.held if self.places else None

    @property
    def who_comes(self) -> str:
        """How many have joined, of how many: "12 of 16 joined"."""
        if self.booked is None:
            return f"{self.joined:,} joined, open to all"
        return f"{self.joined:,} of {self.booked:,} joined"

    @property
    def support(self) -> str:
        """Whom the session promises besides its hosts: "captioner"."""
        return support_of(self.session)

    @property
    def is_in(self) -> str:
        """What is pressed when they have come."""
        return f"{self.support[0].upper()}{self.support[1:]} is in"

    @property
    def is_not_in(self) -> str:
        """What is pressed when that was not so."""
        return f"{self.support[0].upper()}{self.support[1:]} is not in"

    @property
    def host_since(self) -> str:
        """When a host came in."""
        return self.hosting.since(self.session.event.time_zone)


@dataclass(frozen=True)
class Board:
    """All that the day board shows."""

    event: Event
    clock: str
    running: list[Card]
    soon: list[Card]
    ended: list[Card]
    later: list[Card]
    #: Which day those are of that come later.
    later_day: str
    notices: tuple[Shown, ...]
    takes_notices: bool

    @property
    def in_short(self) -> str:
        """How much is on, and how much of it cannot wait."""
        alarms = sum(bool(one.alarms) for one in (*self.running, *self.soon))
        parts = [f"{len(self.running)} on now", f"{len(self.soon)} within 30 minutes"]
        return " · ".join([*parts, counted(alarms, "%(count)s needs you", "%(count)s need you")])


def board_of(event: Event, *, sees_needs: bool, sees_addresses: bool, at: datetime) -> Board:
    """Return the board of an event at this moment. Nine queries, eleven for who sees needs."""
    sessions = list(_sessions(event, at))
    for one in sessions:
        one.event = event
    shown = [one for one in sessions if _starts(one) <= at + NEAR]
    ahead = [one for one in sessions if _starts(one) > at + NEAR]
    day = today_of(event, _starts(ahead[0])) if ahead else None
    cards = _cards(event, [*shown, *ahead], sees_needs=sees_needs, sees_addresses=sees_addresses, at=at)
    return Board(
        event,
        format_clock(at, event.time_zone),
        running=[cards[one.pk] for one in shown if one.has_started(at) and not one.has_ended(at)],
        soon=[cards[one.pk] for one in shown if not one.has_started(at)],
        ended=[cards[one.pk] for one in shown if one.has_ended(at)],
        later=[cards[one.pk] for one in ahead if today_of(event, _starts(one)) == day],
        later_day=format_day(day, today=today_of(event, at)) if day and day != today_of(event, at) else "",
        notices=tuple(one for one in notices.current(event, at=at) if one.session_id is None),
        takes_notices=notices.is_time(event, at=at),
    )


def support_of(session: Session) -> str:
    """Name who has to come besides its hosts; "" where that is nobody: captions can make themselves."""
    is_automatic = AUTOMATIC in session.supported_by.casefold()
    promised = [
        ("captioner", session.has_captions and not is_automatic),
        ("interpreter", session.has_sign_language),
    ]
    return " and ".join(word for word, is_so in promised if is_so)


def _sessions(event: Event, at: datetime) -> "Iterable[Session]":
    people = SessionContributor.objects.select_related("contributor__member").defer(
        "contributor__biography", "contributor__name_folded", "contributor__name_keys"
    )
    rows = event.sessions.published().live().filter(ends_at__gt=at - NEAR).in_order()
    return (
        rows.select_related("workshop")
        .prefetch_related(Prefetch("session_contributors", people))
        .only(*_READ)
    )


def _cards(
    event: Event, sessions: list[Session], *, sees_needs: bool, sees_addresses: bool, at: datetime
) -> dict[int, Card]:
    """Return the card of each, by id."""
    agreed = hosts.agreed(event)
    hosting = people_in.of(sessions, sees_addresses=sees_addresses)
    joined = _joined(event)
    lacking = unmet(sessions) if sees_needs else set()
    clashes = _clashes(sessions)
    said: dict[int, list[Shown]] = defaultdict(list)
    for notice in notices.current(event, at=at):
        said[notice.session_id or 0].append(notice)
    return {
        one.pk: Card(
            one,
            format_hours(_starts(one), _ends(one), event.time_zone),
            _when(one, at),
            hosting[one.pk],
            getattr(one, "workshop", None),
            joined.get(one.pk, 0),
            _alarms(one, hosting[one.pk], at),
            tuple(
                gap
                for gap in gaps(
                    one, one.session_contributors.all(), agreed, is_unmet=one.pk in lacking, at=at
                )
                if gap.is_pressing and gap.words not in _SAID_BY_THE_BOARD
            ),
            tuple(clashes[one.pk]),
            tuple(said[one.pk]),
            is_to_come=not one.has_ended(at),
        )
        for one in sessions
    }


def _joined(event: Event) -> Mapping[int, int]:
    there = Q(joined_at__isnull=False) | Q(said_at__isnull=False)
    rows = Attendance.objects.came().filter(there, session__event=event)
    return dict(rows.values_list("session").annotate(number=Count("pk")).order_by())


def _clashes(sessions: list[Session]) -> dict[int, list[str]]:
    """Return what each shares with another, in sentences, by id."""
    found: dict[int, list[str]] = defaultdict(list)
    for pair in double_use.among(sessions):
        found[pair.session.pk].append(pair.sentence)
    return found


def _alarms(session: Session, hosting: Hosting, at: datetime) -> tuple[str, ...]:
    """Say what cannot wait: who is missing of a session that is on, or starts within a quarter of an hour."""
    if session.has_ended(at) or _starts(session) > at + ALARM:
        return ()
    missing = [] if hosting.host_in else ["No host yet"]
    if (support := support_of(session)) and not hosting.support_in:
        missing.append(f"No {support} yet")
    when = _when(session, at)
    return tuple(f"{one}, {when[0].lower()}{when[1:]}" for one in missing)


def _when(session: Session, at: datetime) -> str:
    """Say how far it is: "Starts in 5 minutes", "On for 12 minutes", "Ended 3 minutes ago"."""
    if session.has_ended(at):
        return f"Ended {_minutes(at - _ends(session))} ago"
    if session.has_started(at):
        return f"On for {_minutes(at - _starts(session))}"
    return f"Starts in {_minutes(_starts(session) - at)}"


def _minutes(span: timedelta) -> str:
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    if minutes < 120:  # two hours
        return counted(minutes, "%(count)s minute", "%(count)s minutes")
    return counted(minutes // 60, "%(count)s hour", "%(count)s hours")


def _starts(session: Session) -> datetime:
    assert session.starts_at is not None, "a live session"  # noqa: S101  # narrows the type
    return session.starts_at


def _ends(session: Session) -> datetime:
    assert session.ends_at is not None, "a live session"  # noqa: S101  # narrows the type
    return session.ends_at
