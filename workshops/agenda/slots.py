"""The parts of one member's agenda: its days, their time slots, and the sessions in them. Pure values."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from common.fingerprints import fingerprint
from common.times import format_clock
from events.models import Session
from workshops.agenda import overview
from workshops.agenda.states import State


@dataclass(frozen=True)
class AgendaCard:
    """One session on the agenda: what everybody reads (``link``, ``text``) and what it is to its reader."""

    state: State
    link: SafeString
    text: SafeString

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.state.session


@dataclass(frozen=True)
class AgendaSlot:
    """The sessions that start at one moment: the reader’s own, those to choose from, those folded away."""

    id: str
    title: str
    length: str
    note: str
    own: tuple[AgendaCard, ...]
    choices: tuple[AgendaCard, ...]
    others: tuple[AgendaCard, ...]

    @property
    def key(self) -> str:
        """Name what the slot shows: a page with another key is out of date."""
        keys = [[card.state.key for card in cards] for cards in (self.own, self.choices, self.others)]
        return fingerprint(keys)

    @property
    def begins(self) -> str:
        """Its first minute: "10:00", or "01:30 (UTC+1)" in an hour that comes twice."""
        session = self.states[0].session
        return format_clock(session.starts_at, session.event.time_zone) if session.starts_at else ""

    @property
    def ends(self) -> str:
        """Its last minute: "11:30"; empty where its sessions end at several."""
        session = self.states[0].session
        if not self.length or session.ends_at is None:
            return ""
        return format_clock(session.ends_at, session.event.time_zone)

    @property
    def is_settled(self) -> bool:
        """Whether nothing here is asked of the reader."""
        return not self.choices and all(card.state.is_settled for card in self.own)

    @property
    def line(self) -> overview.SlotSummary:
        """What stands here, at a glance."""
        return overview.summary_of_slot(self.states, self.busy_with)

    @property
    def busy_with(self) -> list[Session]:
        """Return what of theirs goes on meanwhile, where the slot has nothing of theirs and no choice."""
        if self.own or self.choices:
            return []
        return list({one.session.pk: one.session for state in self.states for one in state.clashes}.values())

    @property
    def states(self) -> list[State]:
        """The states of all its sessions."""
        return [card.state for card in (*self.own, *self.choices, *self.others)]
