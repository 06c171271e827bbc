"""Who has, waits for or gave up a place in one session: rows for its page, in five queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from common.times import short_moment
from events.models import Session
from members.models import Erasure, Member
from team.sessions import line
from workshops.models import Booking, PlaceOverride

Status = Booking.Status
#: What a page reads of a member, whose row is wide.
_OF_A_MEMBER = ("name", "organisation", "role", "email")


@dataclass(frozen=True)
class Person:
    """One row: whose booking, since when, their position where they wait, and what is to be said of it.

    ``page`` and ``give_up`` are the addresses of their page and of giving their place up; "" of the erased.
    """

    booking: Booking
    since: str
    note: str = ""
    position: int | None = None
    page: str = ""
    give_up: str = ""

    @property
    def member(self) -> Member:
        """Whose it is."""
        return self.booking.member


@dataclass(frozen=True)
class People:
    """All of one session: who booked or is to decide by name, the line by ticket, who gave up by when."""

    booked: list[Person]
    contested: list[Person]
    line: list[Person]
    over: list[Person]
    chosen: int
    overrides: list[PlaceOverride] = field(repr=False)

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return sum(1 for one in self.line if one.position)


def people(session: Session, *, at: datetime) -> People:
    """Return who has, waits for or gave up a place."""
    erased = Erasure.objects.filter(member=OuterRef("member"), done_at__isnull=False)
    every = list(_by_name(Booking.objects.filter(session=session)).annotate(is_erased=Exists(erased)))
    overrides = PlaceOverride.objects.filter(booking__session=session)
    moves = list(overrides.select_related("by", "booking__member"))
    row = _rows(session)
    ended = sorted(every, key=lambda one: one.status_changed_at, reverse=True)
    return People(
        booked=[row(one, one.status_changed_at, "", None) for one in every if one.status == Status.BOOKED],
        contested=_contested(session, [one for one in every if one.status == Status.CONTESTED], row, at),
        line=_line(session, every, {one.booking_id for one in moves}, row, at),
        over=[
            row(one, one.status_changed_at, f"{one.get_ended_display()}.", None)
            for one in ended
            if one.status == Status.CANCELLED
        ],
        chosen=sum(1 for one in every if one.status == Status.CHOSEN),
        overrides=moves,
    )


def booked(session: Session) -> "QuerySet[Booking]":
    """Return who has a place, by name: lists of letters and of people in the room are in this order."""
    return _by_name(Booking.objects.with_place().filter(session=session))


def _by_name(bookings: "QuerySet[Booking]") -> "QuerySet[Booking]":
    """Return bookings with their members as people look for names: marks and capitals make no difference."""
    own = [one.name for one in Booking._meta.concrete_fields]
    with_members = bookings.select_related("member").only(*own, *(f"member__{name}" for name in _OF_A_MEMBER))
    return with_members.order_by("member__name_folded", "member__name", "pk")


def _rows(session: Session) -> Callable[[Booking, datetime, str, int | None], Person]:
    """Return what makes a row of a booking; the addresses are written once for all."""
    page, give_up = reverse("team:person", args=[0]), reverse("team:person_cancel", args=[0, session.pk])
    zone = session.event.zone

    def row(one: Booking, since: datetime, note: str, position: int | None) -> Person:
        moment = short_moment(since, zone)
        if getattr(one, "is_erased", False):
            return Person(one, moment, note, position)
        whose = f"/{one.member_id}/"
        leads = (page.replace("/0/", whose, 1), give_up.replace("/0/", whose, 1))
        return Person(one, moment, note, position, *leads)

    return row


def _contested(
    session: Session,
    every: Sequence[Booking],
    row: Callable[[Booking, datetime, str, int | None], Person],
    at: datetime,
) -> list[Person]:
    """Say of each what it overlaps and until when they can decide; in its last hours they are telephoned."""
    look = line.look(session, every, at=at)
    return [row(one, one.status_changed_at, look.to_decide(one), None) for one in every]


def _line(
    session: Session,
    every: Sequence[Booking],
    moved_up: set[int],
    row: Callable[[Booking, datetime, str, int | None], Person],
    at: datetime,
) -> list[Person]:
    in_line = sorted((one for one in every if one.status in line.IN_LINE), key=lambda one: one.ticket or 0)
    look = line.look(session, in_line, at=at)
    rows, waiting = [], 0
    for one in in_line:
        waiting += one.status == Status.WAITING
        position = waiting if one.status == Status.WAITING else None
        notes = [look.why(one, position), "Moved up by the team." if one.pk in moved_up else ""]
        rows.append(row(one, one.created_at, " ".join(filter(None, notes)), position))
    return rows
