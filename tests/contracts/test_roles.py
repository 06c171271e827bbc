"""Who gets what from every address of the site: an address that is not in ``roles.TABLE`` fails the test.

HEAD answers as GET, and no other method is an error. Whether the page holds how to join is the last test.
"""

import pytest
import time_machine
from django.db import transaction

from tests import make
from tests.contracts import addresses, people
from tests.contracts.roles import AFTER_LOGGING_OUT, LETTERS, ROLES, TABLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]


#: Django's own log-in sends on who is logged in for GET only; asked by HEAD it answers its page, unread.
LOGGED_IN_ALREADY = ("r", "o", "o")


def people_of_the_admin(role):
    """Whether they may use the admin."""
    return role in ("staff without rights", "blog editor", "moderator", "support", "event admin", "admin")


@pytest.fixture(autouse=True)
def _at_the_time_of_the_tests():
    with time_machine.travel(make.NOW, tick=False):
        yield


def codes(role: str, world: addresses.World) -> dict[str, tuple[str, str, str]]:
    """Ask for every address as this reader; nothing of it stays."""
    member = ROLES[role](world)
    client = people.reader(member)
    found = {}
    for name in addresses.names():
        client = people.reader(member) if name in AFTER_LOGGING_OUT else client
        path = addresses.path(name, world)
        with transaction.atomic():
            got = client.get(path).status_code
            head = client.head(path).status_code
            posted = client.post(path).status_code
            transaction.set_rollback(True)
        found[name] = (LETTERS[got], LETTERS[head], LETTERS[posted])
    return found


def test_every_address_is_in_the_table():
    assert addresses.names() == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_nothing_else(role):
    number = list(ROLES).index(role)
    words = {name: row.split() for name, row in TABLE.items()}
    expected = {name: (got[number], got[number], posted[number]) for name, (got, posted) in words.items()}
    if people_of_the_admin(role):
        expected["admin:login"] = LOGGED_IN_ALREADY

    found = codes(role, addresses.world())

    assert {name: letters for name, letters in found.items() if letters != expected[name]} == {}


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


@pytest.mark.parametrize("role", ROLES)
def test_how_to_join_and_addresses_are_seen_by_those_who_may_only(role):
    world = addresses.world()
    reader = ROLES[role](world)
    client = people.reader(reader)
    public = [name for name in addresses.names() if not name.startswith(("admin:", "account_"))]
    private = {b"ada@members.example", b"hana@hosts.example", b"pat@authors.example", b"gwen@guests.example"}
    theirs = private - {reader.email.encode() if reader else b""}

    pages = {name: client.get(addresses.path(name, world)).content for name in public}

    may = role in ("registered and booked", "host", "support", "event admin", "admin")
    assert [name for name, page in pages.items() if b"S3CRET" in page] == ["events:session"] * may
    assert [name for name, page in pages.items() if any(address in page for address in theirs)] == []
