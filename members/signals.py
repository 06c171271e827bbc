"""The edge to allauth: when an address is confirmed, the rule is told."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.utils import timezone

from members import membership


def connect() -> None:
    """Listen to allauth; for ``AppConfig.ready``."""
    email_confirmed.connect(_confirmed, dispatch_uid="members.signals.confirmed")


def _confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    membership.confirmed_address(email_address.user, at=timezone.now())
