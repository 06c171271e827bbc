"""The whole card of a session, written once for all to whom it looks the same.

A card is made of values: what everybody reads, the places in words, and what the session is to its reader. It
is kept in the memory of a process under all of these; a state names itself for this (``shown``), unless one
reader alone can see it so: a moment in their zone, or a note on what they just did. What a form carries
unseen is no such value: a kept card has a mark in its place, where each reader gets their own.
"""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from common import languages
from common.recent import Recent
from events.places_seen import PlacesSeen
from events.programme.contents import SessionCard
from events.programme.layouts import Layout
from events.programme.reading import Item
from members.interrupted_forms.hidden_fields import MARK, with_their_fields

TEMPLATE = "events/_card.html"
#: One of 300 sessions with their buttons takes a megabyte.
_kept: Recent[SafeString] = Recent(2048)
#: Cards of a page with a longer address are not kept: anybody can lengthen one.
MAX_ADDRESS_CHARS = 300


def laid_out(items: Iterable[Item], layout: Layout, request: HttpRequest | None = None) -> SafeString:
    """Return the layout with the cards of ``items``; without a request none of them may have a form."""
    page, by_id = _Page(request), {item.card.id: item for item in items}
    filled = layout.filled([page.card(by_id[pk]) for pk in layout.sessions])
    return filled if request is None else with_their_fields(filled, request)


def noted(items: Iterable[Item], request: HttpRequest) -> list[Item]:
    """Return those of ``items`` about which a note waits for the page: what became of an act on them."""
    anchors = _noted(request)
    return [item for item in items if item.anchor in anchors] if anchors else []


def _noted(request: HttpRequest) -> set[str]:
    return {message.extra_tags for message in get_messages(request) if message.extra_tags}


class _Page:
    """The page on which cards stand: where its forms lead back to, its language, its reader's notes."""

    def __init__(self, request: HttpRequest | None) -> None:
        self._request = request
        self._here = request.get_full_path() if request else ""
        self._language = languages.current()
        self._noted = _noted(request) if request else set()
        self._keeps = request is not None and len(self._here) <= MAX_ADDRESS_CHARS

    def card(self, item: Item) -> SafeString:
        """Return the card of ``item``: as it is kept, with marks, or written for its reader alone."""
        if not item.state:
            return _for_all(item.card, item.places, item.is_past, self._language)
        shown: Hashable = getattr(item.state, "shown", None)
        if not self._keeps or shown is None or (self._noted and item.anchor in self._noted):
            return _written({"item": item, "next": self._here}, self._request)
        return _kept.get(
            (item.card, item.is_past, shown, self._here, self._language),
            lambda: _written({"item": item, "next": self._here, "csrf_token": MARK}),
        )


@lru_cache(maxsize=2048)
def _for_all(
    card: SessionCard,
    places: PlacesSeen | None,
    is_past: bool,  # noqa: FBT001  # a key of what is kept, like the others
    _language: str,
) -> SafeString:
    return _written({"item": Item(card, places, is_past=is_past)})


def _written(context: dict[str, object], request: HttpRequest | None = None) -> SafeString:
    return mark_safe(get_template(TEMPLATE).render(context, request))  # noqa: S308  # a template's own output
