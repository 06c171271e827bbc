"""Tells the elements of pages apart: by attributes, what is around them, and whether they say anything."""

import re
from collections.abc import Hashable
from html.parser import HTMLParser

#: Attributes whose values say which one it is, where it leads or what it says, not what it looks like.
FREE = re.compile(
    r"(data|hx)-.*|aria-(controls|describedby|label|labelledby)|action|alt|cols|content|d|datetime|for|form"
    r"|formaction|headers|height|href|id|list|max|maxlength|min|name|placeholder|points|popovertarget|rows"
    r"|src|srcset|title|value|viewbox|width"
)
#: Classes by which the admin names a page; no style asks for one.
NAMES_A_PAGE = re.compile(r"(app|model)-[a-z]+")
#: Elements without an end (HTML Living Standard, 13.1.2).
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def elements(html: str) -> set[Hashable]:
    """Return the elements of a page, each once however often it stands there."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.found


def _look(attribute: str, value: str | None) -> str | None:
    """Return what of an attribute's value may change how its element looks."""
    if attribute != "class" or value is None:
        return value
    return " ".join(one for one in value.split() if not NAMES_A_PAGE.fullmatch(one))


class _Parser(HTMLParser):
    """Walks a page; ``around`` are the elements that are open, ``says`` whether there were words in each."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[Hashable] = set()
        self.around: list[tuple[str, str]] = []
        self.says: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = (one if FREE.fullmatch(one) else f"{one}={_look(one, value)}" for one, value in attrs)
        element = (tag, " ".join(sorted(told)))
        if tag in VOID:
            self.found.add((*self.around, element))
        else:
            self.around.append(element)
            self.says.append(False)

    def handle_endtag(self, tag: str) -> None:
        while tag in [name for name, _ in self.around]:
            says = self.says.pop()
            self.found.add((*self.around, says))
            if self.says:
                self.says[-1] |= says
            if self.around.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and self.says:
            self.says[-1] = True
