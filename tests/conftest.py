"""What every test may ask for, and what none should have to."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings

from common.transactions import register_undone
from qevent.celery import app
from tests import browser, databases, firefox, make, second_step, text_browser
from tests.contracts import checkers

# An example may take its time on a busy machine: properties are judged, not seconds.
hypothesis_settings.register_profile("qevent", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("qevent")

#: What a test may need that the checkout cannot bring: what is said where it is missing, and whether it is.
NEEDED: dict[str, tuple[str, Callable[[], object]]] = {
    "needs_java": (
        f"no Java {checkers.LEAST_JAVA} or later: the Nu HTML checker is left out",
        checkers.java,
    ),
    "needs_firefox": ("no Firefox: the main job is not tried in it", firefox.path),
    "needs_lynx": ("no lynx: the main job is not tried without pictures and styles", text_browser.path),
}

# The transaction around a test, as Django's TestCase marks it: what follows a commit is done at once.
register_undone(lambda block: getattr(block, "_from_testcase", False))


# Tests are about what comes behind it, but those that say so.
second_step.comes_with_force()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what ``make page`` asks with."""
    parser.addoption("--page", help="the name of the one address whose pages the contracts look at")


def pytest_report_header() -> list[str]:
    """Say what is not run where something is missing that the checkout cannot bring itself."""
    return [words for words, is_there in NEEDED.values() if not is_there()]


# Thousands of tests are made and kept: garbage would be looked for among all of them again and again.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for among what is made by tests only, and seldom."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what test-fast leaves out by what it asks for; what was measured to be slow says so itself."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if "races" in item.path.parts:
            item.add_marker("race")
        if "every_page" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")
    missing = [marker for marker, (_, is_there) in NEEDED.items() if not is_there()]
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in missing)]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Each process gets a copy of one database that is migrated."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a test commits is undone in our own way, which takes a tenth of Django's."""
    with django_db_blocker.unblock():
        databases.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", databases.put_back)
        yield


@pytest.fixture(autouse=True)
def _empty_cache_and_broker() -> None:
    """Begin with an empty Redis database: limits on logging in, for one, live there."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nobody_is_erased() -> Iterator[None]:
    """End with an empty list of the erased: imports refuse who is on it."""
    yield
    for file in Path(django_settings.ERASED_ROOT).glob("*"):
        file.unlink()


@pytest.fixture
def ordinary_monday() -> Iterator[None]:
    """The test plays at one moment of an ordinary morning: ``make.NOW``."""
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def site_address(settings: Settings) -> None:
    """Where links of emails lead in the test."""
    settings.SITE_URL = "https://events.example.org"


@pytest.fixture
def admin(client: Client) -> Client:
    """A client that is logged in as an admin."""
    client.force_login(make.member("Alex", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def celery_worker(transactional_db: None) -> Iterator[Any]:
    """A real worker that takes tasks from the real broker, in threads of this process."""
    with start_worker(
        app, pool="threads", concurrency=2, perform_ping_check=False, loglevel="WARNING"
    ) as worker:
        yield worker


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    with browser.launched() as started:
        yield started
        # Beside Playwright's event loop Django opens connections of its own; only this side of it finds them.
        connections.close_all()


@pytest.fixture
def browser_context(chromium: Any, live_server: Any) -> Iterator[Any]:
    """Makes contexts on the live server: ``browser_context(width=360, java_script_enabled=False)``.

    When the test is over, anything that the browser's console said fails it.
    """
    with browser.Contexts(chromium, live_server.url) as contexts:
        yield contexts


@pytest.fixture
def browser_page(browser_context: Any) -> Any:
    """A page at desk width, on the live server."""
    return browser_context().new_page()
