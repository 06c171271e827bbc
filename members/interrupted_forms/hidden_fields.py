"""What every form carries unseen: Django's token against forged requests, and whose page it stands on."""

import secrets
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from members.interrupted_forms import saved_forms
from members.models import Member

#: Stands for the token in markup that is kept for many. Nobody can guess it, so no text can ask for one.
MARK: Final = secrets.token_hex(32)


def fields(token: str, member: Member | None = None) -> SafeString:
    """Write the hidden fields of a form; the second on a page of somebody who is logged in."""
    whole = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    if member is None:
        return whole
    return whole + format_html(
        '<input type="hidden" name="typed_by" value="{}">', saved_forms.mark_of(member)
    )


def fields_of(request: HttpRequest) -> SafeString:
    """Return those of all forms of a page: the token is masked once, so that it stays small on the wire."""
    kept: SafeString | None = getattr(request, "_hidden_fields", None)
    if kept is None:
        user = getattr(request, "user", None)
        kept = fields(get_token(request), user if isinstance(user, Member) else None)
        request._hidden_fields = kept  # type: ignore[attr-defined]  # goes with the request
    return kept


def with_their_fields(html: str, request: HttpRequest) -> SafeString:
    """Return markup that was written with ``MARK`` as token, with the fields of who asks.

    Without a form in it nobody gets a token, nor the cookie that comes with one.
    """
    return at_the_mark(html, fields_of(request) if _MARKED in html else "")


def at_the_mark(html: str, own: str) -> SafeString:
    """Return markup that was written with ``MARK`` as token, with these fields in the place of those."""
    return mark_safe(html.replace(_MARKED, own))  # noqa: S308  # markup for markup


_MARKED = fields(MARK)
