"""Whoever has a part of a role's rights is offered nothing that refuses them: no link or button gives 403.

Admins give and take rights one by one. So the rights to look and not to change are asked for, and each right
alone and taken from who runs events; on the team's pages, and on others' where they offer the team something.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client

from members.capabilities import CAPABILITIES, SEE_EVENTS, Codename, codename
from members.models import Member
from tests import make
from tests.contracts import addresses, people

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]

#: Beginnings of the rights of each, and endings of those that they lack.
PARTS = {
    "the one right by which each thing is known": (tuple(one.key for one in CAPABILITIES), ()),
    "look at sessions alone": (("events.view_session",), ()),
    "look at hosts and sessions": (("events.view_session", "events.view_contributor"), ()),
    "look at all, change no hosts": (
        ("events.view_", "workshops.view_", "events.change_session", "workshops.change_"),
        ("_accessneeds",),
    ),
    "change hosts and no sessions": (
        ("events.view_", "events.add_contributor", "events.change_contributor"),
        ("_accessneeds",),
    ),
    "change sessions unseen": (("events.change_session",), ()),
    "see needs of events unseen": (("events.view_accessneeds", "team.send_announcement"), ()),
    "help people who come to events unseen": (("members.", "workshops.", "events.change_registration"), ()),
}
ALL_PARTS = [
    *PARTS,
    *(pytest.param(one.sentence, marks=pytest.mark.full) for one in CAPABILITIES),
]
WITHOUT = [
    pytest.param(one, marks=() if one.key == SEE_EVENTS else pytest.mark.full, id=f"not: {one.sentence}")
    for one in CAPABILITIES
]
#: Pages of others that offer the team something.
OF_OTHERS = ("events:event", "events:session", "events:theme", "blog:post", "live:now", "contact", "home")


@pytest.fixture(autouse=True)
def _at_the_time_of_the_tests() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.mark.parametrize("part", ALL_PARTS)
def test_a_part_of_the_rights_is_offered_nothing_that_it_refuses(part):
    alone = {one.sentence: (one.codenames, one.but) for one in CAPABILITIES}
    beginnings, but = (PARTS | alone)[part]
    names = [one for one in every() if one.startswith(beginnings) and not (but and one.endswith(but))]

    assert refused(somebody(names), addresses.world()) == []


@pytest.mark.parametrize("taken", WITHOUT)
def test_an_event_admin_without_one_of_their_rights_is_offered_nothing_that_it_refuses(taken):
    role = people.staff("Event admin").groups.get()
    names = [codename(one) for one in role.permissions.all() if not taken.covers(codename(one))]

    assert refused(somebody(names), addresses.world()) == []


def every() -> dict[Codename, Permission]:
    """All permissions, by ``app.codename``."""
    return {codename(one): one for one in Permission.objects.select_related("content_type")}


def somebody(names: list[Codename]) -> Member:
    """Somebody of the team with these rights."""
    member = people.staff()
    member.user_permissions.set(one for name, one in every().items() if name in names)
    return member


def refused(member: Member, world: addresses.World) -> list[str]:
    """Return what the pages that they get offer them and then refuse: page, way, address."""
    client = people.reader(member)
    offers: dict[tuple[str, str], str] = {}
    for name in filter(is_asked, addresses.names()):
        path = addresses.path(name, world)
        with transaction.atomic():
            got = client.get(path)
            transaction.set_rollback(True)
        if got.status_code == 200 and not got.streaming and "text/html" in got.headers["Content-Type"]:
            for way, to in Offers.of(got.text, path):
                offers.setdefault((way, to), name)
    return [f"{page}: {way} {to}" for (way, to), page in offers.items() if is_refused(client, way, to)]


def is_asked(name: str) -> bool:
    """Whether the page of this name may offer the team something."""
    return name.startswith(("team:", "hosting:")) or name in OF_OTHERS


def is_refused(client: Client, way: str, to: str) -> bool:
    """Whether this is answered with 403; nothing of it stays."""
    with people.as_she_is(client), transaction.atomic():
        answer = client.get(to) if way == "get" else client.post(to)
        transaction.set_rollback(True)
    return answer.status_code == 403


class Offers(HTMLParser):
    """Where the links and forms of a page lead, within the site."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: set[tuple[str, str]] = set()

    @classmethod
    def of(cls, html: str, path: str) -> list[tuple[str, str]]:
        """Return each as (method, address)."""
        parser = cls(path)
        parser.feed(html)
        return sorted(parser.found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take links, forms and buttons with an address of their own."""
        has = dict(attrs)
        if tag == "a":
            self._take("get", has.get("href"))
        elif tag == "form":
            self._take((has.get("method") or "get").lower(), has.get("action") or self.path)
        elif tag in ("button", "input") and "formaction" in has:
            self._take("post", has["formaction"])

    def _take(self, way: str, to: str | None) -> None:
        to = (to or "").partition("#")[0]
        if to.startswith("?"):
            to = self.path.partition("?")[0] + to
        if to.startswith("/") and not to.startswith(("//", "/static/", "/media/")) and "log-out" not in to:
            self.found.add((way, to))
