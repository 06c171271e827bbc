"""The sheet of a day, for when the site is down: each session with all that the team needs to help people in.

How to join stands on it, so it is for the team alone; names of those who have booked only where they are
asked for. It holds no access needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from common.times import format_hours
from events.models import Event, Session, SessionContributor
from events.phases import days_of, today_of
from team.day import people_in
from team.day.people_in import Hosting, HostOf
from team.sessions.lists import Row
from workshops.models import Booking

HEADINGS = (
    *("When", "Session", "Room", "Link", "Meeting number", "Passcode", "Telephone dial-in"),
    *("Hosts", "Stands in", "Captions and interpreting", "Booked", "Names"),
)


@dataclass(frozen=True)
class SheetSession:
    """One session of the sheet."""

    session: Session
    hours: str
    hosting: Hosting
    booked: str
    names: tuple[str, ...]

    @property
    def row(self) -> Row:
        """It as a row of a file, as ``HEADINGS``."""
        one = self.session
        return (
            *(self.hours, one.title, one.room, one.join_url, one.meeting_number, one.passcode, one.dial_in),
            "; ".join(map(_reached, self.hosting.hosts)),
            "; ".join(f"{_reached(deputy)}, for {deputy.stands_in_for}" for deputy in self.hosting.deputies),
            one.supported_by,
            self.booked,
            "; ".join(self.names),
        )


@dataclass(frozen=True)
class Sheet:
    """The sheet of one day of an event; ``days`` are those that there are."""

    event: Event
    day: date
    days: tuple[date, ...]
    sessions: list[SheetSession]
    has_names: bool

    @property
    def rows(self) -> Iterator[Row]:
        """Its rows, for a file."""
        return (one.row for one in self.sessions)


def sheet_of(
    event: Event, day: date | None, *, with_names: bool, sees_addresses: bool, at: datetime
) -> Sheet:
    """Return the sheet of a day: today's, or that of the next day of the event, unless told. Five queries."""
    days = tuple(one.date for one in days_of(event))
    wanted = day if day in days else _nearest(days, today_of(event, at))
    sessions = [one for one in _sessions(event) if one.starts_at and today_of(event, one.starts_at) == wanted]
    hosting = people_in.of(sessions, sees_addresses=sees_addresses)
    names = _names(sessions) if with_names else {}
    rows = [
        SheetSession(one, _hours(one, event), hosting[one.pk], _booked(one), tuple(names.get(one.pk, ())))
        for one in sessions
    ]
    return Sheet(event, wanted, days, rows, with_names)


def _nearest(days: tuple[date, ...], today: date) -> date:
    return next((one for one in days if one >= today), days[-1])


def _sessions(event: Event) -> "list[Session]":
    people = SessionContributor.objects.select_related("contributor__member")
    rows = event.sessions.published().live().in_order().select_related("workshop")
    return list(rows.prefetch_related(Prefetch("session_contributors", people)))


def _names(sessions: list[Session]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Booking.objects.with_place().filter(session__in=[one.pk for one in sessions])
    for session, name in rows.order_by("member__name_folded", "pk").values_list("session", "member__name"):
        found.setdefault(session, []).append(name)
    return found


def _booked(session: Session) -> str:
    places = getattr(session, "workshop", None)
    return "open to all" if places is None else f"{places.taken - places.held:,}"


def _hours(session: Session, event: Event) -> str:
    assert session.starts_at is not None, "a live session"  # noqa: S101  # narrows the type
    assert session.ends_at is not None, "a live session"  # noqa: S101  # narrows the type
    return format_hours(session.starts_at, session.ends_at, event.time_zone)


def _reached(host: HostOf) -> str:
    return f"{host.name} ({host.address})" if host.address else host.name
