"""Shows the pages of the catalogue to a browser and measures them there.

The browser is given the kept page, its headers (the content security policy among them), and the site's files
as they lie (``served.py``). So a page can be looked at in every width and scheme without making it anew, and
whatever it asks for is known.
"""

import functools
import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.http import Http404
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request, ViewportSize

from qevent.localservices.install_packages import CHECKERS
from tests.browser import DESK, PHONE, TABLET, Contexts
from tests.contracts.pages.catalogue import GUIDE, Page, place
from tests.contracts.pages.elements import elements
from tests.contracts.pages.served import PICTURES, Server, file

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
#: The editor of posts and announcements, on the pages that have it: kept by those who write every day.
EDITOR = "/static/django_prose_editor/editor.js"
WITH_EDITOR = ("team:post_edit", "team:announcement_new", "team:announcement_edit")
WIDTHS = (PHONE, TABLET, DESK)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

#: Where something leads, what stands in a field, and when: no rule of axe reads it.
VALUES = re.compile(
    r'\b(href|value|action|formaction|content|datetime|src|srcset|data-[\w-]+|hx-[\w-]+)="[^"]*"'
)
UNSEEN = re.compile(r"<head>.*?</head>|<script.*?</script>", re.DOTALL)
WORDS = re.compile(r">[^<>]*[^<>\s][^<>]*<")

Look = Callable[["Show", Page], Iterable[str]]


def unlike(pages: Sequence[Page]) -> list[Page]:
    """Return the pages that differ in more than words and values, each once.

    They differ in an element, in another attribute, or in whether something says anything.
    """
    shapes: dict[str, Page] = {}
    for page in pages:
        body = VALUES.sub(r"\1", UNSEEN.sub("", page.html))
        shapes.setdefault(WORDS.sub(">words<", body), page)
    return list(shapes.values())


def examples(pages: Sequence[Page]) -> list[Page]:
    """Return few pages on which each element of all pages stands, in the same others, with or without words.

    The next is always the one with most that none has shown yet.
    """
    new = {number: elements(page.html) for number, page in enumerate(pages)}
    found = []
    while any(new.values()):
        found.append(max(new, key=lambda number: len(new[number])))
        shown = new.pop(found[-1])
        new = {number: some - shown for number, some in new.items()}
    return [pages[number] for number in sorted(found)]


@functools.cache
def axe() -> str:
    """Return axe-core's source, which a page's own policy would not let in as a script."""
    return (CHECKERS / "node_modules" / "axe-core" / "axe.min.js").read_text()


class Show:
    """One tab, in which one page after the other is opened; knows what each asked for and said."""

    def __init__(self, contexts: Contexts, server: Server, **options: Any) -> None:
        self.contexts = contexts
        self.server = server
        context = contexts(**options)
        context.on("request", self._note)
        self.tab: Tab = context.new_page()
        self.asked: list[str] = []
        self.page: Page | None = None

    def open(self, page: Page) -> None:
        """Show a page as on a first visit."""
        self.page = self.server.page = page
        self.asked = []
        self.contexts.said.clear()
        self.tab.goto(self.server.url + page.path.partition("?")[0])

    def first_visit(self) -> list[str]:
        """Return what is wrong with what the page asked for, and all that it said in the console."""
        assert self.page is not None
        pictures, editor = self.server.url + PICTURES, self.server.url + EDITOR
        is_written_on = self.page.of.partition(" ")[0] in WITH_EDITOR
        asked = [url for url in dict.fromkeys(self.asked) if not url.startswith((pictures, "data:"))]
        weight = sum(self._size(url) for url in asked if not (is_written_on and url == editor))
        counted = [url for url in asked if not (is_written_on and url.endswith(MODULES_OF_THE_EDITOR))]
        faults = [f"asks {url}" for url in asked if not url.startswith(self.server.url)]
        faults += [f"says {line}" for line in self.contexts.said]
        # The admin's own frame has many files, which its readers, who come every day, keep.
        if place(self.page) != "admin":
            faults += [f"{len(counted)} requests: {counted}"] * (len(counted) > MOST_REQUESTS)
            faults += [f"weighs {weight} bytes"] * (weight > MOST_BYTES)
        return faults

    def unfold(self) -> None:
        """Open all that opens."""
        self.tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    def on_small_screens(self) -> list[str]:
        """Return what is wrong at 400 % and with large letters on a phone; it is a desk again afterwards."""
        self.tab.set_viewport_size(AT_400_PERCENT)
        found = self.measure("sideways") + self.measure("sticky")
        self.tab.set_viewport_size(A_PHONE)
        found += self.measure("phone")
        self.tab.set_viewport_size(A_DESK)
        return found

    def in_forced_colours(self) -> list[str]:
        """Return what cannot be seen when the reader's own colours replace the page's."""
        self.tab.emulate_media(forced_colors="active")
        found = self.measure("forced")
        self.tab.emulate_media(forced_colors="none")
        return found

    def however_one_reads_it(self) -> Iterator[str]:
        """Yield what is wrong with large letters, in forced colours and on small screens, all unfolded."""
        self.unfold()
        yield from self.measure("text")
        yield from self.in_forced_colours()
        yield from self.on_small_screens()

    def measure(self, what: str) -> list[str]:
        """Return what one of the functions of ``measures.js`` finds."""
        found: list[str] = self.tab.evaluate(f"{MEASURES}.{what}()")
        return found

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def _size(self, url: str) -> int:
        """How many bytes of an address go over the wire: the page's own, or a file's."""
        assert self.page is not None
        path = urlsplit(url).path
        if path == urlsplit(self.page.path).path:
            return len(gzip.compress(self.page.html.encode()))
        try:
            return file(path)[2]
        except Http404:
            return 0


def violations(show: Show) -> list[str]:
    """Return what axe finds on the page as it stands, everything unfolded."""
    show.unfold()
    if not show.tab.evaluate("'axe' in window"):
        show.tab.evaluate(axe())
    found = show.tab.evaluate(AXE_RUN, AXE_OPTIONS)
    if show.page is not None and show.page.of == GUIDE:
        found = [one for one in found if one["id"] not in SHOWN_TWICE]
    return [f"{one['id']} ({one['help']}): {node['html'][:160]}" for one in found for node in one["nodes"]]


def violations_in_every_look(show: Show, *, but: Sequence[tuple[int, str]] = ()) -> Iterator[str]:
    """Yield what axe finds at each width in each scheme ``but`` some; the page is opened once, stays open."""
    for width, scheme in [look for look in product(WIDTHS, SCHEMES) if look not in but]:
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
