"""Who gets what from every address of the site: an address that is not in ``roles.TABLE`` fails the test.

HEAD answers as GET, and no other method is an error. How to join, and whose address it is, is on no page of
whoever may not know.
"""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from members.models import Member
from tests import make
from tests.contracts import addresses, people
from tests.contracts.roles.granted import letters
from tests.contracts.roles.table import AFTER_LOGGING_OUT, LETTERS, ROLES, TABLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]


#: Addresses of people that the site's own pages show to nobody else.
PRIVATE = {b"ada@members.example", b"hana@hosts.example", b"pat@authors.example", b"gwen@guests.example"}
#: Django's own log-in sends on who is logged in for GET only; asked by HEAD it answers its page, unread.
LOGGED_IN_ALREADY = ("r", "o", "o")


def people_of_the_admin(role):
    """Whether they may use the admin."""
    return role in ("staff without rights", "blog editor", "moderator", "support", "event admin", "admin")


@pytest.fixture(autouse=True)
def _at_the_time_of_the_tests() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def answers(
    member: Member | None, world: addresses.World
) -> tuple[dict[str, tuple[str, ...]], dict[str, bytes]]:
    """Ask for every address as this reader; nothing of it stays. Return the letters, and what GET shows."""
    client = people.reader(member)
    found, pages = {}, {}
    for name in addresses.names():
        client = people.reader(member) if name in AFTER_LOGGING_OUT else client
        path = addresses.path(name, world)
        with transaction.atomic():
            got, head, posted = client.get(path), client.head(path), client.post(path)
            transaction.set_rollback(True)
        found[name] = tuple(LETTERS[one.status_code] for one in (got, head, posted))
        pages[name] = b"" if got.streaming else got.content
    return found, pages


def test_every_address_is_in_the_table():
    names = set(addresses.names())

    assert not (new := sorted(names - set(TABLE))), f"TABLE of contracts/roles/table.py has no row for {new}."
    assert not (gone := sorted(set(TABLE) - names)), f"TABLE of contracts/roles/table.py has rows for {gone}."


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_only_who_may_sees_how_to_join(role):
    words = {name: letters(name) for name in TABLE}
    expected = {name: (got[role], got[role], posted[role]) for name, (got, posted) in words.items()}
    if people_of_the_admin(role):
        expected["admin:login"] = LOGGED_IN_ALREADY

    world = addresses.world()
    reader = ROLES[role](world)

    found, pages = answers(reader, world)

    assert {name: letters for name, letters in found.items() if letters != expected[name]} == {}
    may = role in ("registered and booked", "host", "support", "event admin", "admin")
    public = {name: page for name, page in pages.items() if not name.startswith(("admin:", "account_"))}
    theirs = PRIVATE - {reader.email.encode() if reader else b""}
    assert [name for name, page in public.items() if b"S3CRET" in page] == ["events:session"] * may
    assert [name for name, page in public.items() if any(address in page for address in theirs)] == []


@pytest.mark.parametrize("role", ["visitor", "registered and booked", "admin"])
def test_no_method_is_an_error(role):
    world = addresses.world()
    client = people.reader(ROLES[role](world))
    answers = {}
    for name in addresses.names():
        with people.as_she_is(client), transaction.atomic():
            path = addresses.path(name, world)
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
                answers[f"{method} {name}"] = client.generic(method, path).status_code
            transaction.set_rollback(True)

    assert [asked for asked, status in answers.items() if status >= 500] == []
