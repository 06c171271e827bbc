"""A message as plain text: for mail programs that show no HTML, and for whoever prefers it."""

import re
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = frozenset({"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "caption", "hr"})


class _Text(HTMLParser):
    """Writes cleaned HTML as lines: a blank one between blocks, - or a number before points of lists."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.lists: list[int | None] = []
        self.link = ("", 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a point, a row, or a link."""
        facts = dict(attrs)
        if tag in ("ul", "ol"):
            start = facts.get("start") or ""
            self.lists.append(None if tag == "ul" else int(start) if start.isdecimal() else 1)
        if tag == "li" and self.lists:
            number = self.lists[-1]
            self.lists[-1] = None if number is None else number + 1
            is_first = len(self.lists) == 1 and (not self.text or self.text.endswith("\n\n"))
            before = self.text if is_first else f"{self.text.rstrip()}\n"
            indent = "  " * (len(self.lists) - 1)
            self.text = f"{before}{indent}{'-' if number is None else f'{number}.'} "
        elif tag in BLOCKS and not self.text.endswith(("- ", ". ")):
            self._apart()
        elif tag in ("br", "tr"):
            self.text += "\n"
        elif tag in ("td", "th") and not self.text.endswith("\n"):
            self.text += " | "
        if tag == "a":
            self.link = (facts.get("href") or "", len(self.text))

    def handle_endtag(self, tag: str) -> None:
        """End a block or a link, whose address follows its words."""
        if tag == "a":
            url, begin = self.link
            words = self.text[begin:].strip()
            if url and words not in (url, url.removeprefix("mailto:")):
                self.text += f": {url.removeprefix('mailto:')}"
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in BLOCKS and not self.lists:
            self._apart()

    def handle_data(self, data: str) -> None:
        """Write words, white space as one space."""
        words = re.sub(r"\s+", " ", data)
        self.text += words.lstrip() if self.text.endswith((" ", "\n")) or not self.text else words

    def _apart(self) -> None:
        self.text = f"{self.text.rstrip()}\n\n" if self.text.strip() else ""


def as_text(html: str) -> str:
    """Return a cleaned message as plain text."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return reader.text.strip()
