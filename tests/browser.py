"""A real Chromium for tests: strict about its console, and without a way to the rest of the world."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, ViewportSize, sync_playwright

from tests import chromium

FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    # The rest of the world has no addresses.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
PHONE, TABLET, DESK = 360, 768, 1280


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser, closed at the end."""
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    found = chromium.require()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found.path,
            env={**os.environ, **found.env},
            chromium_sandbox=False,
            args=list(FLAGS),
        )
        yield started
        started.close()


class Contexts:
    """Makes browser contexts on one site; remembers what their consoles say."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser = browser
        self.base_url = base_url
        self.said: list[str] = []
        self.made: list[BrowserContext] = []

    def __call__(self, *, width: int = DESK, height: int = 900, **options: Any) -> BrowserContext:
        """Return a fresh context; ``options`` are Playwright's."""
        viewport = ViewportSize(width=width, height=height)
        context = self.browser.new_context(
            base_url=self.base_url, viewport=viewport, locale="en-GB", **options
        )
        context.set_default_timeout(10_000)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        self.made.append(context)
        return context

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("warning", "error"):
            self.said.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def expect_refusals(self, *statuses: int) -> None:
        """Forget what the console said about answers with these statuses: the test wanted them."""
        wanted = tuple(f"status of {status}" for status in statuses)
        self.said = [line for line in self.said if not any(words in line for words in wanted)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        for context in self.made:
            context.close()
        if failure is None:
            assert self.said == []
