"""The edge to allauth: when an address is confirmed, the rules are told.

Anybody can make an account with somebody else's address and a password of their own choosing, and wait. So a
password that was set before the address was confirmed counts only for whoever confirms it having given that
password: where a code alone does it (log in or reset by code), the password is forgotten; where somebody
signed up once more and confirms, it is what they typed then.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.http import HttpRequest
from django.utils import timezone

from members import addresses, membership, signup_again

#: Where the code is typed in by whoever signed up, or logged in with the password, in this very session.
WITH_PASSWORD = "account_email_verification_sent"  # noqa: S105  # the name of a page


def connect() -> None:
    """Listen to allauth; for ``AppConfig.ready``."""
    email_confirmed.connect(_confirmed, dispatch_uid="members.signals.confirmed")


def _confirmed(email_address: EmailAddress, request: HttpRequest | None = None, **kwargs: Any) -> None:
    page = request.resolver_match.url_name if request and request.resolver_match else ""
    if request is not None and page == WITH_PASSWORD:
        signup_again.take_over(email_address.user, request)
    else:
        addresses.forget_password(email_address.user)
    membership.confirmed_address(email_address.user, at=timezone.now())
