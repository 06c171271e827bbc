"""No GET or HEAD changes anything (P10): mail scanners and browsers that read ahead press every link.

Every address there is, and every link on every page that it leads to, is asked for by a member, a host and
an admin; the tables before and after are compared. Only Django's sessions are left out.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import time_machine
from django.apps import apps
from django.core.serializers import serialize

from notifications.delivery import render
from notifications.models import Message
from tests import make
from tests.contracts import addresses, people

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

LINK = re.compile(r'(?:href|src|action|data-hx-get|data-url)="([^"]+)"')
LEFT_OUT = {"sessions.Session"}
#: As many addresses as one reader asks for: lists of the admin can be sorted and filtered in many ways.
PRESSED = 150


@pytest.fixture(autouse=True)
def _at_the_time_of_the_tests() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def everything() -> dict[str, str]:
    """Return what all tables hold."""
    models = [model for model in apps.get_models() if model._meta.label not in LEFT_OUT]
    return {model._meta.label: serialize("json", model._base_manager.order_by("pk")) for model in models}


def links(page: str, base: str) -> list[str]:
    """Return the addresses of this site that a page names, forms' included."""
    found = [urljoin(base, urldefrag(unescape(link)).url) for link in LINK.findall(page)]
    return [link for link in found if urlsplit(link).hostname in (None, "localhost", "testserver")]


def press_all(client, start: list[str]) -> list[str]:
    """Ask for these addresses and all that they lead to, by GET and HEAD; return what was asked for."""
    waiting = list(start)
    asked: list[str] = []
    while waiting and len(asked) < max(PRESSED, len(start)):
        path = waiting.pop(0)
        if path in asked or path.startswith(("/static/", "data:")):
            continue
        asked.append(path)
        client.head(path)
        answer = client.get(path)
        assert answer.status_code < 500, path
        if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            parts = [urlsplit(link) for link in links(answer.text, path)]
            waiting += [f"{part.path}?{part.query}" if part.query else part.path for part in parts]
    return asked


@pytest.mark.parametrize("who", ["member", "host", "admin"])
def test_pressing_every_link_changes_nothing(who):
    world = addresses.world()
    host = make.member("Hana", email="hana@hosts.example")
    client = people.reader({"member": world.ada, "host": host, "admin": world.root}[who])
    names = [name for name in addresses.names() if who == "admin" or not name.startswith("admin:")]
    start = [addresses.path(name, world) for name in names if not name.endswith("logout")]
    before = everything()

    asked = press_all(client, start)

    assert len(asked) > 40
    assert everything() == before


def test_a_scanner_that_presses_every_link_of_every_email_changes_nothing():
    world = addresses.world()
    letters = [render(message) for message in Message.objects.filter(had_secret=False)]
    urls = [url for letter in letters if letter for url in re.findall(r"https?://[^\s<>\"]+", letter.text)]
    readers = people.reader(), people.reader(world.ada)
    before = everything()

    for client in readers:
        press_all(client, [urlsplit(url).path for url in urls])

    assert urls
    assert everything() == before
