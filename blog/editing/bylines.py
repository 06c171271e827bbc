"""Authors as an editor writes them: one a line, a member or a name, and a role behind a comma.

"Ada Lovelace", "ada@example.org, Nurse", "Flo Nightingale, Ward 7". A member is found by their whole address,
by their name where nobody else has it, or, where they are an author already, by the number that the form
shows for them: "Ada Lovelace (#12)". Whoever is not found by their name is a name; closed accounts are not
found.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from django.core.exceptions import ValidationError

from blog.editing.saving import Byline
from blog.models import Author
from common import folding
from common.names import validate_name
from members.models import Member

MAX_AUTHORS: Final = 20
MAX_NAME_CHARS: Final = 150
MAX_ROLE_CHARS: Final = 200
NUMBERED: Final = re.compile(r"\(#([0-9]{1,18})\)$")


def parse_bylines(text: str, *, known: Collection[int | None] = ()) -> list[Byline]:
    """Return the authors that the lines name; ``known`` are members whose numbers may stand for them.

    Any number of anybody would be a list of all accounts. Raises ``ValidationError``. Two queries a line.
    """
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_AUTHORS:
        raise ValidationError(f"Name at most {MAX_AUTHORS} authors; there are {len(lines)} lines.")
    authors: list[Byline] = []
    for line in lines:
        one = _read(line, known)
        if one.member is not None and any(one.member == other.member for other in authors):
            raise ValidationError(f"“{line[:80]}” stands twice. Name each author once.")
        authors.append(one)
    return authors


def written(authors: Iterable[Author]) -> str:
    """Return the authors as ``parse_bylines`` reads them; load ``member`` with them."""
    return "\n".join(_written(one) for one in authors)


def _read(line: str, known: Collection[int | None]) -> Byline:
    who, _, role = (part.strip() for part in line.partition(","))
    if len(who) > MAX_NAME_CHARS or len(role) > MAX_ROLE_CHARS:
        raise ValidationError(
            f"“{who[:40]}…”: a name has at most {MAX_NAME_CHARS} characters, a role {MAX_ROLE_CHARS}. "
            "Write one author a line."
        )
    if number := NUMBERED.search(who):
        one = [int(number[1])] if int(number[1]) in known else []
        return Byline(_only(Member.objects.filter(pk__in=one), who), role=role)
    people = Member.objects.filter(is_active=True)
    if "@" in who:
        return Byline(_only(people.filter(email__lower=who.lower()), who), role=role)
    try:
        validate_name(who)
    except ValidationError as error:
        raise ValidationError(f"“{line[:80]}” has no name before the comma.") from error
    found = list(people.filter(name_keys__overlap=list(folding.keys([who])[who]))[:2])
    if len(found) > 1:
        raise ValidationError(f"Several people are called “{who[:80]}”. Write the whole email address.")
    return Byline(found[0], role=role) if found else Byline(name=who, role=role)


def _only(people: Iterable[Member], who: str) -> Member:
    for member in people:
        return member
    raise ValidationError(f"There is nobody here with the address “{who[:80]}”. Write it whole, or a name.")


def _written(author: Author) -> str:
    who = f"{author.member.name} (#{author.member.pk})" if author.member else author.name
    return f"{who}, {author.role}" if author.role else who
