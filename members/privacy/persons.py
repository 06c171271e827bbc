"""Who a member is to the registry of personal data."""

from typing import Any

from common.personal_data.registry import Person
from members.models import Member


def person_of(member: Member) -> Person:
    """Return whose data are meant: their account, and addresses that are known to be theirs.

    An address that nobody has confirmed says nothing about whose the rows with it are.
    """
    addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
    known = {one.lower() for one in addresses.filter(verified=True).values_list("email", flat=True)}
    if member.is_vouched_for:
        known.add(member.email.lower())
    return Person(member.pk, member.name, tuple(sorted(known)))
