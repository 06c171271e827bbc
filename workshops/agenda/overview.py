"""Their agenda at a glance: one line for each time slot, what is theirs there or what is undecided.

A pure reading of the states that the slot shows; it adds no rule of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from common.words import counted, in_a_row, titles
from workshops.agenda.facts import Commitment
from workshops.agenda.states import CANCELLED, CONTESTED, OFFERED, OPEN_TO_EVERYONE, WAITING, YOURS, State

CHOICE = "choice"


@dataclass(frozen=True)
class SlotSummary:
    """What stands in one slot: ``words``, a short ``status`` beside them, and the ``tone`` of both."""

    words: str
    status: str = ""
    tone: str = ""


Writer = Callable[[Sequence[State]], SlotSummary]


def summary_of_slot(states: Sequence[State], busy_with: Sequence[Commitment]) -> SlotSummary:
    """Say what is in a slot with these sessions: what they have first, then what they could choose.

    ``busy_with`` is what of theirs goes on meanwhile, where the slot has nothing of its own for them.
    """
    by_writer = [(_writer_of(state), state) for state in states]
    for write in _WRITERS:
        found = [state for writer, state in by_writer if writer is write]
        if found:
            return write(found)
    if busy_with:
        return SlotSummary(_("During %(sessions)s") % {"sessions": titles(busy_with)})
    return SlotSummary(_("Nothing booked"))


def _offered(states: Sequence[State]) -> SlotSummary:
    return SlotSummary(_names(states), _("A place is held for you"), OFFERED)


def _contested(states: Sequence[State]) -> SlotSummary:
    return SlotSummary(_names(states), _("Decide which to keep"), OFFERED)


def _own(states: Sequence[State]) -> SlotSummary:
    return SlotSummary(_names(states), _same(states, _("Yours")), YOURS)


def _chosen(states: Sequence[State]) -> SlotSummary:
    return SlotSummary(_names(states), _same(states, _("Chosen")), YOURS if states[0].tone else OFFERED)


def _waiting(states: Sequence[State]) -> SlotSummary:
    first = states[0]
    status = (first.at_a_glance or first.label) if len(states) == 1 else _("On waiting lists")
    return SlotSummary(_names(states), status, WAITING)


def _choice(states: Sequence[State]) -> SlotSummary:
    free = sum(not state.is_full for state in states)
    if len(states) == 1:
        return SlotSummary(states[0].session.title, _("Not booked yet") if free else _("Full"), CHOICE)
    words = counted(len(states), "%(count)s session to choose from", "%(count)s sessions to choose from")
    if free == len(states):
        return SlotSummary(words, _("Choose"), CHOICE)
    status = counted(free, "%(count)s with places", "%(count)s with places") if free else _("All full")
    return SlotSummary(words, status, CHOICE)


def _cancelled(states: Sequence[State]) -> SlotSummary:
    return SlotSummary(_names(states), _("Cancelled"), CANCELLED)


def _open(states: Sequence[State]) -> SlotSummary:
    sessions = counted(len(states), "%(count)s session", "%(count)s sessions")
    return SlotSummary(states[0].session.title if len(states) == 1 else sessions, str(OPEN_TO_EVERYONE))


def _names(states: Sequence[State]) -> str:
    return in_a_row(state.session.title for state in states)


def _same(states: Sequence[State], otherwise: str) -> str:
    labels = {state.label for state in states}
    return labels.pop() if len(labels) == 1 else otherwise


def _writer_of(state: State) -> Writer | None:
    """Return who writes of a session in this state; ``None`` where nothing is said of it."""
    if state.is_chosen and state.tone != OFFERED:
        return _chosen
    if state.tone in _OF_THE_READER:
        return _OF_THE_READER[state.tone]
    if state.buttons and not state.clashes:
        return _choice
    if state.tone == CANCELLED:
        return _cancelled
    return _open if state.is_open_to_everyone else None


_OF_THE_READER: Final[dict[str, Writer]] = {
    CONTESTED: _contested,
    OFFERED: _offered,
    YOURS: _own,
    WAITING: _waiting,
}
#: In the order of what matters to the reader: the first that has a session makes the line.
_WRITERS: Final[tuple[Writer, ...]] = (
    _contested,
    _offered,
    _own,
    _chosen,
    _waiting,
    _choice,
    _cancelled,
    _open,
)
