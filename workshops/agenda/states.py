"""The values that say what a session is to one registered reader: words, with their buttons.

``workshops.agenda.session_state`` makes them; the agenda and the programme show them
(``events.programme.states``).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy

from common.fingerprints import fingerprint
from common.words import in_heading
from events.models import Session
from workshops.agenda.facts import Commitment

YOURS, WAITING, OFFERED, CANCELLED = "yours", "waiting", "offered", "cancelled"
#: Theirs, and at the time of another one since it moved.
CONTESTED = "contested"
#: Words that several say; each writes them in the language of the moment (``str``).
BOOKED = gettext_lazy("Booked")
WILL_EMAIL = gettext_lazy("We will email you if a place comes free.")
OPEN_TO_EVERYONE = gettext_lazy("Open to everyone")
NO_BOOKING_NEEDED = gettext_lazy("No need to book.")


@dataclass(frozen=True)
class Button:
    """One act in words. A ``page`` is a link to a page that asks first; all others post.

    ``wanted`` tells the rule's view what the words were about: a place, or the waiting list.
    """

    label: str
    url: str
    kind: str = "secondary"
    is_page: bool = False
    wanted: str = ""

    @property
    def act(self) -> str:
        """The verb that its address ends in: ``book``."""
        return self.url.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True)
class State:
    """What a session is to the reader.

    ``tone`` marks its card (``yours``, ``contested``, ``waiting``, ``offered``, ``cancelled`` or empty);
    ``label`` is the word on it, ``brief`` the same shorter where it is long, ``at_a_glance`` the same in a
    list of what is theirs, ``message`` the sentence below, ``until`` a deadline, ``opens_at`` when booking
    opens where the session has a moment of its own; ``alternatives`` are sessions of the same time that have
    places. ``places`` are words. ``warning`` is what to know before pressing, said where there is room.
    ``is_booked``: a place is the reader's. Where booking has not opened, ``then`` is what it is from the
    moment ``turns_at`` on if nothing else happens: a page has both, and shows that one by itself.
    """

    session: Session
    tone: str = ""
    label: str = ""
    message: str = ""
    warning: str = ""
    places: str = ""
    is_full: bool = False
    until: datetime | None = None
    opens_at: datetime | None = None
    buttons: tuple[Button, ...] = ()
    alternatives: tuple[Session, ...] = ()
    clashes: tuple[Commitment, ...] = ()
    is_booked: bool = False
    is_chosen: bool = False
    is_open_to_everyone: bool = False
    brief: str = ""
    at_a_glance: str = ""
    turns_at: datetime | None = None
    then: "State | None" = None

    @property
    def is_mine(self) -> bool:
        """Whether it stands in their agenda, or they are asked about it."""
        return bool(self.tone)

    @property
    def holds_a_place(self) -> bool:
        """Whether one of the places is theirs, or held for them: how many others are left does not matter."""
        return self.is_booked or self.tone in (OFFERED, CONTESTED)

    @property
    def is_bookable(self) -> bool:
        """Whether it has places to book, now or ever."""
        return getattr(self.session, "workshop", None) is not None

    @property
    def is_brief(self) -> bool:
        """Whether a few words say it, so that they stand in one line, with the button if there is one."""
        return not (self.until or self.opens_at or self.alternatives or (self.message and self.buttons))

    @property
    def is_settled(self) -> bool:
        """Whether nothing is asked of the reader: it is theirs, open to everyone or cancelled."""
        asks = self.is_chosen or self.until is not None
        return (self.tone in (YOURS, CANCELLED) and not asks) or self.is_open_to_everyone

    @cached_property
    def shown(self) -> str | None:
        """Name all that its card shows; ``None`` where that is a moment, or what else they could have.

        The name is how Python writes it: pages look hundreds up, and a text is quickly found.
        """
        if self.until or self.opens_at or self.alternatives:
            return None
        words = (self.label, self.brief, self.message, self.places, self.session.title)
        then = self.then and self.then.shown
        return repr((self.tone, self.is_full, self.buttons, words, self.turns_at, then))

    @property
    def card_id(self) -> str:
        """The id of the session's card on every page."""
        return f"session-{self.session.pk}"

    @property
    def panel_id(self) -> str:
        """The id of the part with state and buttons."""
        return f"booking-{self.session.pk}"

    @property
    def heard_id(self) -> str:
        """The id of what ends its heading."""
        return f"heard-{self.session.pk}"

    @property
    def hears_places(self) -> bool:
        """Whether its places are what ends its heading."""
        return not (self.brief or self.label)

    @property
    def heard(self) -> str:
        """What ends its heading: ", booked", ", waiting 7th", ", 5 of 14 places left"."""
        words = in_heading(self.brief or self.label or self.places)
        return f", {words}" if words else ""

    @property
    def acts(self) -> list[tuple[str, Button]]:
        """Its buttons, each with its id: the opposite of what was pressed is another element."""
        return [(f"act-{self.session.pk}-{button.act}", button) for button in self.buttons]

    @property
    def acts_then(self) -> list[tuple[str, Button]]:
        """Its buttons from the moment on at which booking opens, but for those that it has already."""
        return [one for one in self.then.acts if one[1].act not in self._names] if self.then else []

    @property
    def acts_until_then(self) -> list[str]:
        """The verbs of those buttons that it has until booking opens."""
        return [name for name in self._names if name not in self.then._names] if self.then else []

    @property
    def _names(self) -> list[str]:
        return [button.act for button in self.buttons]

    @cached_property
    def key(self) -> str:
        """Name what is shown, but for the number of places: a page with another key is out of date."""
        shown = (self.tone, self.label, self.message, self.until, self.opens_at, self.is_full, self.buttons)
        then = self.then and (self.turns_at, self.then.key)
        return fingerprint(shown, [one.pk for one in self.alternatives], then)


class Timed(Protocol):
    """What has a time, or none."""

    @property
    def starts_at(self) -> datetime | None:
        """When it starts."""

    @property
    def ends_at(self) -> datetime | None:
        """When it ends."""


def overlap(one: Timed, other: Timed) -> bool:
    """Whether two live sessions overlap; touching ends do not."""
    if not (one.starts_at and one.ends_at and other.starts_at and other.ends_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def act_url(session: Session, act: str) -> str:
    """Where an act on a session is posted, or asked about."""
    return _address(act, session.event.slug, session.slug)


@lru_cache(maxsize=4096)  # a programme has hundreds of buttons, and looking an address up is slow
def _address(act: str, event_slug: str, session_slug: str) -> str:
    return reverse(f"workshops:{act}", args=[event_slug, session_slug])
