"""``{% csrf_token %}`` of every template: Django's token, whose page it is, and whether cookies are off.

Who logs in after a form met the log-in sees what was typed into it only where the form was theirs
(``members.interrupted_forms.saved_forms``); only the form can say so: the session has ended by then.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from members.interrupted_forms import cookies
from members.interrupted_forms.hidden_fields import fields, fields_of

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Return the hidden fields, the second on a page of somebody who is logged in.

    Before the first of a page comes what finds out whether cookies are off
    (``members.interrupted_forms.cookies``). The token is the request's, so a form has it where a template was
    included with ``only``; else the context's.
    """
    request = getattr(context, "request", None)
    if not isinstance(request, HttpRequest):
        token = context.get("csrf_token")
        return SafeString("") if not token or token == "NOTPROVIDED" else fields(token)  # noqa: S105  # Django's word
    if cookies.has_to_be_asked(request):
        notice = {"title": cookies.TITLE, "words": cookies.WORDS}
        return render_to_string("members/_cookies_off.html", notice) + fields_of(request)
    return fields_of(request)
