"""What every page and its components need: the site's settings, texts of editors, headings beside cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.fragments import written
from common.markdown import to_html
from common.print_links import with_addresses
from members.models import SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def site_settings(context: Context) -> SiteSettings:
    """Return ``site`` of the context; where a view put something else under that name, or nothing, read it.

    allauth's pages carry a ``site`` of their own, and an error page may come without any context.
    """
    site = context.get("site")
    return site if isinstance(site, SiteSettings) else SiteSettings.load()


@register.filter
def beside(headings: Iterable[Any], cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Pair each heading of a table with the cell of a row below it; ``ValueError`` if one is missing."""
    return list(zip(headings, cells, strict=True))


@dataclass(frozen=True)
class _Page:
    slug: str
    title: str


@dataclass(frozen=True)
class _Foot:
    name: str
    team_name: str
    contact_email: str
    pages: tuple[_Page, ...]


@register.simple_tag
def site_footer(site: SiteSettings) -> SafeString:
    """Return the foot of every page."""
    pages = tuple(_Page(page["slug"], page["title"]) for page in site.pages)
    return written("components/footer.html", site=_Foot(site.name, site.team_name, site.contact_email, pages))


@register.simple_tag(takes_context=True)
def said_first(context: Context) -> str:
    """Return what the title of a page begins with: that its form has errors, or what became of an act."""
    form, messages = context.get("form"), context.get("messages")
    wrong = _("Error:") + " " if getattr(form, "errors", None) else ""
    first = next(iter(messages), None) if messages else None
    return f"{wrong}{_outcome(first)} - " if first else wrong


@register.filter
def prose(text: str, top: int = 3) -> SafeString:
    """Show what an editor wrote in Markdown; its headings begin at level ``top``."""
    return with_addresses(to_html(text, top))


def _outcome(message: object) -> str:
    """Return the first sentence of a message without its stop."""
    words = " ".join(str(message).split())
    return re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].removesuffix(".")
