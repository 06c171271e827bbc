"""The parts of one member's agenda: its time slots and their sessions, decided when they are looked at."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from common.fingerprints import fingerprint
from common.recent import Recent
from events.models import Session
from events.programme.contents import SessionCard
from workshops.agenda import overview
from workshops.agenda.facts import Commitment
from workshops.agenda.states import WAITING, State

#: Where a card stands in its slot, in this order.
PARTS = ("own", "choices", "others")


@dataclass(frozen=True, eq=False)
class PlannedSlot:
    """The sessions that start at one moment, before they are anything to anybody.

    It ends with the last of them; ``begins`` and ``ends`` are its first and last minute in words: "10:00", or
    "01:30 (UTC+1)" in an hour that comes twice. ``ends`` is empty where its sessions end at several.
    """

    id: str
    title: str
    length: str
    note: str
    begins: str
    ends: str
    starts_at: datetime
    ends_at: datetime
    sessions: tuple[SessionCard, ...]


@dataclass(frozen=True)
class AgendaCard:
    """One session on the agenda: what everybody reads (``about``) and what it is to its reader.

    ``states`` has its state by the session's id, and decides it when it is asked for.
    """

    states: Mapping[int, State]
    about: SessionCard

    @property
    def pk(self) -> int:
        """The session's own key."""
        return self.about.id

    @cached_property
    def state(self) -> State:
        """What it is to its reader."""
        return self.states[self.about.id]

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.state.session

    @property
    def shown(self) -> Hashable:
        """Name all that it shows; ``None`` where its state has no such name (``State.shown``)."""
        state = self.state
        if state.shown is None:
            return None
        looks = (state.is_chosen, state.is_settled, state.is_bookable)
        return (self.about, state.shown, looks)


@dataclass(frozen=True)
class AgendaSlot:
    """A planned slot and what its sessions are: the reader’s own, those to choose from, those folded away."""

    plan: PlannedSlot
    among: Mapping[int, State]

    @property
    def id(self) -> str:
        """The id of the slot on every page."""
        return self.plan.id

    @cached_property
    def cards(self) -> tuple[AgendaCard, ...]:
        """Its sessions."""
        return tuple(AgendaCard(self.among, about) for about in self.plan.sessions)

    @cached_property
    def parts(self) -> dict[str, tuple[AgendaCard, ...]]:
        """Its cards by where they stand: ``own``, ``choices``, ``others``."""
        placed = [(_part(card.state), card) for card in self.cards]
        return {name: tuple(card for part, card in placed if part == name) for name in PARTS}

    @property
    def own(self) -> tuple[AgendaCard, ...]:
        """What is theirs, or open to all."""
        return self.parts["own"]

    @property
    def choices(self) -> tuple[AgendaCard, ...]:
        """What they can choose, have chosen, or wait for."""
        return self.parts["choices"]

    @property
    def others(self) -> tuple[AgendaCard, ...]:
        """What is folded away: it overlaps something of theirs."""
        return self.parts["others"]

    @cached_property
    def key(self) -> str:
        """Name what the slot shows: a page with another key is out of date."""
        keys = [[card.state.key for card in cards] for cards in (self.own, self.choices, self.others)]
        return fingerprint(keys, self.plan.title, self.plan.note, self.line)

    @cached_property
    def key_then(self) -> str:
        """Its key once booking has opened, if nothing else happens; empty where more changes than cards."""
        if not any(card.state.then for card in self.cards):
            return ""
        then = {card.pk: card.state.then or card.state for card in self.cards}
        line = overview.summary_of_slot([then[state.session.pk] for state in self.states], self.busy_with)
        moves = any(_part(card.state) != _part(then[card.pk]) for card in self.cards)
        if moves or line != self.line:
            return ""
        keys = [[then[card.pk].key for card in cards] for cards in (self.own, self.choices, self.others)]
        return fingerprint(keys, self.plan.title, self.plan.note, line)

    @cached_property
    def shown(self) -> Hashable:
        """Name all that it shows; ``None`` where one of its cards has no such name (``AgendaCard.shown``)."""
        cards = tuple([card.shown for card in self.cards])
        if None in cards:
            return None
        stands = tuple([tuple([card.pk for card in part]) for part in self.parts.values()])
        headed = (self.plan.title, self.plan.length, self.plan.note)
        return _name((headed, cards, stands, tuple(self.busy_with), self.key, self.key_then))

    @cached_property
    def at_a_glance(self) -> Hashable:
        """Name all that its line at a glance shows."""
        plan = self.plan
        when = (plan.id, plan.begins, plan.ends, plan.note)
        return _name((when, self.line, self.key, self.key_then))

    @property
    def is_settled(self) -> bool:
        """Whether nothing here is asked of the reader."""
        return not self.choices and all(card.state.is_settled for card in self.own)

    @cached_property
    def line(self) -> overview.SlotSummary:
        """What stands here, at a glance."""
        return overview.summary_of_slot(self.states, self.busy_with)

    @cached_property
    def busy_with(self) -> list[Commitment]:
        """Return what of theirs goes on meanwhile, where the slot has nothing of theirs and no choice."""
        if self.own or self.choices:
            return []
        return list({one.session_id: one for state in self.states for one in state.clashes}.values())

    @cached_property
    def states(self) -> list[State]:
        """The states of all its sessions."""
        return [card.state for card in (*self.own, *self.choices, *self.others)]


class _Name:
    """Stands for all that a slot shows, of which there is much: found again without a look at it."""


#: As many as slots and lines are kept (``workshops.agenda.cards``): one of five sessions takes two kilobytes.
_names: Recent[_Name] = Recent(1536)


def _name(shown: Hashable) -> _Name:
    return _names.get(shown, _Name)


def _part(state: State) -> str:
    """Return the part of its slot in which a session stands.

    A choice, or a line in which they wait, stays where it stood: nothing jumps when they press.
    """
    if state.is_mine:
        return "choices" if state.is_chosen or state.tone == WAITING else "own"
    if state.clashes:
        return "others"
    return "choices" if state.is_bookable else "own"
