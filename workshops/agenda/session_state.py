"""Decide what one session is to one registered reader at one moment: words, and the buttons it offers.

A pure decision on facts (``workshops.agenda.facts``): their bookings, what they host, the places as they are,
the clock. It chooses words and buttons only; whether an act is allowed is decided again, under locks, by the
rule that the button leads to. As nothing but the facts comes in, what was decided once is kept under them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from django.utils.translation import gettext_lazy

from common.languages import gettext as _
from common.recent import Recent
from common.words import ordinal, titles
from events.models import Event
from events.places_seen import free_in_words
from workshops.agenda import last_minutes, line_words
from workshops.agenda.cases import Case, book_button, decide_button, swap_button
from workshops.agenda.facts import EventFacts, Facts, OwnBooking
from workshops.agenda.states import (
    BOOKED,
    CANCELLED,
    CONTESTED,
    NO_BOOKING_NEEDED,
    OFFERED,
    OPEN_TO_EVERYONE,
    WAITING,
    YOURS,
    Button,
    State,
    act_url,
)
from workshops.models import Booking

Status = Booking.Status
STARTED = gettext_lazy("This session has started, so booking has closed.")
ENDED = gettext_lazy("This session has ended.")
CLOSED = gettext_lazy("Booking for this session has closed.")
FOR_THOSE_WHO_WAIT = gettext_lazy(
    "Full. What comes free now is for those who wait. In the last ten minutes before the start, what they "
    "leave is for everybody."
)


def state_of(facts: Facts) -> State:
    """Return what the session is to whoever has these facts: decided once, and kept for all who have them."""
    return _decided.get(facts, lambda: _state_of(facts))


#: So many are kept in a process: one takes three kilobytes.
_decided: Recent[State] = Recent(2048)


def _state_of(facts: Facts) -> State:
    case = Case(
        facts.session.record(_event(facts.event)),
        facts.at,
        facts.theirs.booking,
        facts.theirs.clashes,
        facts.theirs.chosen_before,
        facts.is_received,
        facts.theirs.is_hosted,
    )
    state, opens_at = _with_places(case), case.session.booking_opens_at or facts.event.booking_opens_at
    if opens_at is None or opens_at <= case.at:
        return state
    then = _with_places(replace(case, at=opens_at))
    return state if then == state else replace(state, turns_at=opens_at, then=then)


def _with_places(case: Case) -> State:
    state, session, places = _decide(case), case.session, case.places
    shows_places = session.is_published and not session.has_started(case.at) and not state.holds_a_place
    if places is None or not shows_places:
        return state
    if free := case.free_for_all:
        return replace(state, places=free_in_words(free), is_full=False)
    return replace(state, places=places.in_words, is_full=case.is_full)


@lru_cache(maxsize=8)
def _event(facts: EventFacts) -> Event:
    return facts.record()


def _decide(case: Case) -> State:
    session = case.session
    if not session.is_published:
        return _cancelled(case)
    if case.is_hosted:
        return State(session, YOURS, _("You host this session"))
    if case.places is None:
        return _open_to_all(case)
    if case.is_received:
        return _while_waiting(case)
    decide = _BY_STATUS.get(_status(case))
    if decide is not None:
        return decide(case)
    if session.has_started(case.at):
        return State(session, message=str(ENDED if session.has_ended(case.at) else STARTED))
    if not session.booking_has_opened(case.at):
        return _before_opening(case)
    if not session.booking_is_open(case.at):
        return State(session, message=str(CLOSED))
    return _to_book(case)


def _open_to_all(case: Case) -> State:
    message = ENDED if case.session.has_ended(case.at) else NO_BOOKING_NEEDED
    return State(
        case.session,
        label=str(OPEN_TO_EVERYONE),
        message=str(message),
        clashes=case.clashes,
        is_open_to_everyone=True,
    )


def _status(case: Case) -> str:
    return "" if case.booking is None else case.booking.status


def _cancelled(case: Case) -> State:
    was_mine = case.booking is not None or case.is_hosted
    message = _("This session does not take place.")
    return State(case.session, CANCELLED if was_mine else "", _("Cancelled"), message)


def _booked(case: Case) -> State:
    state = State(case.session, YOURS, str(BOOKED), is_booked=True)
    if case.session.has_started(case.at):
        return replace(state, message=str(ENDED) if case.session.has_ended(case.at) else "")
    others_wait = case.places is not None and case.places.line > 0
    give_up = Button(_("Give up my place"), act_url(case.session, "cancel"), is_page=others_wait)
    deadlines = [one.until for one in case.clashes if one.until]
    if deadlines:
        message, decide = line_words.beside_contested(case.clashes), (decide_button(case),)
        return replace(state, message=message, until=min(deadlines), buttons=decide)
    return replace(state, message=line_words.while_hosting(case.clashes), buttons=(give_up,))


def _contested(case: Case) -> State:
    return State(
        case.session,
        CONTESTED,
        _("Decide which to keep"),
        line_words.contested(case.clashes),
        until=case.booking.expires_at if case.booking else None,
        buttons=(decide_button(case),),
        clashes=case.clashes,
        brief=_("to decide"),
    )


def _waiting(case: Case) -> State:
    if case.session.has_ended(case.at):
        return State(case.session, message=_("This session has ended. No place came free."))
    if case.session.has_started(case.at):
        return State(case.session, message=_("This session has started. No place came free."))
    leave = Button(_("Leave the waiting list"), act_url(case.session, "cancel"), wanted="line")
    if case.is_free:
        return last_minutes.free(case, leave)
    booking = case.booking or OwnBooking(Status.WAITING)
    position = {"position": ordinal(booking.ahead + 1)}
    return State(
        case.session,
        WAITING,
        _("You are %(position)s on the waiting list") % position,
        line_words.late(case.clashes) if case.is_late else line_words.in_line(case.clashes, booking),
        buttons=(leave,),
        clashes=case.clashes,
        brief=_("waiting %(position)s") % position,
        at_a_glance=_("%(position)s on the waiting list") % position,
    )


def _offered(case: Case) -> State:
    session, clashes = case.session, case.clashes
    decline = Button(_("Decline"), act_url(session, "decline"))
    accept = Button(_("Accept"), act_url(session, "accept"), "primary", is_page=bool(clashes))
    can_accept = not line_words.hosted(clashes)
    return State(
        session,
        OFFERED,
        _("A place is held for you"),
        message=line_words.offered(clashes),
        until=case.booking.expires_at if case.booking else None,
        buttons=(accept, decline) if can_accept else (decline,),
        clashes=clashes,
    )


def _passed(case: Case) -> State:
    if not case.session.booking_is_open(case.at):
        return State(case.session, message=str(CLOSED))
    leave = Button(_("Leave the waiting list"), act_url(case.session, "cancel"), "quiet", wanted="line")
    if case.is_late:
        return last_minutes.passed_late(case, leave)
    ask = Button(_("Ask again"), act_url(case.session, "book"), wanted="line")
    can_swap = case.clashes and not any(one.is_hosted or one.is_elsewhere for one in case.clashes)
    if can_swap and not case.is_full:
        ask = swap_button(case)
    return State(
        case.session,
        WAITING,
        _("Passed for now"),
        message=line_words.passed(case.clashes),
        buttons=(ask, leave),
        clashes=case.clashes,
    )


_BY_STATUS: dict[str, Callable[[Case], State]] = {
    Status.BOOKED: _booked,
    Status.CONTESTED: _contested,
    Status.WAITING: _waiting,
    Status.OFFERED: _offered,
    Status.PASSED: _passed,
}


def _before_opening(case: Case) -> State:
    session, event = case.session, case.session.event
    own = session.booking_opens_at
    opens_at = own if own and own != event.booking_opens_at else None
    if _status(case) != Status.CHOSEN:
        choose = Button(_("Choose"), act_url(session, "choose"), "primary")
        return State(session, opens_at=opens_at, buttons=(choose,))
    message = ""
    if case.chosen_before:
        message = _("At the same time as %(sessions)s, which you chose before it.") % {
            "sessions": titles(case.chosen_before)
        }
    take_out = Button(_("Take out of my choices"), act_url(session, "unchoose"))
    return State(session, YOURS, _("Chosen"), message, opens_at=opens_at, buttons=(take_out,), is_chosen=True)


def _while_waiting(case: Case) -> State:
    """Offer a choice to whoever waits for approval; it is booked for them once they may."""
    if case.session.has_started(case.at) or case.session.booking_has_closed(case.at):
        return State(case.session, message=str(CLOSED))
    state = _before_opening(case)
    if case.is_full:
        full = _("It is full now: you would be on its waiting list.")
        return replace(state, message=f"{full} {state.message}".strip())
    return state


def _to_book(case: Case) -> State:
    session, clashes = case.session, case.clashes
    if message := line_words.while_hosting(clashes):
        return State(session, message=message, clashes=clashes)
    if (not case.is_full or case.free_for_all) and any(one.is_elsewhere for one in clashes):
        booked = {"sessions": titles(clashes)}
        message = _("At the same time as %(sessions)s, which you have booked.") % booked
        return State(session, message=message, clashes=clashes)
    if case.is_late and case.is_full and case.places and case.places.line and not case.is_for_all:
        return State(session, message=str(FOR_THOSE_WHO_WAIT), clashes=clashes)
    is_chosen = _status(case) == Status.CHOSEN
    buttons: tuple[Button, ...] = (book_button(case),)
    if is_chosen:
        buttons += (Button(_("Take out of my choices"), act_url(session, "unchoose"), "quiet"),)
    label = _("Chosen, not booked yet") if is_chosen else ""
    warning = line_words.before_joining(clashes) if case.is_full and clashes else ""
    return State(session, label=label, warning=warning, buttons=buttons, clashes=clashes, is_chosen=is_chosen)
