"""How somebody stands with the community, in a word: for lists of people and for the page of one."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from members.models import Member

Membership = Member.Membership


@dataclass(frozen=True)
class Word:
    """A word about a thing, and the kind of the badge that says it."""

    label: str
    kind: str = "plain"


KINDS: Final[dict[str, str]] = {
    Membership.ACTIVE: "yours",
    Membership.WAITING: "waiting",
    Membership.DECLINED: "problem",
    Membership.ENDED: "problem",
}


def with_confirmed(people: "QuerySet[Member]") -> "QuerySet[Member]":
    """Know of each whether the address is confirmed (``is_confirmed``), without a query of its own."""
    confirmed = Member.objects.with_confirmed_address().filter(pk=OuterRef("pk"))
    return people.annotate(is_confirmed=Exists(confirmed))


def word_of(person: Member) -> Word:
    """Say how a person of ``with_confirmed`` stands: the team decides only about a confirmed address."""
    if not person.is_active:
        return Word("Account closed", "problem")
    if person.membership == Membership.WAITING and not getattr(person, "is_confirmed", False):
        return Word("Address not confirmed", "waiting")
    return Word(str(person.get_membership_display()), KINDS[person.membership])
