"""Shows the pages of the catalogue to a browser and measures them there.

The browser asks an address that does not exist anywhere; it is answered with the kept page, its headers (the
content security policy among them), and the site's files as they lie. So a page can be looked at in every
width and scheme without making it anew, and whatever it asks for is known.
"""

import functools
import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import brotli
from django.contrib.staticfiles.views import serve
from django.http import Http404
from django.test import RequestFactory
from django.views.i18n import JavaScriptCatalog
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route, ViewportSize

from qevent.localservices.install_packages import CHECKERS
from tests.browser import DESK, PHONE, TABLET, Contexts
from tests.contracts.pages.blog import PIXEL
from tests.contracts.pages.catalogue import GUIDE, Page, place

ADDRESS = "https://site.test"
MEASURES = Path(__file__).with_name("measures.js").read_text()
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Frames are emails, shown as they were sent; nothing is loaded to be looked at.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "iframes": False,
    "preload": False,
}
#: What passes stays in the browser: carrying it over takes longer than finding it.
AXE_RUN = "(options) => axe.run(document, options).then((found) => found.violations)"
#: 1280 by 1024 px at 400 % (WCAG 2.2, 1.4.10).
AT_400_PERCENT = ViewportSize(width=320, height=256)
A_PHONE = ViewportSize(width=PHONE, height=740)
A_DESK = ViewportSize(width=DESK, height=900)
#: What the style guide breaks by showing the head of a page inside a page.
SHOWN_TWICE = ("landmark-unique", "landmark-no-duplicate-banner", "landmark-banner-is-top-level")
#: What a first visit may cost whoever reads on an old telephone.
MOST_REQUESTS, MOST_BYTES = 8, 100_000
#: What the editor's script is made of, kept by those who write every day: it counts as one.
MODULES_OF_THE_EDITOR = ("/words.js", "/autosave.js", "/paste.js")
#: The editor that posts are written in, on the one page that has it: kept by those who write every day.
EDITOR, WITH_EDITOR = "/static/django_prose_editor/editor.js", "team:post_edit"
#: Pictures of the content are counted aside: what they weigh is their editors' choice of three widths.
PICTURES = "/media/"
WIDTHS = (PHONE, TABLET, DESK)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WORDS_OF_THE_ADMIN = "/admin/jsi18n/"
UNSENT = ("Content-Length", "Set-Cookie")

Look = Callable[["Show", Page], Iterable[str]]


@functools.cache
def axe() -> str:
    """Return axe-core's source, which a page's own policy would not let in as a script."""
    return (CHECKERS / "node_modules" / "axe-core" / "axe.min.js").read_text()


@functools.cache
def file(path: str) -> tuple[bytes, str, int]:
    """Return a file of the site, its type, and how many bytes it takes on the wire in production."""
    if path.startswith(PICTURES):
        return PIXEL, "image/webp", len(PIXEL)
    asked = RequestFactory().get(path)
    if path == WORDS_OF_THE_ADMIN:
        answer = JavaScriptCatalog.as_view(packages=["django.contrib.admin"])(asked)
    else:
        answer = serve(asked, path.removeprefix("/static/"), insecure=True)
    content = b"".join(answer)
    answer.close()
    return content, answer.headers["Content-Type"], len(brotli.compress(content))


