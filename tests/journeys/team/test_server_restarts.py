"""The server goes away while an editor types, and comes again: a real process, stopped and started."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect

from blog.models import Post, UnsavedDraft
from qevent.localservices.paths import CHECKOUT
from tests.blog.editing.revisions import draft
from tests.browser import Contexts
from tests.found import found
from tests.journeys.at_the_desk import editor, log_in, ten_seconds_later, wait_for_kept_in_the_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Typed while nobody was there"
AWAY = "We cannot be reached, so what you type is not kept by us. It stays here, and we keep trying."


class Server:
    """The site as a process of its own, on the test's database, always on the same port."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self):
        """Start it, and wait until it takes connections."""
        database = connection.settings_dict
        host, name = database["HOST"], database["NAME"]
        mine = {
            "SITE_URL": self.url,
            "DATABASE_URL": f"postgresql://{database['USER']}:{database['PASSWORD']}@/{name}?host={host}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--no-ws"]
        argv = [sys.executable, "-m", "granian", *options, "tests.live_site:application"]
        self.process = subprocess.Popen(  # noqa: S603 - ours
            argv,
            cwd=CHECKOUT,
            env=os.environ | mine,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        give_up = time.monotonic() + 120
        while not self._answers():
            assert self.process.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.05)

    def _answers(self):
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def stop(self):
        """End it as a machine that fails does."""
        process = found(self.process)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def server(transactional_db) -> Iterator[Server]:
    one = Server()
    one.start()
    yield one
    one.stop()


@pytest.fixture
def desk(server, chromium) -> Iterator[Page]:
    """Eve at the form of a post on that server; its clock is turned by hand."""
    editor("eve")
    address = reverse("team:post_edit", args=[draft().pk])
    with Contexts(chromium, server.url) as contexts:
        page = contexts().new_page()
        page.clock.install()
        log_in(page, "eve", address)
        expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
        yield page
        contexts.said = [line for line in contexts.said if "net::ERR_" not in line]


def type_everywhere(page):
    page.get_by_label("Title").fill(WORDS)
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Every word of it.")


def saved():
    post = Post.objects.get()
    return post.title, post.text


def test_what_is_typed_while_the_server_restarts_is_kept_and_saved_once_it_is_there_again(server, desk):
    status = desk.locator("[data-kept]")
    server.stop()
    type_everywhere(desk)
    ten_seconds_later(desk)
    expect(status).to_have_text(AWAY)
    wait_for_kept_in_the_browser(desk, 1)

    server.start()
    ten_seconds_later(desk)

    expect(status).to_contain_text("Kept what you typed at")
    assert UnsavedDraft.objects.get().title == WORDS
    wait_for_kept_in_the_browser(desk, 0)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    assert saved() == (WORDS, "Every word of it.")


def test_who_saves_while_the_server_is_away_finds_the_words_when_it_is_there_again(server, desk):
    address = desk.url
    type_everywhere(desk)
    server.stop()
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url(lambda url: url.startswith("chrome-error:"))

    server.start()
    desk.goto(address)
    desk.get_by_role("button", name="Bring back these words").click()

    expect(desk.get_by_label("Title")).to_have_value(WORDS)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    assert saved() == (WORDS, "Every word of it.")
