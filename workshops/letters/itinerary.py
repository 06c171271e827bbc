"""One member's sessions as they are at this moment: the truth behind their emails and their calendar.

Theirs is what they have booked, wait for, are offered or were passed for, what they host, and what everybody
who is registered may come to (live sessions without places, such as plenaries). Three queries, however many
events and sessions. (``workshops.agenda.reading`` reads the page, with everything that they could choose.)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.statements import Statement
from common.times import format_day
from common.words import in_a_row, ordinal
from events.models import Event, Registration, Session
from members.models import Member
from members.templatetags.letters import isolated
from workshops.models import Booking
from workshops.places.eligibility import hosted_by, hosted_sessions

Status = Booking.Status
HELD = (Status.OFFERED, Status.CONTESTED)
UNCERTAIN = (Status.CONTESTED, Status.WAITING, Status.OFFERED, Status.PASSED)
HOSTING, OPEN = "hosting", "open"
#: What is theirs, and stands in their calendar: what is to be decided is, until it is.
CERTAIN = (*Booking.PLACED, HOSTING)


@dataclass(frozen=True)
class Item:
    """One session of theirs. ``state`` is a booking's status, ``hosting`` or ``open``."""

    session: Session
    state: str
    position: int | None = None
    until: datetime | None = None
    changed_at: datetime | None = None
    #: Their position when they joined the line; ``None`` where that is not known.
    joined_as: int | None = None
    joined_at: datetime | None = None
    #: What is certainly theirs at the same time, where this is not: what they host alone if there is such.
    overlaps: tuple[Session, ...] = ()
    is_hosting: bool = False

    @property
    def starts_at(self) -> datetime:
        """When it starts; what is theirs has a time."""
        assert self.session.starts_at is not None, "only live sessions are read"  # noqa: S101  # narrows the type
        return self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        assert self.session.ends_at is not None, "only live sessions are read"  # noqa: S101  # narrows the type
        return self.session.ends_at

    @property
    def others(self) -> str:
        """What overlaps it, in words."""
        return named(self.overlaps)

    @property
    def place(self) -> str:
        """Their position in words: "3rd"."""
        return ordinal(self.position) if self.position else ""

    @property
    def joined_on(self) -> str:
        """The day on which they joined the line, in words of the event; empty where it is not known."""
        return format_day(self.joined_at.astimezone(self.session.event.zone).date()) if self.joined_at else ""

    @property
    def place_before(self) -> str:
        """Their position when they joined, in words, where it was another."""
        return ordinal(self.joined_as) if self.joined_as and self.joined_as != self.position else ""


def itinerary_of(registration: Registration, *, at: datetime) -> list[Item]:
    """Return their sessions of one event, in order of time."""
    member, event = registration.member, registration.event
    return _in_order(
        {event.pk: event},
        _OPEN.all(member=member.pk, event=event.pk),
        _BOOKED.all(member=member.pk, event=event.pk),
        _HOSTED.all(member=member.pk, email=member.email, event=event.pk),
        at=at,
    )


def read_events(member: Member, events: Iterable[Event], *, at: datetime) -> list[Item]:
    """Return their sessions of several events, in order of time; open ones where they are confirmed."""
    found = {event.pk: event for event in events}
    return _in_order(
        found,
        _open(member.pk).filter(event__in=found),
        _booked(member.pk).filter(session__event__in=found),
        hosted_sessions(member).filter(event__in=found).distinct(),
        at=at,
    )


def _in_order(
    events: Mapping[int, Event],
    for_all: Iterable[Session],
    booked: Iterable[Booking],
    hosted: Iterable[Session],
    *,
    at: datetime,
) -> list[Item]:
    """Return each session once, as what weighs most."""
    found = (
        *(Item(session, OPEN) for session in for_all),
        *(of_booking(booking, at=at) for booking in booked),
        *(Item(session, HOSTING) for session in hosted),
    )
    items: dict[int, Item] = {}
    for item in found:
        item.session.event = events[item.session.event_id]
        items[item.session.pk] = item
    items = {pk: item for pk, item in items.items() if item.state != Status.CANCELLED}
    certain = [item for item in items.values() if item.state in (Status.BOOKED, HOSTING)]
    return sorted(
        (_beside(item, certain) for item in items.values()), key=attrgetter("starts_at", "session.pk")
    )


def _beside(item: Item, certain: Iterable[Item]) -> Item:
    """Return what is not certain of them with what of these overlaps it."""
    if item.state not in UNCERTAIN:
        return item
    meanwhile = [one for one in certain if one.starts_at < item.ends_at and item.starts_at < one.ends_at]
    hosted = [] if item.state == Status.CONTESTED else [one for one in meanwhile if one.state == HOSTING]
    weighs = hosted or [one for one in meanwhile if one.state != HOSTING]
    return replace(item, overlaps=tuple(one.session for one in weighs), is_hosting=bool(hosted))


def of_booking(booking: Booking, *, at: datetime) -> Item:
    """Return what a booking (loaded by ``bookings``) is to them; as cancelled what nobody decided in time."""
    state = Status(booking.status)
    if booking.expires_at and booking.expires_at <= at:
        state = Status.PASSED if state == Status.OFFERED else Status.CANCELLED
    position = getattr(booking, "ahead", None) or 0
    return Item(
        booking.session,
        state.value,
        position=position + 1 if state == Status.WAITING else None,
        joined_as=booking.first_position,
        joined_at=booking.joined_line_at,
        until=booking.expires_at if state in HELD else None,
        changed_at=booking.status_changed_at,
    )


def named(sessions: Iterable[Session]) -> str:
    """Return the titles of sessions in a row, as a letter writes them."""
    return in_a_row([_("“%(title)s”") % {"title": isolated(session.title)} for session in sessions])


def bookings() -> "QuerySet[Booking]":
    """Return live bookings with their sessions, and how many are ahead of each in line."""
    return Booking.objects.live().select_related("session").with_ahead()


def _booked(member: int) -> "QuerySet[Booking]":
    own = bookings().filter(member=member, session__starts_at__isnull=False)
    return own.exclude(status=Status.CHOSEN)


def _open(member: int) -> "QuerySet[Session]":
    confirmed = Registration.objects.confirmed().filter(member=member)
    sessions = Session.objects.published().live().filter(workshop__isnull=True)
    return sessions.filter(event__in=confirmed.values("event"))


_BOOKED = Statement(lambda member, event: _booked(member).filter(session__event=event))
_OPEN = Statement(lambda member, event: _open(member).filter(event=event))
_HOSTED = Statement(lambda member, email, event: hosted_by(member, email).filter(event=event).distinct())
