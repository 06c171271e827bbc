"""The edge to allauth: of confirmed addresses and log-ins rules are told; what it does itself is recorded.

Anybody can make an account with somebody else's address and a password of their own choosing, and wait. So a
password that was set before the address was confirmed counts only for whoever confirms it having given that
password: where a code alone does it (log in or reset by code), the password is forgotten; where somebody
signed up once more and confirms, it is what they typed then.
"""

import logging
from typing import Any, Final

from allauth.account import signals
from allauth.account.models import EmailAddress
from django.contrib.auth import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from audit import trail
from audit.acts import Act
from members import addresses, membership, objections
from members.accounts import log_ins, signup_again
from members.models import Member
from members.privacy.erased_list import KeyIsGone

#: Where the code is typed in by whoever signed up, or logged in with the password, in this very session.
WITH_PASSWORD = "account_email_verification_sent"  # noqa: S105  # the name of a page

logger = logging.getLogger(__name__)


def connect() -> None:
    """Listen to allauth; for ``AppConfig.ready``."""
    signals.email_confirmed.connect(_confirmed, dispatch_uid="members.accounts.signals.confirmed")
    user_logged_in.connect(_logged_in, dispatch_uid="members.accounts.signals.logged_in")
    for signal, receiver in OF_ALLAUTH:
        signal.connect(receiver)


def _confirmed(email_address: EmailAddress, request: HttpRequest | None = None, **_: Any) -> None:
    at = timezone.now()
    page = request.resolver_match.url_name if request and request.resolver_match else ""
    if request is not None and page == WITH_PASSWORD:
        signup_again.take_over(email_address.user, request, at=at)
    else:
        addresses.forget_password(email_address.user, at=at)
    membership.confirmed_address(email_address.user, at=at)


def _logged_in(request: HttpRequest, user: Member, **_: Any) -> None:
    log_ins.begin(request, user, at=timezone.now())


def _chose_password(request: HttpRequest, user: Member, **_: Any) -> None:
    trail.record(user, Act.PASSWORD_SET, by=user, at=timezone.now())
    log_ins.end_others(user, but=request.session.session_key or "")


def _changed_address(
    user: Member, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **_: Any
) -> None:
    at = timezone.now()
    if from_email_address is not None and to_email_address.verified:
        was_confirmed, ends = from_email_address.verified, (from_email_address.email, to_email_address.email)
        objections.follow_on_list(user, *ends, was_confirmed=was_confirmed, at=at)
    if from_email_address is not None and from_email_address.verified and to_email_address.verified:
        try:
            addresses.leave(user, from_email_address.email, at=at)
        except (KeyIsGone, OSError):  # the form asks first; the change itself stands by now
            logger.exception("The former address of member %s is not kept.", user.pk)
    trail.record(user, Act.ADDRESS_CHANGED, by=user, at=at)


#: What allauth does for members, and how the trail calls it.
OF_ALLAUTH: Final = (
    (signals.password_set, _chose_password),
    (signals.password_changed, _chose_password),
    (signals.password_reset, _chose_password),
    (signals.email_changed, _changed_address),
)
