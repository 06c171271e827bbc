"""Finding a person by what a caller says: any part of a name, an email address, an organisation.

Each word must fit, in whichever of the three. Names and organisations are folded, so that "sian omalley" is
Siân O’Malley. A whole address is looked for where letters went too, for those who may see that: who has
changed it calls with the old one. Who is only on the community's list is found as well: they have no account
yet. Who was erased is nobody any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404

from common.words import in_a_row
from events.models import Registration
from members.capabilities import SEE_EVENTS
from members.merging import act
from members.models import Erasure, ListedAddress, Member
from notifications.models import Message
from team.people.standing import Word, with_confirmed, word_of

#: What is read of what was typed: nobody's name is longer.
MAX_CHARS: Final = 200
#: From so many letters on the index of organisations knows a word; folding thousands of texts would be slow.
LEAST_INDEXED: Final = 3
#: How many of the community's list are named below the people: enough to see that one types more.
MAX_LISTED: Final = 10
#: So many others are named where one account is looked for that may be the same person's.
MAX_OTHERS: Final = 10
SEE_LIST: Final = "members.view_listedaddress"
SEE_ADDRESSES: Final = "notifications.see_recipient_address"
#: The letters to the address that somebody had before.
FORMER: Final = ("address-changed", "address-replaced")


@dataclass(frozen=True)
class Found:
    """A person in the list: how they stand, and what they are registered for."""

    person: Member
    standing: Word
    registered: str


def typed(words: str) -> str:
    """Return what is looked for: one line, bounded."""
    return " ".join(words.split())[:MAX_CHARS].strip()


def whose_address(words: str) -> Member | None:
    """Return whose address exactly this is. One query, none where it is no address."""
    if "@" not in words:
        return None
    return _there_are().filter(email__lower=words.lower()).first()


def person_or_404(pk: int) -> Member:
    """Return a person with how they stand. One query."""
    one: Member | None = with_confirmed(_there_are().filter(pk=pk)).first()
    if one is None:
        raise Http404
    return one


def people(words: str, *, reader: Member) -> "QuerySet[Member]":
    """Return whom the words fit, by name; nobody for none. One query for former addresses, if any."""
    if not words:
        return _there_are().none()
    fits = Q()
    for word in words.split():
        fits &= _fits(word)
    if "@" in words and reader.has_perm(SEE_ADDRESSES):
        fits |= Q(pk__in=_had(words))
    return _there_are().filter(fits).order_by("name", "pk")


def ids(words: str, *, reader: Member) -> list[int]:
    """Return the ids of ``people``: what is slow, comparing words, is done once, not again for the count."""
    return list(people(words, reader=reader).values_list("pk", flat=True))


def found(page: Iterable[int], *, reader: Member, today: date) -> list[Found]:
    """Return the people of one page of ``ids`` as the list shows them. Two queries."""
    wanted = list(page)
    shown = list(with_confirmed(_there_are().filter(pk__in=wanted).order_by("name", "pk")))
    registered = _registered(shown, today) if reader.has_perm(SEE_EVENTS) else {}
    return [Found(one, word_of(one), in_a_row(registered.get(one.pk, ()))) for one in shown]


def only_listed(words: str, *, reader: Member) -> list[ListedAddress]:
    """Return who is on the community's list and has no account, for those who may see it. One query."""
    if not words or not reader.has_perm(SEE_LIST):
        return []
    account = Member.objects.filter(email__lower=Lower(OuterRef("email")))
    rows = ListedAddress.objects.filter(~Exists(account))
    for word in words.split():
        rows = rows.filter(Q(name_folded__typed=word) | Q(email__icontains=word))
    return list(rows[:MAX_LISTED])


def _there_are() -> "QuerySet[Member]":
    """Return everybody but who was erased, and accounts that went into another one."""
    erased = Erasure.objects.filter(member=OuterRef("pk"), done_at__isnull=False)
    merged = Q(is_active=False, email__startswith=act.ENDED_EMAIL)
    people: QuerySet[Member] = Member.objects.filter(~Exists(erased), ~merged)
    return people


def _fits(word: str) -> Q:
    """Return whom a word fits: each way has an index, so each is asked for itself."""
    everybody: QuerySet[Member] = Member.objects.order_by()
    compared = "typed" if len(word) >= LEAST_INDEXED else "icontains"
    ways = (Q(email__icontains=word), Q(**{f"organisation__{compared}": word}))
    named = everybody.filter(name_folded__typed=word).values("pk")
    return Q(pk__in=named.union(*(everybody.filter(way).values("pk") for way in ways)))


def _had(address: str) -> list[int]:
    """Return the ids of those who have had this address, as long as its letter is kept."""
    letters = Message.objects.filter(kind__in=FORMER, email__lower=address.lower()).exclude(email="")
    return [pk for pk in letters.values_list("payload__member", flat=True) if isinstance(pk, int)]


def _registered(people: list[Member], today: date) -> dict[int, list[str]]:
    """Return what each is registered for that is not over, and how. One query."""
    rows = Registration.objects.current().filter(member__in=people, event__last_day__gte=today)
    found: dict[int, list[str]] = {}
    for one in rows.select_related("event").order_by("event__first_day", "pk"):
        status = "" if one.is_confirmed else f" ({one.get_status_display().lower()})"
        found.setdefault(one.member_id, []).append(f"{one.event}{status}")
    return found
