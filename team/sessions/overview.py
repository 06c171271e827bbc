"""An event as the team sees it: its sessions with their fill and gaps, and the registrations in numbers.

Eight queries, however many sessions there are and people come.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from common import languages
from common.recent import Recent
from common.times import short_moment
from common.words import counted
from events.models import Event, Registration, Session
from events.models.access_needs import MET_BY
from events.phases import phase_of
from events.places import Places
from hosting import inviting
from team.sessions import called_off, hosts
from team.sessions.called_off import CalledOff
from team.sessions.gaps import TWICE, Gap, gaps
from team.sessions.unmet import unmet
from workshops.models import Booking
from workshops.programme import double_use
from workshops.programme.double_use import DoubleUse

Status = Registration.Status
#: What a row is made of: all else of a session is long, or not of the list.
_READ = (
    *("event", "title", "slug", "status", "starts_at", "ends_at", "room", "recording_url"),
    *("join_url", "meeting_number", "dial_in", "supported_by", *MET_BY.values()),
    *(f"workshop__{name}" for name in ("capacity", "taken", "held", "line")),
)
_BREAKS = re.compile(r"\s*\n\s*")
#: Rows as they were written last: between two looks few of them change.
_written: Recent[SafeString] = Recent(2048)


@dataclass(frozen=True)
class SessionRow:
    """One session of the list; ``todo`` is what it lacks and shares."""

    session: Session
    when: str
    hosts: str
    places: Places | None
    todo: tuple[Gap, ...]
    page: str

    @property
    def written(self) -> SafeString:
        """The row as the page shows it, written once for all that it shows."""
        shown = {
            "title": self.session.title,
            "page": self.page,
            "status": "" if self.session.is_published else self.session.get_status_display(),
            "when": self.when,
            "fill": self.fill,
            "line": self.places.line if self.places else 0,
            "hosts": self.hosts,
            "todo": self.todo,
        }
        return _written.get((languages.current(), *shown.values()), lambda: _row_of(shown))

    @property
    def key(self) -> str:
        """The number by which it is ticked."""
        return str(self.session.pk)

    @property
    def fill(self) -> str:
        """How many places are taken, of how many: "12 of 16"."""
        if self.places is None:
            return "open to all" if self.session.is_live else "no places to book"
        if self.places.capacity is None:
            return f"{self.places.taken:,}, no limit"
        return f"{self.places.taken:,} of {self.places.capacity:,}"


@dataclass(frozen=True)
class Registrations:
    """How many come, wait, or have cancelled, and how many come who have booked nothing."""

    confirmed: int
    received: int
    waiting: int
    cancelled: int
    without_booking: int


@dataclass(frozen=True)
class EventState:
    """All that the page of an event shows; ``to_invite`` hosts can be invited and are not."""

    event: Event
    registrations: Registrations
    rows: list[SessionRow]
    clashes: list[DoubleUse]
    to_invite: int
    calling_off: CalledOff | None
    #: Whether it is the day before, or one of its days.
    is_near: bool = False

    @property
    def drafts(self) -> int:
        """How many sessions only the team sees."""
        return sum(row.session.status == Session.Status.DRAFT for row in self.rows)

    @property
    def in_short(self) -> str:
        """How much there is, and how much of it is to be looked at."""
        live = [row for row in self.rows if row.session.status != Session.Status.CANCELLED]
        taken = sum(row.places.taken for row in live if row.places)
        waiting = sum(row.places.line for row in live if row.places)
        pressing = sum(any(gap.is_pressing for gap in row.todo) for row in live)
        parts = [
            counted(len(live), "%(count)s session", "%(count)s sessions"),
            counted(taken, "%(count)s place taken", "%(count)s places taken"),
            f"{waiting:,} waiting",
            f"{pressing:,} to look at",
        ]
        return " · ".join(parts)


def state_of(event: Event, *, at: datetime, sees_needs: bool = False) -> EventState:
    """Return the state of an event that comes with its places."""
    sessions = list(_sessions(event))
    clashes = double_use.among(sessions)
    twice = {one.pk for pair in clashes for one in (pair.session, pair.other)}
    lacking = unmet(sessions) if sees_needs else set()
    page = reverse("team:session", args=[event.slug, "x"])
    moment = cache(partial(short_moment, zone=event.zone))  # many begin together
    agreed = hosts.agreed(event)
    rows = [
        _row(one, page, moment, agreed, is_twice=one.pk in twice, is_unmet=one.pk in lacking, at=at)
        for one in sessions
    ]
    to_invite = inviting.number_to_invite(event)
    return EventState(
        event,
        _registrations(event),
        rows,
        clashes,
        to_invite,
        called_off.called_off(event, at=at),
        is_near=phase_of(event, at=at).is_near,
    )


def _row(
    session: Session,
    page: str,
    moment: Callable[[datetime | None], str],
    agreed: Collection[int],
    *,
    is_twice: bool,
    is_unmet: bool,
    at: datetime,
) -> SessionRow:
    """Return a session as a row; ``page`` is the address of one called "x"."""
    links = list(session.session_contributors.all())
    return SessionRow(
        session=session,
        when=moment(session.starts_at) or "on demand",
        hosts=", ".join(link.contributor.name for link in links),
        places=getattr(session, "workshop", None),
        todo=(*([TWICE] if is_twice else []), *gaps(session, links, agreed, is_unmet=is_unmet, at=at)),
        page=f"{page.removesuffix('x/')}{session.slug}/",
    )


def _row_of(shown: dict[str, object]) -> SafeString:
    """Return a row on one line, without the spaces of its template: a page has hundreds."""
    written = render_to_string("team/sessions/_event_row.html", shown)
    return mark_safe(_BREAKS.sub(" ", written.strip()))  # noqa: S308  # a template's own output


def _sessions(event: Event) -> "QuerySet[Session]":
    sessions = double_use.with_people(event.sessions.in_order())
    return sessions.select_related("workshop").only(*_READ)


def _registrations(event: Event) -> Registrations:
    has_booked = Booking.objects.live().filter(registration=OuterRef("pk"))
    without = Q(status=Status.CONFIRMED) & ~Q(Exists(has_booked))
    numbers = Registration.objects.filter(event=event).aggregate(
        confirmed=Count("pk", filter=Q(status=Status.CONFIRMED)),
        received=Count("pk", filter=Q(status=Status.RECEIVED)),
        waiting=Count("pk", filter=Q(status=Status.WAITING)),
        cancelled=Count("pk", filter=Q(status=Status.CANCELLED)),
        without_booking=Count("pk", filter=without),
    )
    return Registrations(**numbers)
