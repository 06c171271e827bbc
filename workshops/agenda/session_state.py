"""Decide what one session is to one registered reader at one moment: words, and the buttons it offers.

A pure decision on loaded facts: their bookings, what they host, the places as they are, the clock. It
chooses words and buttons only; whether an act is allowed is decided again, under locks, by the rule
that the button leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from common.words import ordinal, titles
from events.models import Registration, Session
from events.places import Places
from workshops.agenda.states import (
    BOOKED,
    CANCELLED,
    NO_BOOKING_NEEDED,
    OFFERED,
    OPEN_TO_EVERYONE,
    WAITING,
    WILL_EMAIL,
    YOURS,
    Button,
    OwnBookings,
    State,
    act_url,
    overlap,
)
from workshops.models import Booking
from workshops.places.eligibility import HOSTING, Clash

Status = Booking.Status
STARTED = "This session has started, so booking has closed."
ENDED = "This session has ended."


@dataclass(frozen=True)
class _Facts:
    """All that a decision looks at."""

    session: Session
    own: OwnBookings
    at: datetime
    booking: Booking | None
    places: Places | None

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        return self.own.clashes(self.session)

    @property
    def is_full(self) -> bool:
        return self.places is not None and self.places.is_full


def state_of(session: Session, own: OwnBookings, *, at: datetime) -> State:
    """Decide what ``session`` (with its event and places loaded) is to the reader at this moment."""
    places: Places | None = getattr(session, "workshop", None)
    facts = _Facts(session, own, at, own.bookings.get(session.pk), places)
    state = _decide(facts)
    shows_places = session.is_published and not session.has_started(at) and not state.holds_a_place
    if places is None or not shows_places:
        return state
    return replace(state, places=places.in_words, is_full=facts.is_full)


def _decide(facts: _Facts) -> State:
    session = facts.session
    if not session.is_published:
        return _cancelled(facts)
    if facts.own.hosts(session):
        return State(session, YOURS, "You host this session")
    if facts.places is None:
        return _open_to_all(facts)
    if facts.own.registration.status == Registration.Status.RECEIVED:
        return _while_waiting(facts)
    decide = _BY_STATUS.get(_status(facts))
    if decide is not None:
        return decide(facts)
    if session.has_started(facts.at):
        return State(session, message=ENDED if session.has_ended(facts.at) else STARTED)
    if not session.booking_has_opened(facts.at):
        return _before_opening(facts)
    if not session.booking_is_open(facts.at):
        return State(session, message="Booking for this session has closed.")
    return _to_book(facts)


def _open_to_all(facts: _Facts) -> State:
    message = ENDED if facts.session.has_ended(facts.at) else NO_BOOKING_NEEDED
    return State(
        facts.session,
        label=OPEN_TO_EVERYONE,
        message=message,
        clashes=facts.clashes,
        is_open_to_everyone=True,
    )


def _status(facts: _Facts) -> str:
    """Return the status of their booking; an offer whose deadline has come counts as passed already."""
    booking = facts.booking
    if booking is None:
        return ""
    if booking.status == Status.OFFERED and booking.expires_at and booking.expires_at <= facts.at:
        return Status.PASSED
    return booking.status


def _cancelled(facts: _Facts) -> State:
    was_mine = facts.booking is not None or facts.own.hosts(facts.session)
    return State(
        facts.session, CANCELLED if was_mine else "", "Cancelled", "This session does not take place."
    )


def _booked(facts: _Facts) -> State:
    state = State(facts.session, YOURS, BOOKED, is_booked=True)
    if facts.session.has_started(facts.at):
        return replace(state, message=ENDED if facts.session.has_ended(facts.at) else "")
    others_wait = facts.places is not None and facts.places.line > 0
    give_up = Button("Give up my place", act_url(facts.session, "cancel"), is_page=others_wait)
    return replace(state, buttons=(give_up,))


def _waiting(facts: _Facts) -> State:
    position = facts.own.ahead.get(facts.session.pk, 0) + 1
    label = f"You are {ordinal(position)} on the waiting list"
    if facts.session.has_started(facts.at):
        return State(facts.session, message="This session has started. No place came free.")
    leave = Button("Leave the waiting list", act_url(facts.session, "cancel"), wanted="line")
    return State(
        facts.session,
        WAITING,
        label,
        WILL_EMAIL,
        buttons=(leave,),
        clashes=facts.clashes,
        brief=f"waiting {ordinal(position)}",
    )


def _offered(facts: _Facts) -> State:
    session, clashes = facts.session, facts.clashes
    message = f"It is at the same time as {titles(one.session for one in clashes)}." if clashes else ""
    decline = Button("Decline", act_url(session, "decline"))
    accept = Button("Accept", act_url(session, "accept"), "primary", is_page=bool(clashes))
    can_accept = not any(one.kind == HOSTING for one in clashes)
    return State(
        session,
        OFFERED,
        "A place is held for you",
        message=f"{message} Accepting gives that up: you are asked first."
        if clashes and can_accept
        else message,
        until=facts.booking.expires_at if facts.booking else None,
        buttons=(accept, decline) if can_accept else (decline,),
        clashes=clashes,
    )


def _passed(facts: _Facts) -> State:
    if not facts.session.booking_is_open(facts.at):
        return State(facts.session, message="Booking for this session has closed.")
    message = "A place was held for you and has gone to the next in line. You have kept your turn."
    ask = Button("Ask again", act_url(facts.session, "book"), wanted="line")
    leave = Button("Leave the waiting list", act_url(facts.session, "cancel"), "quiet", wanted="line")
    return State(
        facts.session, WAITING, "Passed for now", message=message, buttons=(ask, leave), clashes=facts.clashes
    )


_BY_STATUS: dict[str, Callable[[_Facts], State]] = {
    Status.BOOKED: _booked,
    Status.WAITING: _waiting,
    Status.OFFERED: _offered,
    Status.PASSED: _passed,
}


def _before_opening(facts: _Facts) -> State:
    session, event = facts.session, facts.session.event
    own = session.booking_opens_at
    opens_at = own if own and own != event.booking_opens_at else None
    if _status(facts) != Status.CHOSEN:
        return State(
            session, opens_at=opens_at, buttons=(Button("Choose", act_url(session, "choose"), "primary"),)
        )
    first = _chosen_before(facts)
    message = f"At the same time as {titles(first)}, which you chose before it." if first else ""
    take_out = Button("Take out of my choices", act_url(session, "unchoose"))
    return State(session, YOURS, "Chosen", message, opens_at=opens_at, buttons=(take_out,), is_chosen=True)


def _while_waiting(facts: _Facts) -> State:
    """Offer a choice to whoever waits for approval; it is booked for them once they may."""
    if facts.session.has_started(facts.at) or facts.session.booking_has_closed(facts.at):
        return State(facts.session, message="Booking for this session has closed.")
    state = _before_opening(facts)
    if facts.is_full:
        return replace(
            state, message=f"It is full now: you would be on its waiting list. {state.message}".strip()
        )
    return state


def _chosen_before(facts: _Facts) -> list[Session]:
    """Return their earlier choices at the same time: those will be booked, this one not."""
    earlier = []
    for choice in facts.own.of_status(Status.CHOSEN):
        if choice.session_id == facts.session.pk:
            break
        if overlap(choice.session, facts.session):
            earlier.append(choice.session)
    return earlier


def _to_book(facts: _Facts) -> State:
    session, clashes = facts.session, facts.clashes
    hosted = [one.session for one in clashes if one.kind == HOSTING]
    if hosted:
        return State(
            session, message=f"At the same time as {titles(hosted)}, which you host.", clashes=clashes
        )
    if not facts.is_full and any(_is_elsewhere(one, facts.own) for one in clashes):
        booked = titles(one.session for one in clashes)
        return State(
            session, message=f"At the same time as {booked}, which you have booked.", clashes=clashes
        )
    is_chosen = _status(facts) == Status.CHOSEN
    buttons: tuple[Button, ...] = (_book_button(facts),)
    if is_chosen:
        buttons += (Button("Take out of my choices", act_url(session, "unchoose"), "quiet"),)
    label = "Chosen, not booked yet" if is_chosen else ""
    warning = _if_a_place_comes_free(clashes) if facts.is_full and clashes else ""
    return State(session, label=label, warning=warning, buttons=buttons, clashes=clashes, is_chosen=is_chosen)


def _if_a_place_comes_free(clashes: tuple[Clash, ...]) -> str:
    named = titles(one.session for one in clashes)
    return f"You have {named} at this time. If a place here comes free, we hold it for you, and you decide."


def _is_elsewhere(clash: Clash, own: OwnBookings) -> bool:
    """Whether it is booked in another event: a swap gives up places of one registration only."""
    return clash.booking is not None and clash.booking.registration_id != own.registration.pk


def _book_button(facts: _Facts) -> Button:
    session, clashes = facts.session, facts.clashes
    if facts.is_full:
        return Button("Join the waiting list", act_url(session, "book"), wanted="line")
    if clashes:
        what = f"“{clashes[0].session.title}”" if len(clashes) == 1 else f"{len(clashes)} sessions"
        return Button(f"Swap with {what}", act_url(session, "swap"), is_page=True)
    gave_up = facts.booking is not None and facts.booking.ended == Booking.Ended.BY_MEMBER
    return Button(
        "Book again" if gave_up else "Book a place", act_url(session, "book"), "primary", wanted="place"
    )
