"""What of an event is theirs, for the front page and the event’s page: figures, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from events.calls_to_action import Standing
from events.phases import phase_of
from events.programme import reading as programme
from workshops.agenda import reading, state_lookup
from workshops.agenda.reading import Summary
from workshops.agenda.states import OFFERED, YOURS, State
from workshops.agenda.their_day import TheirDay, their_day

register = template.Library()

#: How many of their sessions are named; all of them are in their agenda.
NEXT = 3


@dataclass(frozen=True)
class AgendaSummary:
    """Their agenda in short: ``coming`` are the next sessions that they have, host or are offered.

    ``day`` is what matters of it from the day before on, in place of those.
    """

    summary: Summary
    coming: tuple[State, ...]
    day: TheirDay | None = None

    @property
    def has_nothing(self) -> bool:
        """Whether nothing is booked, chosen, held for them or waited for."""
        of = self.summary
        return not (of.booked or of.contested or of.offered or of.waiting or of.chosen)


@register.simple_tag
def agenda_summary(standing: Standing, at: datetime) -> AgendaSummary | None:
    """Return their agenda in short at the moment ``at``, nothing for who is not registered.

    Two queries, one more from the day before the event on.
    """
    if standing.registration is None or not standing.is_registered:
        return None
    event = standing.event
    states = state_lookup.own_states(standing.registration, at=at).values()
    phase = phase_of(event, at=at)
    if phase.is_near or phase.is_over:
        seen, zone = programme.seen_now(event), standing.zone
        day = their_day(event, states, seen, at=at, reader_zone=zone)
        return AgendaSummary(reading.summary_of(event, states, at=at), (), day)
    coming = [one for one in states if one.tone in (YOURS, OFFERED) and _is_ahead(one, at)]
    return AgendaSummary(reading.summary_of(event, states, at=at), tuple(coming[:NEXT]))


def _is_ahead(state: State, at: datetime) -> bool:
    return state.session.ends_at is not None and state.session.ends_at > at
