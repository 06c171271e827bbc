"""Who gets what from every address of the site: an address that is not in ``roles.TABLE`` fails the test.

HEAD answers as GET: asked once for each answer that an address has, and of whoever else gets it in the long
form. No other method is an error. How to join, and whose address it is, is on no page of those who may not
know.
"""

from collections.abc import Collection, Iterator

import pytest
import time_machine
from django.db import transaction

from members.models import Member
from tests import make
from tests.contracts import addresses, people
from tests.contracts.roles.granted import first_with_each, letters
from tests.contracts.roles.table import AFTER_LOGGING_OUT, LETTERS, ROLES, TABLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]


#: Addresses of people that the site's own pages show to nobody else.
PRIVATE = {b"ada@members.example", b"hana@hosts.example", b"pat@authors.example", b"gwen@guests.example"}
#: Pages for whoever helps this one person; and how hosts are reached while the site is down.
OF_ONE_PERSON = ("team:person", "team:person_address", "team:person_merge_with", "team:event_day_sheet")
#: Django's own log-in sends on who is logged in for GET only; asked by HEAD it answers its page, unread.
ANSWERED_BY_HEAD = "o"
#: One of each kind: what changes something, what asks for what may be asked, what nobody knows; and the rest.
METHODS = ("DELETE", "OPTIONS", "BREW")
OTHER_METHODS = ("PUT", "PATCH", "TRACE")


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
            got, posted = client.get(path), client.post(path)
            transaction.set_rollback(True)
        found[name] = tuple(LETTERS[one.status_code] for one in (got, posted))
        pages[name] = b"" if got.streaming else got.content
    return found, pages


def answers_without_words(
    member: Member | None, world: addresses.World, names: Collection[str]
) -> dict[str, str]:
    """Ask these addresses for the head of their answer as this reader. Return the letters."""
    client = people.reader(member)
    found = {}
    for name in names:
        with people.as_she_is(client), transaction.atomic():
            found[name] = LETTERS[client.head(addresses.path(name, world)).status_code]
            transaction.set_rollback(True)
    return found


def test_every_address_is_in_the_table():
    names = set(addresses.names())

    assert not (new := sorted(names - set(TABLE))), f"TABLE of contracts/roles/table.py has no row for {new}."
    assert not (gone := sorted(set(TABLE) - names)), f"TABLE of contracts/roles/table.py has rows for {gone}."


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_only_who_may_sees_how_to_join(role):
    words = {name: letters(name) for name in TABLE}  # that it has every name is asked above
    expected = {name: (got[role], posted[role]) for name, (got, posted) in words.items()}

    world = addresses.world()
    reader = ROLES[role](world)

    found, pages = answers(reader, world)

    assert {name: letters for name, letters in found.items() if letters != expected.get(name, letters)} == {}
    may = role in ("registered and booked", "host", "support", "event admin", "admin")
    public = {name: page for name, page in pages.items() if not name.startswith(("admin:", "account_"))}
    theirs = PRIVATE - {reader.email.encode() if reader else b""}
    shows = ["events:session"] * may + ["hosting:links", "hosting:session"] * (role == "host")
    # Who has a place is shown the way from a quarter of an hour before, hosts and staff at any time.
    shows += ["live:way"] * (may and role != "registered and booked")
    shows += ["team:event_day_sheet"] * (role in ("support", "event admin", "admin"))
    shows += ["team:session_letter", "team:session_link"] * (role in ("event admin", "admin"))
    assert [name for name, page in public.items() if b"S3CRET" in page] == shows
    told = [name for name, page in public.items() if any(address in page for address in theirs)]
    assert [name for name in told if name not in OF_ONE_PERSON] == []


@pytest.mark.parametrize(
    "is_first", [True, pytest.param(False, marks=pytest.mark.full)], ids=["once", "by whoever else"]
)
@pytest.mark.parametrize("role", ROLES)
def test_head_answers_as_get(role, is_first):
    names = [name for name in TABLE if (role in first_with_each(name)) == is_first]
    expected = {name: letters(name)[0][role] for name in names}
    if people_of_the_admin(role) and "admin:login" in expected:
        expected["admin:login"] = ANSWERED_BY_HEAD

    world = addresses.world()
    found = answers_without_words(ROLES[role](world), world, names)

    assert found == expected


@pytest.mark.parametrize(
    "methods", [METHODS, pytest.param(OTHER_METHODS, marks=pytest.mark.full)], ids="/".join
)
@pytest.mark.parametrize("role", ["visitor", "registered and booked", "admin"])
def test_no_method_is_an_error(role, methods):
    world = addresses.world()
    client = people.reader(ROLES[role](world))
    answers = {}
    for name in addresses.names():
        with people.as_she_is(client), transaction.atomic():
            path = addresses.path(name, world)
            for method in methods:
                answers[f"{method} {name}"] = client.generic(method, path).status_code
            transaction.set_rollback(True)

    assert [asked for asked, status in answers.items() if status >= 500] == []
