"""An agenda's cards, slots, lines at a glance and figures, written once for all to whom they look the same.

As on the programme (``events.programme.cards``): kept in the memory of a process under all that they show,
with a mark where each reader has the unseen fields of their own. Both may say what became of an act too: in a
rush many are told the same.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from common import languages
from common.recent import Recent
from members.interrupted_forms.hidden_fields import MARK, with_their_fields
from workshops.agenda.reading import Agenda
from workshops.agenda.slots import AgendaCard, AgendaSlot

CARD = "workshops/_agenda_card.html"
SLOT = "workshops/_agenda_slot.html"
LINE = "workshops/_glance_line.html"
FIGURES = "workshops/_agenda_summary.html"
#: One of 300 sessions with their buttons takes a megabyte.
_cards: Recent[SafeString] = Recent(2048)
_slots: Recent[SafeString] = Recent(512)
_lines: Recent[SafeString] = Recent(1024)
_figures: Recent[SafeString] = Recent(256)


def card_html(card: AgendaCard, note: Hashable, target: str, request: HttpRequest | None) -> SafeString:
    """Return the card with the ``note`` on it, if any; ``target`` is the id of its slot.

    Without a request it has the mark: whoever asks keeps it as part of something.
    """
    shows = {"card": card, "note": note, "target": target}
    return _written(_cards, CARD, card.shown and (card.shown, note, target), shows, request)


def slot_html(
    slot: AgendaSlot, notes: Mapping[str, Hashable], request: HttpRequest | None, *, oob: bool
) -> SafeString:
    """Return the slot with those of the ``notes`` (by the id of a card) that are about its sessions.

    ``oob``: beside another slot's answer. Without a request it has the mark, as a card has.
    """
    anchors = (about.anchor for about in slot.plan.sessions) if notes else ()
    said = {anchor: notes[anchor] for anchor in anchors if anchor in notes}
    shown = slot.shown
    shows = {"slot": slot, "notes": said, "oob": oob}
    return _written(_slots, SLOT, shown and (shown, tuple(said.items()), oob), shows, request)


def slots_html(
    slots: Iterable[AgendaSlot], notes: Mapping[str, Hashable], request: HttpRequest
) -> SafeString:
    """Return slots of a page, one after the other."""
    shows = ((slot, None if slot.shown and not notes else request) for slot in slots)
    written = "".join([slot_html(slot, notes, asked, oob=False) for slot, asked in shows])
    return with_their_fields(written, request)


def line_html(slot: AgendaSlot, *, oob: bool) -> SafeString:
    """Return the line of the slot at a glance; ``oob``: beside an answer that has changed the slot."""
    shows = {"slot": slot, "oob": oob}
    return _lines.get((slot.at_a_glance, oob, languages.current()), lambda: render_to_string(LINE, shows))


def figures_html(agenda: Agenda, request: HttpRequest, *, oob: bool) -> SafeString:
    """Return their figures and the way to the first choice; ``oob``: beside a slot's answer."""
    member, event, first = request.user, agenda.event, agenda.first_choice
    shows = {"agenda": agenda, "recipient": member, "oob": oob}
    way = first and (first[0].title, first[1].plan.begins)
    told, zones = agenda.summary, (event.time_zone, getattr(member, "time_zone", ""))
    figures = (told.booked, len(told.waiting), told.chosen, told.booking_opens_at, told.waits)
    named = (agenda.key, figures, way, event.slug, zones, timezone.localdate(), oob)
    shown = None if told.offered or told.contested else named
    return _written(_figures, FIGURES, shown, shows, request)


def _written(
    kept: Recent[SafeString],
    template: str,
    shown: Hashable | None,
    shows: Mapping[str, object],
    request: HttpRequest | None,
) -> SafeString:
    """Return what ``template`` makes of these; ``shown`` names all of it, and is ``None`` where it cannot."""
    if shown is None:
        return render_to_string(template, dict(shows), request)
    make: Callable[[], SafeString] = lambda: render_to_string(template, {**shows, "csrf_token": MARK})  # noqa: E731
    html = kept.get((shown, languages.current()), make)
    return html if request is None else with_their_fields(html, request)
