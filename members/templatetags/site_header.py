"""The head of every page, written once for all who have the same entries in it.

What is one reader's own (name, number, the fields of the form that logs them out), or one page's (where the
log-in leads back to), stands at marks, as in all that is kept (``members.interrupted_forms``).
"""

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.fragments import written
from members.interrupted_forms.hidden_fields import MARK, at_the_mark
from members.models import SiteSettings
from members.templatetags.typed_by import csrf_token

register = template.Library()

TEMPLATE: Final = "components/header.html"
#: Nobody can guess them, so no name and no address has one.
_NAME, _PK, _BACK = (secrets.token_hex(32) for _ in range(3))


@dataclass(frozen=True)
class _Site:
    name: str
    logo: str
    logo_alternative_text: str
    an_account: str

    @classmethod
    def of(cls, site: SiteSettings) -> "_Site":
        logo = site.logo.url if site.logo else ""
        return cls(site.name, logo, site.logo_alternative_text, site.an_account)


@dataclass(frozen=True)
class _Reader:
    """Who is logged in: which entries they have, and the marks of what is their own."""

    is_staff: bool
    agenda_url: str
    name: str = _NAME
    pk: str = _PK


@register.simple_tag(takes_context=True)
def header(context: Context, site: SiteSettings, user: Any = None, agenda_url: object = "") -> SafeString:
    """Return the head of the page; ``agenda_url`` leads who is registered to their agenda."""
    request: HttpRequest | None = context.get("request")
    here = request.path if request else ""
    if not getattr(user, "is_authenticated", False):
        return _for_visitors(_Site.of(site), request, here)
    reader = _Reader(user.is_staff, str(agenda_url))
    is_entry = here in (reader.agenda_url, *_entries())
    shown = {"site": _Site.of(site), "reader": reader, "here": here if is_entry else "", "csrf_token": MARK}
    html = at_the_mark(written(TEMPLATE, **shown), csrf_token(context))
    return mark_safe(html.replace(_NAME, escape(user.name)).replace(_PK, str(user.pk)))  # noqa: S308  # escaped


def _for_visitors(site: _Site, request: HttpRequest | None, here: str) -> SafeString:
    """Return it with ways to log in and sign up, which both lead on to what was asked for (``next``)."""
    asked = request.GET.get("next") if request else ""
    back = quote(asked, safe="") if asked else ""
    if request and not asked and "/accounts/" not in here:
        back = quote(request.get_full_path())
    html = written(
        TEMPLATE,
        site=site,
        reader=None,
        here=here if here in _entries() else "",
        log_in_next=_BACK if back else "",
        sign_up_next=_BACK if asked else "",
    )
    return mark_safe(html.replace(_BACK, back))  # noqa: S308  # nothing of HTML is left in what is quoted


@lru_cache
def _entries() -> tuple[str, ...]:
    """Return the addresses of all entries that everybody may have."""
    return tuple(map(reverse, ("events:list", "blog:list", "search", "members:profile", "team:index")))
