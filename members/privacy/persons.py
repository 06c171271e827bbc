"""Who a member is to the registry of personal data: their account, and addresses that are or were theirs.

A row that names no account is whose the address was when it was made. Of addresses that somebody left, the
digest alone is kept; which they are is found among those that stand somewhere. An address may be one person's
after it was another's: what was made before that one left it is theirs, what came after is not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, TypeAlias

from django.apps import apps
from django.db import connection
from django.db.models import EmailField
from django.db.models.functions import Lower

from common.personal_data import registry
from common.personal_data.registry import NOBODY, Held, Person
from members.models import AccountMerge, FormerAddress, Member
from members.privacy import erased_list

#: Who left an address, and when, in order.
_Left: TypeAlias = list[tuple[datetime, int]]
#: Every address within a text, once.
_WITHIN: Final = r"""
    SELECT DISTINCT lower(rtrim(part[1], '.-')) FROM {table},
           regexp_matches({column}::text, '[[:alnum:].!#$%&''*+/=?^_`{{|}}~-]+@[[:alnum:].-]+', 'g') AS part
"""


def person_of(member: Member) -> Person:
    """Return whose data are meant. An address that nobody has confirmed says nothing about whose rows are.

    What the team wrote in place of one counts once it is confirmed: it may be a stranger's, and whoever was
    logged in still is. Raises ``KeyIsGone`` where somebody has left an address and nobody can say which.
    """
    addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
    known = {one.lower() for one in addresses.filter(verified=True).values_list("email", flat=True)}
    if member.is_vouched_for and member.last_login is None:  # an account that the team made for them
        known.add(member.email.lower())
    ended = AccountMerge.objects.filter(kept=member, done_at__isnull=False)
    former = tuple(ended.order_by("pk").values_list("ended_id", flat=True))
    return Person(member.pk, member.name, tuple(_held(member, known)), former)


def _held(member: Member, known: set[str]) -> Iterator[Held]:
    if not FormerAddress.objects.exists():  # then no key is needed
        yield from (Held(address) for address in sorted(known))
        return
    now = {erased_list.digest_of(address): address for address in sorted(known)}
    before = set(FormerAddress.objects.filter(member=member).values_list("digest", flat=True))
    left: dict[str, _Left] = defaultdict(list)
    rows = FormerAddress.objects.filter(digest__in=before | set(now))
    for digest, at, pk in rows.values_list("digest", "left_at", "member_id"):
        left[digest].append((at, pk))
    for digest, address in now.items():
        yield Held(address, since=left[digest][-1][0] if digest in left else None)
    for digest, address in _of(before) if before else ():
        for (since, _), (until, pk) in pairwise([(None, 0), *left[digest]]):
            if pk == member.pk:
                yield Held(address, since, until)


def _of(digests: set[str]) -> Iterator[tuple[str, str]]:
    """Yield which addresses they are, of those that stand somewhere."""
    for address in sorted({*standing(), *_within_words()}):
        if (digest := erased_list.digest_of(address)) in digests:
            yield digest, address


def standing() -> Iterable[str]:
    """Return every address that stands in a column for addresses, once, in small letters."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, EmailField):
                rows = model._default_manager.annotate(small=Lower(column.name))
                found |= set(rows.order_by().values_list("small", flat=True).distinct())
    return sorted(found - {"", NOBODY, None})


def _within_words() -> Iterator[str]:
    quoted = connection.ops.quote_name
    for holding in registry.of_people():
        columns = [one.attname for one in registry.fields_of(holding.model) if one.name in holding.words]
        for column in columns:
            said = _WITHIN.format(table=quoted(holding.model._meta.db_table), column=quoted(column))
            with connection.cursor() as cursor:
                cursor.execute(said)
                yield from (address for (address,) in cursor.fetchall())
