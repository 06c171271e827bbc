"""What the agenda's fragments need on any page: the page they stand on, their notes, and their figures."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django import template
from django.http import HttpRequest
from django.template import Context

from common.http import next_url
from events.models import Event, Session
from events.programme.reading import Item
from workshops.agenda.reading import Summary, summary_of
from workshops.agenda.slots import AgendaCard
from workshops.agenda.states import State
from workshops.places.alternatives import alternatives_of
from workshops.views.requests import Note, notes_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_here(context: Context) -> str:
    """Return the address of the page that is being read, to come back to it; empty where unknown."""
    request: HttpRequest | None = getattr(context, "request", None)
    if request is None:
        return ""
    return next_url(request) if request.method == "POST" else request.get_full_path()


@register.simple_tag(takes_context=True)
def note_here(context: Context, state: State) -> Note | None:
    """Return the note that waits for the card of ``state`` on the page that is being read, if any."""
    request: HttpRequest | None = getattr(context, "request", None)
    return None if request is None else note_for(notes_of(request), state)


@register.filter
def note_for(notes: Mapping[str, Note] | None, state: State) -> Note | None:
    """Return the note for the card of ``state``, if any."""
    return notes.get(state.card_id) if notes else None


@register.filter
def are_answered(cards: Iterable[AgendaCard], notes: Mapping[str, Note] | None) -> bool:
    """Whether one of the cards has a note, so that it must not stay folded away."""
    return any(note_for(notes, card.state) for card in cards)


@register.simple_tag
def alternatives(session: Session, at: datetime) -> list[Session]:
    """Return the sessions that have places in place of one that is cancelled."""
    return alternatives_of(session, at=at)


@register.simple_tag
def figures(event: Event, items: Iterable[Item], at: datetime) -> Summary:
    """Count what they have among all sessions of the programme, as loaded; no query."""
    states = (item.state for item in items)
    return summary_of(event, (one for one in states if one and (one.is_mine or one.is_chosen)), at=at)
