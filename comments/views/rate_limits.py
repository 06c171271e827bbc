"""How often one network, or one member, may send forms: generous, because a hospital sits behind one address.

What one account or one guest's address may leave is the rules' (``writing``). The figures are settings.
"""

from typing import Final

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

#: What is said to whoever meets a limit.
WORDS: Final = gettext_lazy(
    "Too much was sent from your network in a short time. Wait ten minutes, then press the button again."
)


def allow(request: HttpRequest, action: str) -> bool:
    """Whether there may be one more ``action`` from where this request comes; counts it."""
    return bool(ratelimit.consume(request, action=action))


def address_of(request: HttpRequest) -> str:
    """Return the IP from which this request comes; it is kept nowhere."""
    return str(get_adapter().get_client_ip(request))
