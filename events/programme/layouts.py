"""Sessions as they are laid out on a page, with a gap for each card: the same for all readers.

A layout is written by a template whose items have marks for cards, so that the template stays the only
markup; each reader's cards are put into the gaps (``events.programme.cards``).
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from events.programme.reading import Item

#: Where a card goes, with the session's id. Nobody can guess it, so no text of a programme can have one.
_MARK = secrets.token_hex(32)
_GAP = re.compile(f"{_MARK}-([0-9]+)-")


@dataclass(frozen=True)
class Layout:
    """The sessions that stand on a page by id, in its order, and what is around them: one part more."""

    sessions: tuple[int, ...]
    around: tuple[str, ...]

    def filled(self, cards: Iterable[str]) -> SafeString:
        """Return it with a card for each session."""
        first, *rest = self.around
        filled = "".join([part for pair in zip(cards, rest, strict=True) for part in pair])
        return mark_safe(first + filled)  # noqa: S308  # a template's own output


def gap(item: Item) -> Item:
    """Return ``item`` as a gap: nothing of its places or its reader comes in."""
    return Item(item.card, None, ready=mark_safe(f"{_MARK}-{item.card.id}-"))  # noqa: S308  # a mark of ours


def of_template(template: str, context: Mapping[str, object]) -> Layout:
    """Return what ``template`` makes of gaps; without a request, for nothing of a reader's may come in."""
    parts = _GAP.split(render_to_string(template, dict(context)))
    return Layout(tuple(int(pk) for pk in parts[1::2]), tuple(parts[::2]))
