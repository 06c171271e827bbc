"""What a clipboard holds (Word, Google Docs, LibreOffice, a web page), as the elements that posts have.

Programs write how a text looks, not what it is: Word's lists are paragraphs with ``mso-list`` and a printed
marker, Google Docs wraps all in ``<b style="font-weight:normal">`` and writes bold as a weight. So the looks
are read before they are taken away: weights from 600 are bold (CSS Fonts 4, 2.2.1), slanted is emphasis,
outline levels are headings, the highest of them the second level. What posts do not have is counted, and
``Pasted.notes`` says so in words. What comes out is cleaned by ``blog.body``, like everything else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from blog.pasting import lists, tables
from blog.pasting.lists import Item
from blog.pasting.tree import Node, style_of, tree
from blog.pasting.words import Marks, Run, Words, written

#: Whatever has one of these was not written in the editor of posts.
FOREIGN: Final = re.compile(
    r"""\sstyle\s*=|\sclass\s*=\s*["']?(?!["']?pull-quote)|\saria-level\s*=|"""
    r"<(span|font|table|img|svg|h1|h5|h6|div|section|article|iframe|video|audio|object|embed|s|del|strike|u|mark)\b",
    re.IGNORECASE,
)
HEADING: Final = re.compile(r"h([1-6])")
BLOCKS: Final = frozenset(
    {"p", "ul", "ol", "table", "blockquote", "hr", "pre", "dl", "div", "section", "article"}
)
WITHIN: Final = frozenset(
    {"div", "section", "article", "header", "footer", "main", "center", "dl", "dt", "dd"}
)


@dataclass(frozen=True)
class Pasted:
    """A text as posts have it, and what was left out, each in a sentence."""

    html: str
    notes: tuple[str, ...] = ()


def read_clipboard(html: str) -> Pasted:
    """Return what a clipboard's HTML says, as elements of posts; ``blog.body`` cleans it."""
    reader = _Reader()
    root = tree(html)
    reader.shift = int(any(_level(one) == 1 for one in root.walk()))
    return Pasted(reader.blocks(root, Marks()), reader.words.notes())


def is_foreign(html: str) -> bool:
    """Whether it was written elsewhere than in the editor of posts."""
    return FOREIGN.search(html) is not None


def _level(node: Node) -> int:
    """Return the level of a heading, 0 for anything else."""
    if found := HEADING.fullmatch(node.tag):
        return int(found[1])
    if node.tag != "p":
        return 0
    named = {"MsoTitle": 1, "MsoSubtitle": 2}.get(node.attrs.get("class", ""), 0)
    by_class = re.fullmatch(r"MsoHeading\s?([1-6])", node.attrs.get("class", ""))
    is_told = node.attrs.get("role") == "heading"  # Word on the web
    outline = style_of(node).get("mso-outline-level", node.attrs.get("aria-level", "") if is_told else "")
    is_one = outline.isdecimal() and 1 <= int(outline) <= 6
    return named or (int(by_class[1]) if by_class else int(outline) if is_one else 0)


@dataclass
class _Flow:
    """Blocks as they come one after the other: paragraphs, entries of lists, captions, tables."""

    out: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    caption: str = ""

    def end_words(self) -> None:
        """Make a paragraph of the words that stood between blocks."""
        words = written(self.runs)
        self.runs.clear()
        if words:
            self.end_lists()
            self.out.append(f"<p>{words}</p>")

    def end_lists(self) -> None:
        """Make lists of the entries so far."""
        if self.items:
            self.out.append(lists.nested(self.items))
            self.items.clear()

    def end_caption(self) -> None:
        """Make a paragraph of a caption that has no table."""
        self.out += [f"<p>{self.caption}</p>"] if self.caption else []
        self.caption = ""

    def add_caption(self, words: str) -> None:
        """Give a caption to the table before it, or keep it for the one behind it."""
        if self.out and self.out[-1].startswith("<table><tbody>"):
            self.out[-1] = tables.with_caption(self.out[-1], words)
        else:
            self.end_caption()
            self.caption = words

    def add(self, made: str) -> None:
        """Add a whole block."""
        if made.startswith("<table><tbody>"):
            made, self.caption = tables.with_caption(made, self.caption), ""
        if made:
            self.end_lists()
            self.end_caption()
            self.out.append(made)

    def html(self) -> str:
        """Return all of it."""
        self.end_words()
        self.end_lists()
        self.end_caption()
        return "".join(self.out)


