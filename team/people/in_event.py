"""What somebody has in one event: their registration, each session of theirs, and what can be pressed there.

What a session is to them is decided where their own agenda decides it (``workshops.agenda``): whoever helps
them sees the same place, position and deadline, and the same acts, under addresses of the team's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from common.times import format_moment, short_moment
from common.words import ordinal
from concerns import removal
from events.models import AccessNeeds, Event, Registration, Session
from events.phases import today_of
from live.reading import attended
from members.capabilities import SEE_ACCESS_NEEDS
from members.models import Member
from team.people.standing import Word
from workshops.agenda.state_lookup import own_states
from workshops.agenda.states import CANCELLED, CONTESTED, OFFERED, WAITING, YOURS, Button, State
from workshops.models import Booking

#: Those whose registration leads to sessions: who waits for approval chooses them.
MAY_CHOOSE: Final = (Registration.Status.CONFIRMED, Registration.Status.RECEIVED)
KINDS: Final[Mapping[str, str]] = {
    YOURS: "yours",
    WAITING: "waiting",
    CONTESTED: "waiting",
    OFFERED: "waiting",
    CANCELLED: "problem",
}
#: Words to the member → of them, outside titles; the verbs stay.
OF_THEM: Final = (
    (re.compile(r"\b(for|email) you\b"), r"\1 them"),
    (re.compile(r"\byou\b"), "they"),
    (re.compile(r"\bYou\b"), "They"),
    (re.compile(r"\bmy\b|\byour\b"), "their"),
    (re.compile(r"\byours\b"), "theirs"),
)
TITLES: Final = re.compile(r"(“[^”]*”)")
TONES: Final[Mapping[Booking.Status, str]] = {
    Booking.Status.BOOKED: YOURS,
    Booking.Status.CONTESTED: CONTESTED,
    Booking.Status.CHOSEN: YOURS,
    Booking.Status.WAITING: WAITING,
    Booking.Status.PASSED: WAITING,
    Booking.Status.OFFERED: OFFERED,
}
#: Acts that are asked about on a page of their own: what goes with them is named there, and cannot come back.
ASKS: Final = ("swap", "accept", "decline", "decide", "cancel")
#: An act → what its button says to the team, where it is the member's own that is given away.
LABELS: Final[Mapping[str, str]] = {
    "cancel": "Give up their place",
    "unchoose": "Take out of their choices",
    "accept": "Accept for them",
    "decide": "Keep this one for them",
    "decline": "Decline for them",
}


@dataclass(frozen=True)
class ActButton:
    """One act on a session for them; ``is_page`` asks first.

    ``seen`` is the tone that was on the screen, ``wanted`` what the words were about: a place, or the line.
    """

    label: str
    url: str
    kind: str
    is_page: bool
    seen: str
    wanted: str


@dataclass(frozen=True)
class SessionLine:
    """One session and what it is to them."""

    session: Session
    word: Word
    when: str
    detail: str = ""
    places: str = ""
    says: str = ""
    buttons: Sequence[ActButton] = ()


@dataclass(frozen=True)
class InEvent:
    """What somebody has in one event; ``others`` are events to come, and those they were registered for."""

    event: Event
    registration: Registration | None
    word: Word
    lines: Sequence[SessionLine] = ()
    others: Sequence[Event] = ()
    #: The sessions in which they were, as far as is noted.
    was_in: Sequence[str] = ()
    #: Whether they told what they need; ``None`` to who may not know.
    has_needs: bool | None = None
    #: Whether the team took them out of it.
    is_out: bool = False
    #: Whether anything can still be changed: the event is not over, the account not closed.
    may_change: bool = False

    @property
    def is_registered(self) -> bool:
        """Whether there is a registration that counts."""
        return self.registration is not None and self.registration.status != Registration.Status.CANCELLED

    @property
    def has_sessions(self) -> bool:
        """Whether sessions can be booked or chosen for them."""
        return self.registration is not None and self.registration.status in MAY_CHOOSE


def in_event(person: Member, asked: str, *, reader: Member, at: datetime) -> InEvent | None:
    """Return what they have in the event that was asked for, or in the next one. Three queries."""
    registrations = {one.event_id: one for one in _registrations(person)}
    to_come = list(Event.objects.upcoming(timezone.localdate(at)))
    events = to_come + [one.event for one in registrations.values() if one.event not in to_come]
    if not events:
        return None
    named = next((one for one in events if one.slug == asked), None)
    event = named or _next(to_come, registrations) or events[0]
    registration = registrations.get(event.pk)
    is_over = event.is_over(at)
    is_gone = registration is None or registration.status == Registration.Status.CANCELLED
    lines: list[SessionLine] = []
    if registration is not None and registration.status in MAY_CHOOSE:
        registration.member = person
        may_book = reader.has_perm("workshops.change_booking") and person.is_active
        states = own_states(registration, at=at).values()
        lines = [line_of(one, person, may_book=may_book) for one in states]
    return InEvent(
        event,
        registration,
        _registered(registration),
        lines=lines,
        others=[one for one in events if one != event],
        may_change=person.is_active and not is_over,
        was_in=_was_in(registration, at),
        is_out=is_gone and removal.is_out(event.pk, person.pk),
        has_needs=_has_needs(registration) if reader.has_perm(SEE_ACCESS_NEEDS) else None,
    )


def line_of(state: State, person: Member, *, may_book: bool) -> SessionLine:
    """Return a session as it is to them, with the acts on it for who may book for people."""
    session = state.session
    word = state.at_a_glance or of_them(state.label)
    until = f"Until {format_moment(state.until, session.event.time_zone)}" if state.until else ""
    return SessionLine(
        session,
        Word(word, KINDS.get(state.tone, "plain")),
        short_moment(session.starts_at, session.event.zone),
        until,
        state.places,
        of_them(" ".join(filter(None, (state.message, state.warning)))),
        [_button(one, state, person) for one in state.buttons] if may_book else (),
    )


def of_them(words: str) -> str:
    """Say of somebody what their own page says to them; what stands in a title stays as it is."""
    parts = TITLES.split(words)
    for number, part in enumerate(parts):
        if not TITLES.fullmatch(part):
            for pattern, theirs in OF_THEM:
                part = pattern.sub(theirs, part)  # one after the other
            parts[number] = part
    return "".join(parts)


def tone_of(booking: Booking) -> str:
    """Return the tone in which a booking was shown: what a stale page would be wrong about."""
    return TONES.get(Booking.Status(booking.status), "")


def _button(button: Button, state: State, person: Member) -> ActButton:
    is_line = button.act == "cancel" and button.wanted == "line"
    label = button.label if is_line else LABELS.get(button.act, button.label)
    is_page = button.is_page or button.act in ASKS
    url = reverse(f"team:person_{button.act}", args=[person.pk, state.session.pk])
    return ActButton(label, url, button.kind, is_page, state.tone, button.wanted)


def _was_in(registration: Registration | None, at: datetime) -> list[str]:
    """Name the sessions in which they were. One query, once the event has begun."""
    if registration is None or today_of(registration.event, at) < registration.event.first_day:
        return []
    return [one.session.title for one in attended(registration, registration.event)]


def _has_needs(registration: Registration | None) -> bool:
    return bool(getattr(registration, "has_needs", False))


def _next(to_come: list[Event], registrations: dict[int, Registration]) -> Event | None:
    """Return the next event that they are registered for; the next of all where there is none."""
    cancelled = Registration.Status.CANCELLED
    theirs = (one for one in to_come if one.pk in registrations and registrations[one.pk].status != cancelled)
    return next(theirs, None) or next(iter(to_come), None)


def _registrations(person: Member) -> "QuerySet[Registration]":
    line = Registration.objects.filter(event=OuterRef("event"), status=Registration.Status.WAITING)
    ahead = line.filter(ticket__lt=OuterRef("ticket")).order_by().values("event")
    return (
        Registration.objects.filter(member=person)
        .exclude(event__status=Event.Status.DRAFT)
        .annotate(
            has_needs=Exists(AccessNeeds.objects.filter(registration=OuterRef("pk"))),
            ahead=Subquery(ahead.annotate(number=Count("pk")).values("number")),
        )
        .select_related("event")
        .order_by("-event__first_day")
    )


def _registered(registration: Registration | None) -> Word:
    if registration is None:
        return Word("Not registered")
    if registration.status == Registration.Status.WAITING:
        place = ordinal((getattr(registration, "ahead", None) or 0) + 1)
        return Word(f"{place} on the waiting list of the event", "waiting")
    return {
        Registration.Status.CONFIRMED: Word("Registered", "yours"),
        Registration.Status.RECEIVED: Word("Registered, confirmed with the approval", "waiting"),
        Registration.Status.CANCELLED: Word("Registration cancelled", "problem"),
    }[Registration.Status(registration.status)]
