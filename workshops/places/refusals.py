"""The expected noes of booking: ``str()`` is the sentence for the member, ``of`` that for the team."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from common.refusals import Refusal
from common.words import titles
from events.models import Session

if TYPE_CHECKING:
    from workshops.places.eligibility import Clash


class BookingRefused(Refusal):
    """An expected no."""


class NotRegistered(BookingRefused):
    """Their registration is not confirmed, or it is not theirs."""


class AccountClosed(BookingRefused):
    """Nobody logs in to the account any more, so nobody could come."""


class NothingToBook(BookingRefused):
    """The session has no places: it is open to all who are registered, or on demand."""


class BookingNotOpen(BookingRefused):
    """Before the opening moment."""


class BookingClosed(BookingRefused):
    """After the closing moment, after the start, or the session does not take place."""


class ChoicesClosed(BookingRefused):
    """Booking has opened: choices are over."""


class OfferGone(BookingRefused):
    """The deadline has passed, or they have answered already."""


class PlaceTaken(BookingRefused):
    """Nothing is free to take: somebody else was first, or it is given to who has waited longest."""

    def __init__(self) -> None:
        super().__init__(_("No place is free to take now: somebody else has been first."))


class SessionStarted(BookingRefused):
    """What somebody has there is not given up any more: nobody could have it, and they may be in it."""

    def __init__(self, session: Session) -> None:
        named = titles([session])
        super().__init__(
            _("%(session)s has started, so what you have there stays as it is.") % {"session": named},
            f"{named} has started, so what {{name}} has there stays as it is.",
        )


class Undecided(BookingRefused):
    """They have a place in it, and decide between that and what it overlaps."""

    def __init__(self) -> None:
        super().__init__(
            _("You have a place in it. Decide which of your sessions at this time you keep."),
            "{name} has a place in it, to decide between it and another session.",
        )


class DecisionOver(BookingRefused):
    """The place is theirs no more: it was given up, or the time to decide is over."""


class DecisionChanged(BookingRefused):
    """Something else of theirs overlaps it than the page has named."""


class WorkshopFull(BookingRefused):
    """No place: a swap leaves everything as it was. ``waiting`` says how many are in line."""

    def __init__(self, waiting: int) -> None:
        super().__init__(
            _("The last place has gone. Your sessions stay as they were."),
            "The last place has gone. The sessions of {name} stay as they were.",
        )
        self.waiting = waiting


class TimeClash(BookingRefused):
    """It overlaps what they have; ``clashes`` names it, empty where only the database saw it."""

    def __init__(self, clashes: Sequence["Clash"]) -> None:
        named = titles(clash.session for clash in clashes)
        says = _("It is at the same time as a session that you have.")
        if clashes:
            says = _("It is at the same time as %(sessions)s.") % {"sessions": named}
        super().__init__(says, f"It is at the same time as {named or 'another session'}, which {{name}} has.")
        self.clashes = list(clashes)