class _Reader:
    """Walks the tree once."""

    def __init__(self) -> None:
        self.shift = 0
        self.words = Words()

    def blocks(self, node: Node, marks: Marks) -> str:
        """Return what stands in an element as paragraphs, headings, lists and tables."""
        flow = _Flow()
        for child in self._flat(node):
            if isinstance(child, str) or not self._is_block(child):
                flow.runs += self.words.runs(child, marks)
                continue
            flow.end_words()
            item = lists.word_item(child)
            if item is not None:
                flow.items += self._word_items(child, item, marks)
            elif child.tag in ("ul", "ol"):
                flow.items += self._items(child, marks, 1)
            elif child.attrs.get("class") == "MsoCaption":
                flow.add_caption(written(self.words.runs(child, Marks())))
            else:
                flow.add(self._block(child, marks))
        return flow.html()

    def _word_items(self, node: Node, item: Item, marks: Marks) -> list[Item]:
        """Return the entry with its words, nothing where it has none."""
        if item.is_lettered:
            self.words.lost.add("letters")
        words = written(self.words.runs(lists.without_marker(node), marks))
        return [replace(item, html=f"<p>{words}</p>")] if words else []

    def _flat(self, node: Node) -> Iterator[Node | str]:
        """Yield what stands in an element, looking through what only wraps blocks (Google Docs' ``b``)."""
        for child in node.children:
            wraps = isinstance(child, Node) and (
                child.tag in WITHIN or (not self._is_block(child) and any(map(self._is_block, child.walk())))
            )
            if wraps and isinstance(child, Node):
                yield from self._flat(child)
                yield Node("end") if child.tag in WITHIN else ""
            else:
                yield child

    def _is_block(self, node: Node) -> bool:
        return node.tag in BLOCKS or node.tag == "end" or HEADING.fullmatch(node.tag) is not None

    def _block(self, node: Node, marks: Marks) -> str:
        if node.tag == "end":
            return ""
        if level := _level(node):
            tag = f"h{min(max(level + self.shift, 2), 4)}"
            words = written(
                [(text, replace(one, bold=False)) for text, one in self.words.runs(node, Marks())]
            )
            return f"<{tag}>{words}</{tag}>" if words else ""
        if node.tag == "hr":
            return "<hr>"
        if node.tag == "table":
            return tables.table(node, lambda cell: self.blocks(cell, Marks()))
        is_quote = node.tag == "blockquote" or "Quote" in node.attrs.get("class", "").removeprefix(
            "pull-quote"
        )
        if node.tag == "blockquote":
            kind = ' class="pull-quote"' if node.attrs.get("class") == "pull-quote" else ""
            return f"<blockquote{kind}>{self.blocks(node, marks)}</blockquote>"
        words = written(self.words.runs(node, marks))
        if not words:
            return ""
        return f"<blockquote><p>{words}</p></blockquote>" if is_quote else f"<p>{words}</p>"

    def _items(self, node: Node, marks: Marks, depth: int) -> Iterator[Item]:
        """Yield the entries of a list and of those in it, each with how deep it stands."""
        start = int(node.attrs["start"]) if node.attrs.get("start", "").isdecimal() else 1
        if node.tag == "ol" and node.attrs.get("type", "1") not in ("1", ""):
            self.words.lost.add("letters")
        for child in node.children:
            if not isinstance(child, Node):
                continue
            if child.tag in (
                "ul",
                "ol",
            ):  # Google Docs: a list right in a list belongs to the entry before it
                yield from self._items(child, marks, depth + 1)
                continue
            told = child.attrs.get("aria-level") or child.attrs.get("data-aria-level") or ""
            level = int(told) if told.isdecimal() and 0 < int(told) <= 9 else depth
            inner = [one for one in child.children if isinstance(one, Node) and one.tag in ("ul", "ol")]
            rest = Node("li", child.attrs, [one for one in child.children if one not in inner])
            html = self.blocks(rest, self.words.looks(child, marks))
            name = "aria" if told else str(id(node))
            if html or not inner:
                yield Item(level, node.tag == "ol", name, start=start, html=html or "<p></p>")
            start += 1
            for one in inner:
                yield from self._items(one, marks, level + 1)
