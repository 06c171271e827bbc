"""What a page needs on paper: where its links lead, as an address that can be typed.

A style prints what stands in ``data-address`` (static/css/base/reader.css). It cannot make one itself: a link
within the site names no host, and what is written out already should not stand there twice.
"""

import re
from html import escape, unescape
from typing import Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

#: A link of a cleaned text, so closed and quoted: before the address, the address, after it, words.
LINK: Final = re.compile(r'<a ([^>]*)href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


def with_addresses(html: SafeString) -> SafeString:
    """Return a cleaned text whose links say, for paper, where they lead, unless their words do."""
    return mark_safe(LINK.sub(_with_address, html))  # noqa: S308  # an escaped attribute is all that is added


def address_of(href: str) -> str:
    """Return where a link leads, whole, as it is typed; "" within its page, or where nobody can go."""
    if href.startswith("/") and not href.startswith("//"):
        return settings.SITE_URL + href
    if href.startswith("mailto:"):
        return href.removeprefix("mailto:").partition("?")[0]
    return href if href.startswith(("http://", "https://")) else ""


def _with_address(link: re.Match[str]) -> str:
    before, href, after, inner = link.groups()
    address = address_of(unescape(href))
    words = unescape(re.sub(r"<[^>]*>", "", inner)).strip()
    if not address or words in (address, address.partition("://")[2]):
        return link[0]
    return f'<a {before}href="{href}"{after} data-address="{escape(address)}">{inner}</a>'
