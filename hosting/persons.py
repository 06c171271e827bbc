"""Who hosts, as persons: somebody with two records, or a record and an account, is written to once."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from events.models import Contributor
from hosting import access
from notifications.models import Message


def each_once(found: Iterable[Contributor]) -> dict[str, tuple[Contributor, set[str]]]:
    """Return each person once, by what they are for the outbox: an account, or else a record.

    With them: their account, and all addresses that are known to be theirs.
    """
    every = sorted(found, key=lambda one: ("member" not in access.to(one), one.pk))
    accounts = {one.member_id for one in every if "member" in access.to(one)}
    confirmed = EmailAddress.objects.filter(user__in=accounts, verified=True)
    owners = {email.lower(): f"account {user}" for email, user in confirmed.values_list("email", "user")}
    told: dict[str, tuple[Contributor, set[str]]] = {}
    for one in every:
        person = f"account {one.member_id}" if "member" in access.to(one) else access.address_of(one)
        owner = owners.get(person, person)
        known_as = told.setdefault(owner, (one, {owner}))[1]
        known_as.update({one.email.lower()} - {""})
    for email, owner in owners.items():
        told[owner][1].add(email)
    return {who if "@" not in who else f"record {one[0].pk}": one for who, one in told.items()}


def known_as(one: Contributor) -> set[str]:
    """Return by what one of ``with_address`` is known: their account, and their addresses."""
    account = {f"account {one.member_id}"} if one.member_id else set()
    return account | ({one.email.lower(), access.address_of(one)} - {""})


def told_of(letters: "QuerySet[Message]") -> set[str]:
    """Return to whom letters are owed: accounts, and addresses of those without. One query."""
    rows = letters.values_list("member", "email")
    return {f"account {member}" if member else email.lower() for member, email in rows}
