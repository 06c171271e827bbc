"""A comment's words as a page shows them: plain text, of which paragraphs, lines and web addresses are kept.

Everything else is escaped and shown as it was typed. A link leads to the web only (http, https), and tells
search engines that the site does not speak for it.
"""

import re
from typing import Final

from django.utils.html import escape, smart_urlquote
from django.utils.safestring import SafeString, mark_safe

#: A web address, up to what can stand in none.
ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
#: What ends a sentence and not an address.
ENDS: Final = ".,;:!?'*_…”’»"
#: Brackets belong to the address where it has both of them.
PAIRS: Final = {")": "(", "]": "[", "}": "{"}
PARAGRAPHS: Final = re.compile(r"\n\s*\n")


def to_html(body: str) -> SafeString:
    """Return the words as safe HTML: paragraphs, line breaks, links."""
    paragraphs = PARAGRAPHS.split(body.replace("\r\n", "\n").replace("\r", "\n").strip())
    written = "".join(f"<p>{_linked(one)}</p>" for one in paragraphs).replace("\n", "<br>")
    return mark_safe(written)  # noqa: S308  # every piece was escaped


def beginning(body: str, length: int = 120) -> str:
    """Return the first words in one line, "…" behind them where there are more."""
    words = " ".join(body.split())
    if len(words) <= length:
        return words
    cut = words[:length]
    between = cut.rpartition(" ")[0]
    return f"{between if len(between) > length // 2 else cut}…"


def _linked(text: str) -> str:
    if "://" not in text:
        return escape(text)
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        address = _without_end(found.group())
        pieces += [escape(text[end : found.start()]), _link(address)]
        end = found.start() + len(address)
    return "".join([*pieces, escape(text[end:])])


def _link(address: str) -> str:
    if not address.partition("://")[2]:
        return escape(address)
    href = escape(smart_urlquote(address))
    return f'<a href="{href}" rel="ugc nofollow noopener">{escape(address)}</a>'


def _without_end(address: str) -> str:
    """Return the address without what ends the sentence that it stands in."""
    while address:
        last = address[-1]
        opens = PAIRS.get(last)
        if last not in ENDS and not (opens and address.count(opens) < address.count(last)):
            break
        address = address[:-1]
    return address
