"""What of an event is theirs, for the front page and the event’s page: figures, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from events.calls_to_action import Standing
from workshops.agenda import reading, state_lookup
from workshops.agenda.reading import Summary
from workshops.agenda.states import OFFERED, YOURS, State

register = template.Library()

#: How many of their sessions are named; all of them are in their agenda.
NEXT = 3


@dataclass(frozen=True)
class AgendaSummary:
    """Their agenda in short: ``coming`` are the next sessions that they have, host or are offered."""

    summary: Summary
    coming: tuple[State, ...]


@register.simple_tag
def agenda_summary(standing: Standing, at: datetime) -> AgendaSummary | None:
    """Return their agenda in short at the moment ``at``, nothing for who is not registered. Two queries."""
    if standing.registration is None or not standing.is_registered:
        return None
    states = state_lookup.own_states(standing.registration, at=at).values()
    coming = [one for one in states if one.tone in (YOURS, OFFERED) and _is_ahead(one, at)]
    return AgendaSummary(reading.summary_of(standing.event, states, at=at), tuple(coming[:NEXT]))


def _is_ahead(state: State, at: datetime) -> bool:
    return state.session.ends_at is not None and state.session.ends_at > at
