"""What everybody reads of a programme, as values: its cards without places, buttons or the present moment."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

ON_DEMAND = "on-demand"


@dataclass(frozen=True)
class ThemeOn:
    """A theme, and how many of its sessions take place."""

    slug: str
    title: str
    summary: str
    colour: str
    sessions: int


@dataclass(frozen=True)
class SessionCard:
    """A session as everybody sees it on the programme.

    ``link`` is its title, for its heading; ``html`` is the text below that, without places and buttons.
    """

    id: int
    slug: str
    title: str
    format: str
    themes: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    is_published: bool
    room: str
    has_captions: bool
    has_sign_language: bool
    is_recorded: bool
    words: str
    link: SafeString
    html: SafeString
    #: The names of the filters about access that it passes (``access_features.FILTERS``).
    access: frozenset[str] = frozenset()
    #: Whether it is itself to be watched or read, by those who may.
    has_film: bool = False
    #: Whether there is a link to join, and whether joining is noted.
    has_link: bool = False
    notes_attendance: bool = True

    def __hash__(self) -> int:
        """Return the same for all that are equal, quickly: pages look hundreds of them up."""
        return self.id

    @property
    def anchor(self) -> str:
        """The id of its card on every page."""
        return f"session-{self.id}"

    def day(self, zone: ZoneInfo) -> str:
        """The day on which it takes place, as the filter writes it: ``2026-11-18`` or ``on-demand``."""
        return self.starts_at.astimezone(zone).date().isoformat() if self.starts_at else ON_DEMAND


@dataclass(frozen=True)
class Programme:
    """All public sessions of an event in order, its themes, and what most of its sessions share."""

    cards: tuple[SessionCard, ...]
    themes: tuple[ThemeOn, ...]
    usual: tuple[str, ...] = ()
    #: Names this very reading, for what is made of it; another one of the same programme has another.
    token: str = field(default_factory=lambda: uuid4().hex, compare=False)

    @cached_property
    def called_off(self) -> frozenset[int]:
        """Name the sessions that do not take place, by id."""
        return frozenset(card.id for card in self.cards if not card.is_published)

    def of_theme(self, slug: str) -> tuple[SessionCard, ...]:
        """Return the cards with this theme."""
        return tuple(card for card in self.cards if slug in card.themes)
