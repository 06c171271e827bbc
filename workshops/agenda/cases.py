"""What one session is decided by: the facts with the session's record, and the buttons that it may offer."""

from dataclasses import dataclass, replace
from datetime import datetime

from common.languages import gettext as _
from common.words import counted
from events.models import Session
from events.places import Places
from workshops.agenda.facts import Choice, Commitment, OwnBooking
from workshops.agenda.states import Button, act_url
from workshops.places.deadlines import is_for_all, is_last_half_hour


@dataclass(frozen=True)
class Case:
    """The facts, with the session's record, whose own rules answer about the clock."""

    session: Session
    at: datetime
    booking: OwnBooking | None
    clashes: tuple[Commitment, ...]
    chosen_before: tuple[Choice, ...]
    is_received: bool
    is_hosted: bool

    @property
    def places(self) -> Places | None:
        """Its places; ``None`` where nobody books it."""
        places: Places | None = getattr(self.session, "workshop", None)
        return places

    @property
    def is_full(self) -> bool:
        """Whether a newcomer would have to wait."""
        return self.places is not None and self.places.is_full

    @property
    def is_late(self) -> bool:
        """Whether what comes free is not given any more, but there for those in line to take."""
        starts_at = self.session.starts_at
        return starts_at is not None and is_last_half_hour(starts_at, self.at)

    @property
    def is_free(self) -> bool:
        """Whether a place is free to take for those in line."""
        return self.is_late and self.places is not None and self.places.has_one_to_give

    @property
    def is_for_all(self) -> bool:
        """Whether those in line have had their time."""
        starts_at = self.session.starts_at
        return starts_at is not None and is_for_all(starts_at, self.at)

    @property
    def free_for_all(self) -> int:
        """How many places that were held for the line are anybody's, in the last minutes."""
        places = self.places
        return places.held if places is not None and places.line and self.is_for_all else 0


def book_button(case: Case) -> Button:
    """Return the button that books, joins the line, or takes what is free in the last minutes."""
    session, clashes = case.session, case.clashes
    if case.free_for_all:
        return take_button(case)
    if case.is_full:
        return Button(_("Join the waiting list"), act_url(session, "book"), wanted="line")
    if clashes:
        return swap_button(case)
    gave_up = case.booking is not None and case.booking.is_given_up
    label = _("Book again") if gave_up else _("Book a place")
    return Button(label, act_url(session, "book"), "primary", wanted="place")


def take_button(case: Case) -> Button:
    """Return the button that takes what is free; where it overlaps something, it asks first."""
    if not case.clashes:
        return Button(_("Take the place"), act_url(case.session, "take"), "primary", wanted="place")
    return replace(swap_button(case), url=act_url(case.session, "take"), kind="primary")


def swap_button(case: Case) -> Button:
    """Return the button that leads to the page which names what a swap gives up."""
    clashes = case.clashes
    label = counted(len(clashes), "Swap with %(count)s session", "Swap with %(count)s sessions")
    if len(clashes) == 1:
        label = _("Swap with “%(title)s”") % {"title": clashes[0].title}
    return Button(label, act_url(case.session, "swap"), is_page=True)


def decide_button(case: Case) -> Button:
    """Return the button that leads to the page on which they decide."""
    return Button(_("Decide which to keep"), act_url(case.session, "decide"), "primary", is_page=True)
