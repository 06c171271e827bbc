"""The cards of an agenda's slot."""

from collections.abc import Mapping

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from workshops.agenda import cards
from workshops.agenda.slots import AgendaCard
from workshops.templatetags.agenda import note_for
from workshops.views.requests import Note

register = template.Library()


@register.simple_tag(takes_context=True)
def agenda_card(
    context: Context, card: AgendaCard, *, notes: Mapping[str, Note] | None, target: str
) -> SafeString:
    """One card with the note that waits for it, if any; ``target`` is the id of its slot."""
    return cards.written(card, note_for(notes, card.state), target, context.request)  # type: ignore[attr-defined]  # a page's
