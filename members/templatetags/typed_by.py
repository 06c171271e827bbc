"""``{% csrf_token %}`` of every template: Django's token, whose page it is, and whether cookies are off.

Who logs in after a form met the log-in sees what was typed into it only where the form was theirs
(``members.interrupted_forms.saved_forms``); only the form can say so: the session has ended by then.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.interrupted_forms import cookies, saved_forms
from members.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Return the hidden fields, the second on a page of somebody who is logged in.

    Before the first of a page comes what finds out whether cookies are off
    (``members.interrupted_forms.cookies``). The token is the request's, so a form has it where a template was
    included with ``only``; else the context's.
    """
    request = getattr(context, "request", None)
    token = _token_of(request) if isinstance(request, HttpRequest) else context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105  # Django's word for none
        return SafeString("")
    whole = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    member = request.user if isinstance(request, HttpRequest) and hasattr(request, "user") else None
    if isinstance(member, Member):
        whole += format_html('<input type="hidden" name="typed_by" value="{}">', saved_forms.mark_of(member))
    if isinstance(request, HttpRequest) and cookies.has_to_be_asked(request):
        notice = {"title": cookies.TITLE, "words": cookies.WORDS}
        return render_to_string("members/_cookies_off.html", notice) + whole
    return whole


def _token_of(request: HttpRequest) -> str:
    """Return the token of all forms of a page: masked once, so that the page stays small on the wire."""
    if not hasattr(request, "_token_of_forms"):
        request._token_of_forms = get_token(request)  # type: ignore[attr-defined]  # goes with the request
    token: str = request._token_of_forms  # type: ignore[attr-defined]
    return token
