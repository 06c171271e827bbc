"""HTML in the cells of a programme, as web editors leave it, turned into what is written here (Markdown).

What an element means is kept (paragraphs, lists, links, headings, emphasis); everything else of the markup
goes. The text is shown through ``common.markdown``, which obeys no markup and cleans once more.
"""

import html
import re
from html.parser import HTMLParser
from typing import Final

_MARKUP: Final = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|strong|i|em|u|a|h[1-6]|blockquote|table|tr|td|font|img|hr|section)"
    r"(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,5}|[a-z]{2,8});")
_BLOCKS: Final = {"p", "div", "section", "table", "ul", "ol"}
_HEADINGS: Final = {f"h{n}" for n in range(1, 7)}
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_UNSEEN: Final = {"script", "style", "head", "title"}


def to_markdown(text: str) -> str:
    """Return a text without markup; one that has none is returned as it is."""
    if not _MARKUP.search(text):
        return html.unescape(text) if _ENTITY.search(text) else text
    writer = _Writer()
    writer.feed(text)
    writer.close()
    return writer.written()


def to_line(text: str) -> str:
    """Return a text as one line of plain words."""
    if _MARKUP.search(text):
        text = html.unescape(re.sub(r"<(?:br|/?p|/?li|/?div)\b[^<>]*>", " ", text, flags=re.IGNORECASE))
        text = _MARKUP.sub("", text)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    return " ".join(text.split())


class _Writer(HTMLParser):
    """Writes Markdown while it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int] = []
        self.links: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what an element means."""
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _HEADINGS:
            self.parts.append("\n\n## ")
        elif tag == "li":
            self.begin_item()
        elif tag in ("ul", "ol"):
            self.parts.append("\n" if self.lists else "\n\n")
            self.lists.append(1 if tag == "ol" else 0)
        elif tag in _BLOCKS or tag in ("tr", "hr", "blockquote"):
            self.parts.append("\n\n> " if tag == "blockquote" else "\n\n")
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.parts.append("[" if self.links[-1] else "")

    def begin_item(self) -> None:
        """Begin an item of the innermost list."""
        number = self.lists[-1] if self.lists else 0
        sign = f"{number}." if number else "-"
        self.parts.append(f"\n{'   ' * max(len(self.lists[:20]) - 1, 0)}{sign} ")
        if number:
            self.lists[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        """End what an element means."""
        if tag in _UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.parts.append(f"]({address})" if address else "")
        elif tag == "td":
            self.parts.append(" ")
        elif tag in _BLOCKS or tag in _HEADINGS:
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Take words; line ends of the source mean nothing."""
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))

    def written(self) -> str:
        """Return what was written, with no more than one blank line anywhere."""
        text = "".join(self.parts)
        text = re.sub(r"\*\*\s*\*\*|\[\]\([^)]*\)", "", text)
        text = re.sub(r"[ \t]+\n", "\n", text)
        text = re.sub(r"\n +(?![ ]*(?:-|\d+\.) )", "\n", text)
        return re.sub(r"\n{3,}", "\n\n", text).strip()
