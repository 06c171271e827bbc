"""The catalogue: every page of the site in every state worth looking at, as the site answers it.

Most of it comes from the table of roles by itself: each address that answers GET with a page, for each reader
who sees another page than those before; and each form on it, sent without what it asks for. The other states
are in the modules beside this one (``events.py``, ``accounts.py``, ``admin.py``), each a function that brings
the site there and looks. What it did is undone afterwards, so the order does not matter.

A page is kept with its status and headers. Whatever holds for all pages is then asked of the kept ones, as
text or in a browser that is given them (``browser.py``), as often as it takes.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils.html import escape

from members.models import Member, SiteSettings
from tests.answers import Answer
from tests.contracts import addresses, people
from tests.contracts.roles.granted import letters
from tests.contracts.roles.table import LETTERS, ROLES, TABLE
from tests.contracts.shapes import LONG_WORD
from tests.found import found

SITE_NAME = "Q community"
EVENT = f"Event of {LONG_WORD}"
ADMIN = "admin"
#: Shows every component in every state: the head a second time, a button that cannot be pressed.
GUIDE = "styleguide"
#: Whose pages differ; the admin is looked at by an admin only.
READERS = (
    "visitor",
    "waiting for approval",
    "not registered",
    "registered and booked",
    "another member",
    "host",
    "blog editor",
    "moderator",
)
#: Addresses that answer with HTML which is no page, and why.
NOT_PAGES = {
    "account_turn": "whether one may log in now, which the form's script asks",
    "workshops:agenda_now": "fragments, which an open agenda asks for",
    "workshops:agenda_parts": "parts of a page, which an open agenda asks for",
    "team:announcement_html": "an email, which its page shows in a frame",
    "admin:notifications_message_preview": "an email, which its page shows in a frame",
}
#: What a form leaves out when it is sent empty: all but what it carries unseen.
KEPT_FIELDS = ("hidden",)


@dataclass(frozen=True)
class Page:
    """An answer of the site: ``of`` names its address, ``state`` what is special, ``who`` reads it."""

    of: str
    state: str
    who: str
    path: str
    status: int
    headers: Mapping[str, str]
    html: str

    def __str__(self) -> str:
        return f"{self.of}{', ' if self.state else ''}{self.state} ({self.who}) {self.path}"


@dataclass
class Site:
    """The site as its readers find it; keeps each page that differs from those it has."""

    world: addresses.World | None = None
    members: dict[str, Member | None] = field(default_factory=lambda: {"visitor": None})
    pages: list[Page] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)

    def member(self, who: str) -> Member:
        """Return who this reader is: somebody with an account."""
        return found(self.members[who])

    def client(self, who: str) -> Client:
        """Return a browser of its own for this reader."""
        client = people.reader(self.members[who])
        client.defaults["SERVER_NAME"] = "localhost"
        return client

    def look(
        self, of: str, state: str, who: str, path: str, *, status: int = 200, client: Client | None = None
    ) -> Answer:
        """Ask for a page and keep it; return the answer."""
        answer = (client or self.client(who)).get(path)
        return self.keep(answer, of, state, who, path, status=status)

    def keep(self, answer: Answer, of: str, state: str, who: str, path: str, *, status: int = 200) -> Answer:
        """Keep an answer that a test client got; return it. A fault of the site's own is never a page."""
        assert answer.status_code == status, f"{of}, {state} ({who}) {path}: {answer.status_code}"
        if is_page(answer):
            html = answer.content.decode()
            mark = (of, without_names(html, self.members))
            if mark not in self.known:
                self.known.add(mark)
                kept = Page(of, state, who, path, answer.status_code, dict(answer.headers), html)
                self.pages.append(kept)
        return answer


def is_page(answer: HttpResponseBase) -> bool:
    """Whether an answer is something to look at in a browser."""
    return answer.headers.get("Content-Type", "").startswith("text/html")


