"""``{% csrf_token %}`` of every template: Django's token, whose page it is, and whether cookies are off.

Who logs in after a form met the log-in sees what was typed into it only where the form was theirs
(``members.interrupted_forms.kept``); only the form itself can say so, because the session has ended by then.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.interrupted_forms import cookies, kept
from members.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Return the hidden fields, the second on a page of somebody who is logged in.

    Before the first of a page comes what finds out whether cookies are off
    (``members.interrupted_forms.cookies``). The token is that of the context, or of its request where a
    template was included with ``only``.
    """
    request = getattr(context, "request", None)
    token = context.get("csrf_token") or (request and get_token(request))
    if not token or token == "NOTPROVIDED":  # noqa: S105  # Django's word for none
        return SafeString("")
    whole = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    member = request.user if isinstance(request, HttpRequest) and hasattr(request, "user") else None
    if isinstance(member, Member):
        whole += format_html('<input type="hidden" name="typed_by" value="{}">', kept.mark_of(member))
    if isinstance(request, HttpRequest) and cookies.has_to_be_asked(request):
        notice = {"title": cookies.TITLE, "words": cookies.WORDS}
        return render_to_string("members/_cookies_off.html", notice) + whole
    return whole
