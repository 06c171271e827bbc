"""Other accounts that may be the same person's: of the same name, in whichever order its words stand.

It is a hint for whoever helps a caller. Two people may share a name, so nothing follows from it: that two
accounts are one person's is shown by a code that goes to each of the two addresses (``members.merging``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from members.models import AccountMerge, Member
from team.people.standing import Word, with_confirmed, word_of

#: So many are named: of a common name more would say nothing.
MOST: Final = 5


@dataclass(frozen=True)
class Likely:
    """An account that may be theirs as well, and whether its organisation is the same."""

    person: Member
    standing: Word
    is_same_organisation: bool


def likely(person: Member) -> Sequence[Likely]:
    """Return the accounts of the same name, those of the same organisation first. One query, if any."""
    if not person.name_keys or not person.is_active:
        return ()
    same = Member.objects.filter(name_keys__overlap=list(person.name_keys), is_active=True)
    others = with_confirmed(same.exclude(pk=person.pk).order_by("pk"))[: 4 * MOST]
    where = _plain(person.organisation)
    found = [Likely(one, word_of(one), bool(where) and _plain(one.organisation) == where) for one in others]
    return sorted(found, key=lambda one: not one.is_same_organisation)[:MOST]


def _plain(organisation: str) -> str:
    return " ".join(organisation.split()).casefold()


def went_into(pk: int) -> int | None:
    """Return the account into which this one went, if it did. One query."""
    done = AccountMerge.objects.filter(ended=pk, done_at__isnull=False)
    return done.values_list("kept_id", flat=True).first()
