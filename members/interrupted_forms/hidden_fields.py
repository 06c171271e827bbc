"""What every form carries unseen: Django's token against forged requests, and whose page it stands on."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.interrupted_forms import saved_forms
from members.models import Member


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
