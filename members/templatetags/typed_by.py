"""``{% csrf_token %}`` of every template: Django's token, and whose page the form stands on.

Who logs in after a form met the log-in sees what was typed into it only where the form was theirs
(``members.typed``); only the form itself can say so, because the session has ended by then.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members import typed
from members.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Return the two hidden fields; the second on a page of somebody who is logged in."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105  # Django's word for none
        return SafeString("")
    whole = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    request = getattr(context, "request", None)
    member = request.user if isinstance(request, HttpRequest) and hasattr(request, "user") else None
    if isinstance(member, Member):
        whole += format_html('<input type="hidden" name="typed_by" value="{}">', typed.mark_of(member))
    return whole
