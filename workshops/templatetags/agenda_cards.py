"""The cards of an agenda, its slots, their lines at a glance, and its figures."""

from collections.abc import Iterable, Mapping

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from workshops.agenda import cards
from workshops.agenda.reading import Agenda
from workshops.agenda.slots import AgendaCard, AgendaSlot
from workshops.templatetags.agenda import note_for
from workshops.views.requests import Note

register = template.Library()


@register.simple_tag(takes_context=True)
def agenda_card(
    context: Context, card: AgendaCard, *, notes: Mapping[str, Note] | None, target: str
) -> SafeString:
    """One card with the note that waits for it, if any; ``target`` is the id of its slot."""
    request = getattr(context, "request", None)
    return cards.card_html(card, note_for(notes, card.state), target, request)


@register.simple_tag(takes_context=True)
def agenda_slot(
    context: Context, slot: AgendaSlot, *, notes: Mapping[str, Note] | None = None, oob: bool = False
) -> SafeString:
    """A slot with the notes that wait for its cards; ``oob``: beside another slot's answer."""
    return cards.slot_html(slot, notes or {}, context.request, oob=oob)  # type: ignore[attr-defined]  # a page's


@register.simple_tag(takes_context=True)
def agenda_slots(
    context: Context, slots: Iterable[AgendaSlot], *, notes: Mapping[str, Note] | None = None
) -> SafeString:
    """All slots of a day, with the notes that wait for their cards."""
    return cards.slots_html(slots, notes or {}, context.request)  # type: ignore[attr-defined]  # a page's


@register.simple_tag
def glance_lines(slots: Iterable[AgendaSlot]) -> SafeString:
    """What stands in all slots of a day at a glance."""
    return mark_safe("".join([cards.line_html(slot, oob=False) for slot in slots]))  # noqa: S308  # markup of ours


@register.simple_tag
def glance_line(slot: AgendaSlot, *, oob: bool = False) -> SafeString:
    """What stands in a slot at a glance; ``oob``: beside an answer that has changed the slot."""
    return cards.line_html(slot, oob=oob)


@register.simple_tag(takes_context=True)
def agenda_figures(context: Context, agenda: Agenda, *, oob: bool = False) -> SafeString:
    """What they have in figures, their choices and the way to the first; ``oob``: beside a slot's answer."""
    return cards.figures_html(agenda, context.request, oob=oob)  # type: ignore[attr-defined]  # a page's
