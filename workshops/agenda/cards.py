"""The whole card of a session on an agenda, written once for all to whom it looks the same.

As on the programme (``events.programme.cards``): kept in the memory of a process under all that it shows,
with a mark where each reader has the unseen fields of their own. Here it may say what became of an act too.
"""

from collections.abc import Hashable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common import languages
from common.recent import Recent
from members.interrupted_forms.hidden_fields import MARK, with_their_fields
from workshops.agenda.slots import AgendaCard

TEMPLATE = "workshops/_agenda_card.html"
#: One of 300 sessions with their buttons takes a megabyte.
_kept: Recent[SafeString] = Recent(2048)


def written(card: AgendaCard, note: Hashable, target: str, request: HttpRequest) -> SafeString:
    """Return the card with the ``note`` on it, if any; ``target`` is the id of its slot."""
    shows = {"card": card, "note": note, "target": target}
    if card.shown is None:
        return render_to_string(TEMPLATE, shows, request)
    html = _kept.get(
        (card.shown, note, target, languages.current()),
        lambda: render_to_string(TEMPLATE, shows | {"csrf_token": MARK}),
    )
    return with_their_fields(html, request)
