"""What editors write, as HTML: paragraphs, lists, links, emphasis and headings, in Markdown (CommonMark).

Written markup is shown as typed, never obeyed, and what comes out is cleaned once more against a short
list of elements: two walls, because the text is shown to everybody. Links lead to web pages and email
addresses only; addresses that stand in the text become links by themselves. There are no pictures,
which would be fetched from another host. Line breaks are kept as typed.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

#: What an editor is told beside such a field.
HELP = (
    "Leave a blank line between paragraphs. Start lines with - or 1. for a list, with ## for a heading. "
    "*Emphasis*, **strong**, [words of a link](https://example.org)."
)
ELEMENTS = {
    *("p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "hr"),
    *("h2", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
LOWEST = 6
#: What is noted on a piece of text.
IN_LINK = "in link"


def _text(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Write words, with web and email addresses among them as links, but not inside a link."""
    if tokens[index].meta.get(IN_LINK):
        return RendererHTML.text(renderer, tokens, index, options, env)
    escaped: str = urlize(tokens[index].content, autoescape=True)
    return escaped


def _mark_links(tokens: Sequence[Token]) -> None:
    """Note on each piece of text whether it stands in a link; to look back from each costs its square."""
    for block in tokens:
        depth = 0
        for token in block.children or ():
            depth += token.nesting if token.type.startswith("link_") else 0
            token.meta[IN_LINK] = depth > 0


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "code", "fence"])
_markdown.add_render_rule("text", _text)


@lru_cache(maxsize=512)
def to_html(text: str, top: int = 3) -> SafeString:
    """Return ``text`` as safe HTML; its highest heading becomes one of level ``top``, and so on down."""
    tokens = _markdown.parse(text)
    _mark_links(tokens)
    headings = [token for token in tokens if token.type.startswith("heading_")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(top + levels.index(token.tag), LOWEST)}"
    return cleaned(_markdown.renderer.render(tokens, _markdown.options, {}))


def cleaned(html: str) -> SafeString:
    """Return of ``html`` only what an editor may write."""
    clean = nh3.clean(html, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return mark_safe(clean)  # noqa: S308  # cleaned in the line above
