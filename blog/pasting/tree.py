"""HTML from anywhere as a small tree, read by nh3 first: it ends what nobody ended, and drops scripts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import nh3

#: What the tree knows; of any other element the words stay.
TAGS: Final = {
    *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "pre", "div"),
    *("section", "article", "header", "footer", "main", "center", "dl", "dt", "dd"),
    *("strong", "b", "em", "i", "a", "sup", "sub", "code", "tt", "kbd", "span", "font", "u", "s", "del"),
    *(
        "strike",
        "mark",
        "img",
        "svg",
        "iframe",
        "video",
        "audio",
        "object",
        "embed",
        "canvas",
        "form",
        "input",
    ),
    *("button", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
LOOKS: Final = {"style", "class", "role", "aria-level", "data-aria-level"}
ATTRIBUTES: Final = {
    "*": LOOKS,
    "a": {"href"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
VOID: Final = frozenset({"br", "hr", "img", "input", "embed"})


@dataclass
class Node:
    """An element, its attributes, and what stands in it."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        """Yield it and all elements in it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def has(self, tag: str) -> bool:
        """Whether there is such an element in it."""
        return any(one.tag == tag for one in self.walk())

    @property
    def words(self) -> str:
        """Its words, without any element."""
        return "".join(one if isinstance(one, str) else one.words for one in self.children)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see in it."""
        return not self.words.strip() and not any(one.tag in ("img", "hr", "table") for one in self.walk())


def tree(html: str) -> Node:
    """Return the tree of a piece of HTML."""
    whole = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style", "title", "template", "textarea", "xml", "select", "head"},
    )
    parser = _Parser()
    parser.feed(whole)
    parser.close()
    return parser.root


def style_of(node: Node) -> dict[str, str]:
    """Return what an element's ``style`` says, by property, in lower case."""
    found = {}
    for one in node.attrs.get("style", "").split(";"):
        name, _, value = one.partition(":")
        if value.strip():
            found[name.strip().lower()] = value.strip().lower()
    return found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._open) > 1:  # nh3 has ended each in its order
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