class Show:
    """One tab, in which one page after the other is opened; knows what each asked for and said."""

    def __init__(self, contexts: Contexts, **options: Any) -> None:
        self.contexts = contexts
        context = contexts(**options)
        context.route("**/*", self._answer)
        self.tab: Tab = context.new_page()
        self.asked: list[tuple[str, int]] = []
        self.page: Page | None = None

    def open(self, page: Page) -> None:
        """Show a page as on a first visit."""
        self.page, self.asked = page, []
        self.contexts.said.clear()
        self.tab.goto(ADDRESS + page.path.partition("?")[0])

    def first_visit(self) -> list[str]:
        """Return what is wrong with what the page asked for, and all that it said in the console."""
        own = [one for one in self.asked if not one[0].startswith(ADDRESS + PICTURES)]
        asked = [url for url, _ in own if not url.startswith("data:")]
        is_written_on = self.page is not None and self.page.of == WITH_EDITOR
        weight = sum(size for url, size in own if not (is_written_on and url == ADDRESS + EDITOR))
        counted = [url for url in asked if not (is_written_on and url.endswith(MODULES_OF_THE_EDITOR))]
        faults = [f"asks {url}" for url in asked if not url.startswith(ADDRESS)]
        faults += [f"says {line}" for line in self.contexts.said]
        # The admin's own frame has many files, which its readers, who come every day, keep.
        if self.page is not None and place(self.page) != "admin":
            faults += [f"{len(counted)} requests: {counted}"] * (len(counted) > MOST_REQUESTS)
            faults += [f"weighs {weight} bytes"] * (weight > MOST_BYTES)
        return faults

    def narrow(self) -> list[str]:
        """Return what is wrong at 400 %; the screen is a desk's again afterwards."""
        self.tab.set_viewport_size(AT_400_PERCENT)
        found = self.measure("sideways") + self.measure("sticky")
        self.tab.set_viewport_size(A_DESK)
        return found

    def with_large_letters_on_a_phone(self) -> list[str]:
        """Return what is wrong at 200 % text on a phone; the screen is a desk's again afterwards."""
        self.tab.set_viewport_size(A_PHONE)
        found = self.measure("phone")
        self.tab.set_viewport_size(A_DESK)
        return found

    def in_forced_colours(self) -> list[str]:
        """Return what cannot be seen when the reader's own colours replace the page's."""
        self.tab.emulate_media(forced_colors="active")
        found = self.measure("forced")
        self.tab.emulate_media(forced_colors="none")
        return found

    def measure(self, what: str) -> list[str]:
        """Return what one of the functions of ``measures.js`` finds."""
        found: list[str] = self.tab.evaluate(f"{MEASURES}.{what}()")
        return found

    def _answer(self, route: Route) -> None:
        url = route.request.url
        assert self.page is not None
        if route.request.is_navigation_request() and route.request.frame == self.tab.main_frame:
            body = self.page.html.encode()
            headers = {name: value for name, value in self.page.headers.items() if name not in UNSENT}
            self.asked.append((url, len(gzip.compress(body))))
            route.fulfill(body=body, headers=headers)
            return
        try:
            content, kind, size = file(urlsplit(url).path)
        except Http404:
            self.asked.append((url, 0))
            route.abort()
            return
        self.asked.append((url, size))
        route.fulfill(body=content, content_type=kind)


def violations(show: Show) -> list[str]:
    """Return what axe finds on the page as it stands, everything unfolded."""
    show.tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if not show.tab.evaluate("'axe' in window"):
        show.tab.evaluate(axe())
    found = show.tab.evaluate(AXE_RUN, AXE_OPTIONS)
    if show.page is not None and show.page.of == GUIDE:
        found = [one for one in found if one["id"] not in SHOWN_TWICE]
    return [f"{one['id']} ({one['help']}): {node['html'][:160]}" for one in found for node in one["nodes"]]


def violations_in_every_look(show: Show) -> Iterator[str]:
    """Yield what axe finds at each width in each scheme; the page is opened once and stays open."""
    for width, scheme in product(WIDTHS, SCHEMES):
        show.tab.set_viewport_size(ViewportSize(width=width, height=A_DESK["height"]))
        show.tab.emulate_media(color_scheme=scheme)
        yield from (f"at {width} px, {scheme}: {one}" for one in violations(show))


def look_at(show: Show, pages: Sequence[Page], look: Look) -> dict[str, list[str]]:
    """Open each page and return what ``look`` finds, by page."""
    found: dict[str, list[str]] = {}
    for page in pages:
        show.open(page)
        found[str(page)] = list(look(show, page))
    return found
