"""What every test may ask for, and what none should have to."""

from collections.abc import Iterator
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache

from qevent.celery import app
from tests import browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens the browser, and the races, so that test-fast can leave them out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if "races" in item.path.parts:
            item.add_marker("race")


@pytest.fixture(autouse=True)
def _empty_cache_and_broker() -> None:
    """Begin with an empty Redis database: limits on logging in, for one, live there."""
    cache.clear()


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
