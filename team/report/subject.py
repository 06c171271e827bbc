"""What several figures are made of, asked once: the sessions with places, and their bookings in numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from events.models import Event, Session
from events.places import Places
from members.models_privacy import Erasure
from team.report.figures import Cell, TableRow
from workshops.models import Booking

Status = Booking.Status


@dataclass(frozen=True)
class Booked:
    """Of one session, how many have a place and how many wait or hold an offer.

    ``known`` are those with a place who were not erased since: of the others nobody keeps who was there.
    """

    placed: int = 0
    waiting: int = 0
    known: int = 0


@dataclass(frozen=True)
class Subject:
    """An event at a moment, its sessions that have a time and take place, and who reads the report."""

    event: Event
    at: datetime
    sessions: list[Session]
    booked: dict[int, Booked]
    #: Whether the reader may know why the team departed from the order, which may be private.
    reads_reasons: bool = False
    #: Whether the reader sees access needs; of them the report has numbers alone.
    sees_needs: bool = False
    _page: str = field(default="", repr=False)

    def places(self, session: Session) -> Places | None:
        """Return the places of a session; ``None`` where all who are registered may come."""
        return getattr(session, "workshop", None)

    def of(self, session: Session) -> Booked:
        """Return its bookings in numbers."""
        return self.booked.get(session.pk, Booked())

    def row(self, session: Session, cells: list[Cell], number: int | None = None) -> TableRow:
        """Return a row about a session, which leads to its page."""
        return TableRow(session.title, cells, f"{self._page}{session.slug}/", number)

    def rows(
        self, sessions: list[Session], cells: Callable[[Session], list[Cell]], *, numbered: bool = True
    ) -> list[TableRow]:
        """Return a row for each, numbered as in a picture."""
        return [
            self.row(one, cells(one), number if numbered else None) for number, one in enumerate(sessions, 1)
        ]


def subject(event: Event, *, at: datetime, reads_reasons: bool = False, sees_needs: bool = False) -> Subject:
    """Load it. Two queries."""
    sessions = event.sessions.published().live().in_order().select_related("workshop")
    read = ("title", "slug", "starts_at", "ends_at", "booking_opens_at", "notes_attendance", "event")
    counters = (f"workshop__{name}" for name in ("capacity", "places_open", "taken", "held", "line"))
    return Subject(
        event,
        at,
        list(sessions.only(*read, *counters)),
        _booked(event),
        reads_reasons=reads_reasons,
        sees_needs=sees_needs,
        _page=reverse("team:session", args=[event.slug, "x"]).removesuffix("x/"),
    )


def _booked(event: Event) -> dict[int, Booked]:
    erasures = Erasure.objects.filter(member=OuterRef("member"), done_at__isnull=False)
    rows = Booking.objects.live().filter(session__event=event).annotate(erased=Exists(erasures))
    waits = Q(status__in=(Status.WAITING, Status.OFFERED, Status.PASSED))
    has_place = Q(status__in=Booking.PLACED)
    counted = (
        rows.order_by()
        .values("session")
        .annotate(
            placed=Count("pk", filter=has_place),
            waiting=Count("pk", filter=waits),
            known=Count("pk", filter=has_place & Q(erased=False)),
        )
    )
    return {one["session"]: Booked(one["placed"], one["waiting"], one["known"]) for one in counted}