def without_names(html: str, members: Mapping[str, Member | None]) -> str:
    """Return a page without what differs from reader to reader and means nothing: names, tokens, the head."""
    for member in members.values():
        for word in (member.name, member.email) if member else ():
            html = html.replace(escape(word), "")
    return re.sub(r'[A-Za-z0-9]{64}|<header class="site-header">.*?</header>', "", html, flags=re.DOTALL)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards; the site's rules take it for a test's own."""
    cache.clear()
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django's TestCase marks its own
    with block:
        yield
        transaction.set_rollback(True)


def look_at_the_table(site: Site, only: Collection[str] = TABLE) -> None:
    """Keep every page that the table of roles knows, and what its forms say when they are sent empty."""
    assert site.world is not None
    for name in only:
        got, _ = letters(name)
        readers = (ADMIN,) if name.startswith(("admin:", "team:")) else READERS
        for who in readers:
            if got[who] != "o" or name in NOT_PAGES:
                continue
            path = addresses.path(name, site.world)
            with undone():
                before = len(site.pages)
                answer = site.look(name, "", who, path)
            if len(site.pages) > before:
                send_forms_empty(site, name, who, answer.content.decode(), path)


def send_forms_empty(site: Site, of: str, who: str, html: str, path: str) -> None:
    """Send each form of a page without anything typed in, and keep what comes back as a page."""
    for action, data in forms(html):
        with undone():
            address = urljoin(path, action)
            answer = site.client(who).post(address, data)
            if is_page(answer) and answer.status_code in LETTERS and LETTERS[answer.status_code] in "ob":
                site.keep(answer, of, "sent empty", who, address, status=answer.status_code)
            assert answer.status_code < 500, f"{of}, sent empty: {answer.status_code}"


def forms(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the forms of a page's main part that post: where to, and what they carry unseen."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    parts = [*tree.iter("main"), *tree.findall(".//div[@id='content']")][:1]
    found = [form for part in parts for form in part.iter("form") if form.get("method", "").lower() == "post"]
    return [(form.get("action") or "", hidden(form)) for form in found]


def hidden(form: Any) -> dict[str, str]:
    """Return the hidden fields of a form, and how many rows a set of forms has; all but the token."""
    fields = [one for one in form.iter("input") if one.get("type") in KEPT_FIELDS and one.get("name")]
    return {
        one.get("name"): one.get("value") or "" for one in fields if one.get("name") != "csrfmiddlewaretoken"
    }


def ready(site: Site) -> None:
    """Make the world of the contracts and all its readers; the site and its event have names."""
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"name": SITE_NAME, "contact_email": "team@example.org"}
    )
    site.world = addresses.world(title=EVENT, summary=f"Two days in {LONG_WORD}.")
    site.members |= {who: make_one(site.world) for who, make_one in ROLES.items() if who not in site.members}


def catalogue(
    states: Sequence[Any], empty: Sequence[Any], only: Collection[str] = TABLE, site: Site | None = None
) -> list[Page]:
    """Return all pages: of the table (or ``only`` of some names in it), of the ``states``, and of a site with
    nothing planned (``empty``); found by a ``site`` of one's own, or by an ordinary one."""
    assert not connection.in_atomic_block, "The catalogue is made once, outside any test's transaction."
    site = site or Site()
    for state in empty:
        with undone():
            state(site)
    with undone():
        ready(site)
        look_at_the_table(site, only)
        for state in states:
            with undone():
                state(site)
    return site.pages


def place(page: Page) -> str:
    """Return the part of the site a page is in: "admin", "event" (below an event's own page) or "site"."""
    parts = urlsplit(page.path).path.split("/")
    if parts[1] == "admin":
        return "admin"
    return "event" if len(parts) > 4 and parts[1] == "events" else "site"


def told(faults: Mapping[str, Sequence[str]]) -> str:
    """Return faults as lines to read: each fault once, and the pages that have it. Empty without faults."""
    pages: dict[str, list[str]] = {}
    for page, wrong in faults.items():
        for fault in wrong:
            pages.setdefault(fault, []).append(page)
    return "".join(f"\n{fault}\n    " + "\n    ".join(dict.fromkeys(on)) for fault, on in pages.items())
