"""Lists of Word, which are paragraphs with a printed marker, and lists as they should be.

Word says ``mso-list:l0 level2 lfo1`` (which list, how deep), and prints the marker in a span that is told to
be ignored (``mso-list:Ignore``); older files have only a style's name, such as ``MsoListBullet2``, or the
marker and some spaces in front of the words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from blog.pasting.tree import Node, style_of

LIST: Final = re.compile(r"(?:(l\d+)\s+)?level(\d)")
NAMED: Final = re.compile(r"MsoList(Bullet|Number)?(?:Paragraph|Continue)?(\d)?")
#: A marker that counts, and one that does not, in front of at least two spaces that do not break, or a tab.
COUNTED: Final = re.compile(r"\(?((?:\d+\.)*\d+|[a-zA-Z]|[ivxlcIVXLC]+)[.)]")
PRINTED: Final = re.compile(
    r"^\s*(\(?(?:(?:\d+\.)*\d+|[a-zA-Z]|[ivxlcIVXLC]+)[.)]|[·•▪◦‣○●■§oüØv\u2013-])"
    r"(?=[ \t\u00a0]*[\t\u00a0])[ \t\u00a0]+"
)
#: How far Word moves each level in.
INDENT: Final = 36.0
DEEPEST: Final = 9


@dataclass(frozen=True)
class Item:
    """An entry of a list: how deep, whether it is counted, of which list, from which number."""

    level: int
    is_ordered: bool
    name: str
    start: int = 1
    is_lettered: bool = False
    html: str = ""


def word_item(node: Node) -> Item | None:
    """Return the entry that a paragraph of Word is, ``None`` for any other paragraph."""
    if node.tag not in ("p", "div") and not node.tag.startswith("h"):
        return None
    told = style_of(node).get("mso-list", "")
    found = LIST.search(told) if told and "none" not in told else None
    named = NAMED.match(node.attrs.get("class", ""))
    marker = _marker(node)
    if found is None and (named is None or not (marker or named[1])):
        return None
    if found:
        name, level = found[1] or "", int(found[2])
    else:
        assert named is not None  # noqa: S101  # looked at above
        name, level = named[1] or "", int(named[2]) if named[2] else _level(node)
    counted = COUNTED.fullmatch(marker)
    is_ordered = bool(counted) or (not marker and bool(named) and named is not None and named[1] == "Number")
    last = counted[1].rpartition(".")[2] if counted else "1"
    start = int(last) if last.isdecimal() else 1
    is_lettered = bool(counted) and not last.isdecimal()
    return Item(max(1, min(level, DEEPEST)), is_ordered, name, start, is_lettered)


def without_marker(node: Node) -> Node:
    """Return the paragraph without its printed marker."""
    if any(_is_ignored(one) for one in node.walk()):
        return _without_ignored(node)
    return _without_printed(node)


def nested(items: Sequence[Item]) -> str:
    """Return entries as lists, each deeper one within the entry before it."""
    out: list[str] = []
    open_: list[Item] = []
    for item in items:
        level = min(item.level, len(open_) + 1)
        while len(open_) > level:
            out.append(f"</li></{_tag(open_.pop())}>")
        if len(open_) == level:
            out.append("</li>")
            before = open_[-1]
            is_other = level == 1 and before.name != item.name
            if before.is_ordered != item.is_ordered or is_other:
                out.append(f"</{_tag(open_.pop())}>")
        if len(open_) < level:
            start = f' start="{item.start}"' if item.is_ordered and item.start > 1 else ""
            out.append(f"<{_tag(item)}{start}>")
            open_.append(item)
        out.append(f"<li>{item.html}")
    while open_:
        out.append(f"</li></{_tag(open_.pop())}>")
    return "".join(out)


def _tag(item: Item) -> str:
    return "ol" if item.is_ordered else "ul"


def _is_ignored(node: Node) -> bool:
    return style_of(node).get("mso-list", "") == "ignore"


def _marker(node: Node) -> str:
    """Return the marker that Word has printed: "·", "2.", "a)"; "" where there is none."""
    ignored = next((one for one in node.walk() if _is_ignored(one)), None)
    if ignored is not None:
        return ignored.words.replace("\u00a0", " ").strip()
    found = PRINTED.match(node.words)
    return found[1] if found else ""


def _level(node: Node) -> int:
    """Return how deep a paragraph stands by how far it is moved in."""
    margin = re.match(r"([\d.]+)(pt|in|cm|px)?", style_of(node).get("margin-left", ""))
    if not margin:
        return 1
    points = float(margin[1].rstrip(".") or 0) * {"in": 72, "cm": 28.35, "px": 0.75}.get(margin[2] or "pt", 1)
    return max(1, round(points / INDENT))


def _without_ignored(node: Node) -> Node:
    children: list[Node | str] = [
        one if isinstance(one, str) else _without_ignored(one)
        for one in node.children
        if isinstance(one, str) or not _is_ignored(one)
    ]
    return Node(node.tag, node.attrs, children)


def _without_printed(node: Node) -> Node:
    """Take the marker off the front of the words, through whatever stands around them."""
    found = PRINTED.match(node.words)
    left = found.end() if found else 0

    def cut(one: Node) -> Node:
        nonlocal left
        children: list[Node | str] = []
        for child in one.children:
            if isinstance(child, Node):
                children.append(cut(child))
                continue
            children.append(child[left:])
            left = max(0, left - len(child))
        return Node(one.tag, one.attrs, children)

    return cut(node)
