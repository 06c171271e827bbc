"""Decide what one session is to one registered reader at one moment: words, and the buttons it offers.

A pure decision on loaded facts: their bookings, what they host, the places as they are, the clock. It
chooses words and buttons only; whether an act is allowed is decided again, under locks, by the rule
that the button leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext_lazy

from common.languages import gettext as _
from common.words import counted, ordinal, titles
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
STARTED = gettext_lazy("This session has started, so booking has closed.")
ENDED = gettext_lazy("This session has ended.")
CLOSED = gettext_lazy("Booking for this session has closed.")


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
        return State(session, YOURS, _("You host this session"))
    if facts.places is None:
        return _open_to_all(facts)
    if facts.own.registration.status == Registration.Status.RECEIVED:
        return _while_waiting(facts)
    decide = _BY_STATUS.get(_status(facts))
    if decide is not None:
        return decide(facts)
    if session.has_started(facts.at):
        return State(session, message=str(ENDED if session.has_ended(facts.at) else STARTED))
    if not session.booking_has_opened(facts.at):
        return _before_opening(facts)
    if not session.booking_is_open(facts.at):
        return State(session, message=str(CLOSED))
    return _to_book(facts)


def _open_to_all(facts: _Facts) -> State:
    message = ENDED if facts.session.has_ended(facts.at) else NO_BOOKING_NEEDED
    return State(
        facts.session,
        label=str(OPEN_TO_EVERYONE),
        message=str(message),
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
    message = _("This session does not take place.")
    return State(facts.session, CANCELLED if was_mine else "", _("Cancelled"), message)


def _booked(facts: _Facts) -> State:
    state = State(facts.session, YOURS, str(BOOKED), is_booked=True)
    if facts.session.has_started(facts.at):
        return replace(state, message=str(ENDED) if facts.session.has_ended(facts.at) else "")
    others_wait = facts.places is not None and facts.places.line > 0
    give_up = Button(_("Give up my place"), act_url(facts.session, "cancel"), is_page=others_wait)
    return replace(state, buttons=(give_up,))


def _waiting(facts: _Facts) -> State:
    if facts.session.has_started(facts.at):
        return State(facts.session, message=_("This session has started. No place came free."))
    leave = Button(_("Leave the waiting list"), act_url(facts.session, "cancel"), wanted="line")
    position = {"position": ordinal(facts.own.ahead.get(facts.session.pk, 0) + 1)}
    return State(
        facts.session,
        WAITING,
        _("You are %(position)s on the waiting list") % position,
        str(WILL_EMAIL),
        buttons=(leave,),
        clashes=facts.clashes,
        brief=_("waiting %(position)s") % position,
        at_a_glance=_("%(position)s on the waiting list") % position,
    )


def _offered(facts: _Facts) -> State:
    session, clashes = facts.session, facts.clashes
    decline = Button(_("Decline"), act_url(session, "decline"))
    accept = Button(_("Accept"), act_url(session, "accept"), "primary", is_page=bool(clashes))
    can_accept = not any(one.kind == HOSTING for one in clashes)
    return State(
        session,
        OFFERED,
        _("A place is held for you"),
        message=_meanwhile(clashes, can_accept=can_accept) if clashes else "",
        until=facts.booking.expires_at if facts.booking else None,
        buttons=(accept, decline) if can_accept else (decline,),
        clashes=clashes,
    )


def _meanwhile(clashes: tuple[Clash, ...], *, can_accept: bool) -> str:
    """Say what of theirs an offered place would replace, or that it cannot."""
    sessions = {"sessions": titles(one.session for one in clashes)}
    if not can_accept:
        return _("It is at the same time as %(sessions)s.") % sessions
    return (
        _("It is at the same time as %(sessions)s. Accepting gives that up: you are asked first.") % sessions
    )


def _passed(facts: _Facts) -> State:
    if not facts.session.booking_is_open(facts.at):
        return State(facts.session, message=str(CLOSED))
    message = _("A place was held for you and has gone to the next in line. You have kept your turn.")
    ask = Button(_("Ask again"), act_url(facts.session, "book"), wanted="line")
    leave = Button(_("Leave the waiting list"), act_url(facts.session, "cancel"), "quiet", wanted="line")
    return State(
        facts.session,
        WAITING,
        _("Passed for now"),
        message=message,
        buttons=(ask, leave),
        clashes=facts.clashes,
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
        choose = Button(_("Choose"), act_url(session, "choose"), "primary")
        return State(session, opens_at=opens_at, buttons=(choose,))
    message = ""
    if first := _chosen_before(facts):
        message = _("At the same time as %(sessions)s, which you chose before it.") % {
            "sessions": titles(first)
        }
    take_out = Button(_("Take out of my choices"), act_url(session, "unchoose"))
    return State(session, YOURS, _("Chosen"), message, opens_at=opens_at, buttons=(take_out,), is_chosen=True)


def _while_waiting(facts: _Facts) -> State:
    """Offer a choice to whoever waits for approval; it is booked for them once they may."""
    if facts.session.has_started(facts.at) or facts.session.booking_has_closed(facts.at):
        return State(facts.session, message=str(CLOSED))
    state = _before_opening(facts)
    if facts.is_full:
        full = _("It is full now: you would be on its waiting list.")
        return replace(state, message=f"{full} {state.message}".strip())
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
        message = _("At the same time as %(sessions)s, which you host.") % {"sessions": titles(hosted)}
        return State(session, message=message, clashes=clashes)
    if not facts.is_full and any(_is_elsewhere(one, facts.own) for one in clashes):
        booked = {"sessions": titles(one.session for one in clashes)}
        message = _("At the same time as %(sessions)s, which you have booked.") % booked
        return State(session, message=message, clashes=clashes)
    is_chosen = _status(facts) == Status.CHOSEN
    buttons: tuple[Button, ...] = (_book_button(facts),)
    if is_chosen:
        buttons += (Button(_("Take out of my choices"), act_url(session, "unchoose"), "quiet"),)
    label = _("Chosen, not booked yet") if is_chosen else ""
    warning = _if_a_place_comes_free(clashes) if facts.is_full and clashes else ""
    return State(session, label=label, warning=warning, buttons=buttons, clashes=clashes, is_chosen=is_chosen)


def _if_a_place_comes_free(clashes: tuple[Clash, ...]) -> str:
    return _(
        "You have %(sessions)s at this time. If a place here comes free, we hold it for you, and you decide."
    ) % {"sessions": titles(one.session for one in clashes)}


def _is_elsewhere(clash: Clash, own: OwnBookings) -> bool:
    """Whether it is booked in another event: a swap gives up places of one registration only."""
    return clash.booking is not None and clash.booking.registration_id != own.registration.pk


def _book_button(facts: _Facts) -> Button:
    session, clashes = facts.session, facts.clashes
    if facts.is_full:
        return Button(_("Join the waiting list"), act_url(session, "book"), wanted="line")
    if clashes:
        label = counted(len(clashes), "Swap with %(count)s session", "Swap with %(count)s sessions")
        if len(clashes) == 1:
            label = _("Swap with “%(title)s”") % {"title": clashes[0].session.title}
        return Button(label, act_url(session, "swap"), is_page=True)
    gave_up = facts.booking is not None and facts.booking.ended == Booking.Ended.BY_MEMBER
    label = _("Book again") if gave_up else _("Book a place")
    return Button(label, act_url(session, "book"), "primary", wanted="place")
