"""The text of a post: how it is cleaned before it is stored, and what its words are.

``clean`` is the only way in. An editor sends HTML; whoever writes without one sends plain words or Markdown,
which become HTML here. What comes out holds a short list of elements and nothing that could run, load or
style (nh3, after the allow-list of ``ELEMENTS``). What other programs write is read by
``blog.pasting.clipboard`` first. Pictures, videos, audio and blocks are *markers*, each alone in its
paragraph, such as ``[[picture 2]]``: they live through every editor, and ``blocks`` shows them.
"""

import re
from html import escape, unescape
from typing import Any, Final

import nh3

from blog.pasting import clipboard, plain_text
from common import markdown
from common.names import DISTURBING

#: The longest text, in characters (some 16,000 words): what is searched must stay below the limit of a
#: tsvector (1 MB), and Markdown that only a program would write takes a time that grows with its square.
MAX_BODY_CHARS: Final = 100_000
#: So many elements may stand in each other. Reading HTML takes a time that grows with the square of them.
DEEPEST: Final = 50
#: How many words a minute people read (Brysbaert 2019, silent reading of non-fiction in English: 238).
WORDS_A_MINUTE: Final = 220

ELEMENTS: Final = {
    *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr"),
    *("strong", "em", "a", "sup", "sub", "code"),
    *("table", "caption", "tbody", "tr", "th", "td"),
}
#: What other editors call the same.
RENAMED: Final = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4"}
ATTRIBUTES: Final = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
SCHEMES: Final = {"http", "https", "mailto"}
#: How a link begins. Browsers read a backslash as a slash.
LEADS: Final = re.compile(r"https?://|mailto:|/(?![/\\])|#", re.IGNORECASE)
PULL_QUOTE: Final = "pull-quote"
#: Whatever has one of these was written in an editor, or by somebody who knows HTML.
BLOCK: Final = re.compile(r"<(p|h[1-6]|ul|ol|blockquote|div|table|br)\b[^<>]*>", re.IGNORECASE)
NOTHING: Final = re.compile(r"<p>(?:\s|&nbsp;|<br ?/?>|<p>|</p>)*</p>")
#: A marker, alone in its paragraph; what stands between the brackets is its words.
MARKER: Final = re.compile(r"<p>\s*\[\[([^\[\]<>]{1,200})\]\]\s*(?:<br>\s*)?</p>")
TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
#: Elements that nobody has to close, so they cannot be counted; others of their kind end them.
UNCLOSED: Final = {
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option"),
    *("br", "hr", "img", "col", "wbr", "input"),
}
#: What is left out without a word: control characters, what XML cannot hold (XML 1.0, 2.2), marks that turn
#: the text around them. An editor who pastes does not know that they have any.
UNSEEN: Final[dict[int, str | None]] = {
    **dict.fromkeys((*range(9), *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF)),
    **dict.fromkeys(map(ord, DISTURBING)),
    **dict.fromkeys((0x0B, 0x0C, 0x2028, 0x2029), " "),
}


def clean(text: str) -> str:
    """Return ``text`` (HTML, Markdown or plain words) as the HTML that is stored and shown."""
    text = text.encode("utf-8", "replace").decode()  # half a character is none
    cleaned = _allowed(_from_html(text) if is_html(text) else _from_words(text))
    seen = cleaned.translate(UNSEEN)
    if seen != cleaned:  # what was apart may stand together now, in a link for one
        seen = _allowed(seen)
    return MARKER.sub(_marker, NOTHING.sub("", seen)).strip()


def is_html(text: str) -> bool:
    """Whether a text was written in an editor, or by somebody who knows HTML."""
    return BLOCK.search(text) is not None


def left_out(text: str) -> tuple[str, ...]:
    """Say what ``clean`` leaves out of a text that comes from another program, a sentence each."""
    return (
        clipboard.read_clipboard(_shallow(text)).notes if is_html(text) and clipboard.is_foreign(text) else ()
    )


def absolute(html: str, base: str) -> str:
    """Return a cleaned text whose links lead to the same pages from anywhere; ``base`` is its own address."""
    return _allowed(html, url_relative=("rewrite_with_base", base))


def plain(html: str) -> str:
    """Return the words of a cleaned text alone, a line for each paragraph; markers are no words."""
    lines = re.sub(r"</(p|h[2-4]|li|blockquote|td|th|caption)>|<br ?/?>|<hr ?/?>", "\n", html)
    words = unescape(re.sub(r"<[^>]*>", "", lines))
    words = re.sub(r"\[\[[^\[\]]*\]\]", "", words)
    return "\n".join(line for line in (" ".join(one.split()) for one in words.splitlines()) if line)


def minutes(text: str) -> int:
    """Return how many minutes it takes to read these words, at least one."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def _from_html(text: str) -> str:
    """Return HTML as elements of posts, from wherever it comes."""
    shallow = _shallow(text)
    return clipboard.read_clipboard(shallow).html if clipboard.is_foreign(shallow) else _renamed(shallow)


def _from_words(text: str) -> str:
    """Return Markdown or plain words as HTML; lists and tables that were pasted are what they were."""
    if "\t" not in text:
        return str(markdown.to_html(text, top=2))
    parts = ((part, is_table) for part, is_table in plain_text.parts(text) if part.strip())
    return "".join(
        clipboard.read_clipboard(one).html if is_table else str(markdown.to_html(one, top=2))
        for one, is_table in parts
    )


def _allowed(html: str, **more: Any) -> str:
    """Return of ``html`` what is on the list."""
    return nh3.clean(
        html,
        tags=ELEMENTS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        allowed_classes={"blockquote": {PULL_QUOTE}},
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style", "title", "template", "textarea", "xml"},
        **more,
    )


def _marker(found: re.Match[str]) -> str:
    """Write a marker with single spaces: editors put others between words, which nobody sees."""
    words = " ".join(unescape(found[1]).split())
    return f"<p>[[{escape(words, quote=False)}]]</p>" if words else found[0]


def _kept(_element: str, attribute: str, value: str) -> str | None:
    """Keep links that lead somewhere: to a web page, an email address, or a page of this site."""
    if attribute != "href":
        return value
    address = re.sub(r"[\t\n\r]", "", value)  # as browsers do
    return address if LEADS.match(address) else None


def _shallow(html: str) -> str:
    """Leave out the tags of elements that stand in more than ``DEEPEST`` others; what is in them stays."""
    depth = 0

    def tag(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2].lower() in UNCLOSED:
            return found[0]
        inside = depth
        depth = max(0, depth - 1) if found[1] else depth + 1
        return found[0] if max(inside, depth) <= DEEPEST else ""

    return TAG.sub(tag, html)


def _renamed(html: str) -> str:
    """Give elements the names that are kept: what comes from Word says ``b`` for ``strong``."""

    def name(found: re.Match[str]) -> str:
        return found[1] + RENAMED[found[2].lower()] + found[3]

    return re.sub(rf"(</?)({'|'.join(RENAMED)})(?=[\s>/])([^<>]*>)", name, html, flags=re.IGNORECASE)
