"""Her agenda at a glance: one line for each time slot, what is hers there or what is undecided.

A pure reading of the states that the slot shows; it adds no rule of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from events.models import Session
from workshops.agenda.states import (
    CANCELLED,
    OFFERED,
    OPEN_TO_EVERYONE,
    WAITING,
    YOURS,
    State,
    titles,
)

CHOICE = "choice"


@dataclass(frozen=True)
class Line:
    """What stands in one slot: ``words``, a short ``status`` beside them, and the ``tone`` of both."""

    words: str
    status: str = ""
    tone: str = ""


def line_of(states: Sequence[State], busy_with: Sequence[Session]) -> Line:
    """Say what is in a slot with these sessions: what she has first, then what she could choose.

    ``busy_with`` is what of hers goes on meanwhile, where the slot has nothing of its own for her.
    """
    for rank, line in _LINES:
        found = [state for state in states if rank(state)]
        if found:
            return line(found)
    if busy_with:
        return Line(f"During {titles(busy_with)}")
    return Line("Nothing booked")


def _offered(states: Sequence[State]) -> Line:
    return Line(_names(states), "A place is held for you", OFFERED)


def _hers(states: Sequence[State]) -> Line:
    return Line(_names(states), _same(states, "Yours"), YOURS)


def _chosen(states: Sequence[State]) -> Line:
    return Line(_names(states), _same(states, "Chosen"), YOURS if states[0].tone else OFFERED)


def _waiting(states: Sequence[State]) -> Line:
    status = states[0].label.removeprefix("You are ") if len(states) == 1 else "On waiting lists"
    return Line(_names(states), status, WAITING)


def _choice(states: Sequence[State]) -> Line:
    free = sum(not state.is_full for state in states)
    if len(states) == 1:
        return Line(states[0].session.title, "Not booked yet" if free else "Full", CHOICE)
    status = "Choose" if free == len(states) else f"{free} with places" if free else "All full"
    return Line(f"{len(states)} sessions to choose from", status, CHOICE)


def _cancelled(states: Sequence[State]) -> Line:
    return Line(_names(states), "Cancelled", CANCELLED)


def _open(states: Sequence[State]) -> Line:
    words = states[0].session.title if len(states) == 1 else f"{len(states)} sessions"
    return Line(words, OPEN_TO_EVERYONE)


def _names(states: Sequence[State]) -> str:
    return " and ".join(state.session.title for state in states)


def _same(states: Sequence[State], otherwise: str) -> str:
    labels = {state.label for state in states}
    return labels.pop() if len(labels) == 1 else otherwise


#: Which states make the line, in the order of what matters to her, and how it is written.
_LINES: tuple[tuple[Callable[[State], bool], Callable[[Sequence[State]], Line]], ...] = (
    (lambda state: state.tone == OFFERED, _offered),
    (lambda state: state.tone == YOURS and not state.is_chosen, _hers),
    (lambda state: state.is_chosen, _chosen),
    (lambda state: state.tone == WAITING, _waiting),
    (lambda state: bool(state.buttons) and not state.clashes, _choice),
    (lambda state: state.tone == CANCELLED, _cancelled),
    (lambda state: state.label == OPEN_TO_EVERYONE, _open),
)
