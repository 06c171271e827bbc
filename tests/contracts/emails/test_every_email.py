"""Every email: both parts say the same, links are the site's own and change nothing, headers are in order.

An email is caused as it is in life (``post``), once for all that is asked of it; a kind or a template without
a cause fails the first test.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
import time_machine
from django.conf import settings as site
from django.test import override_settings

from members.letters import to_do
from members.models import Member
from notifications.outbox import KINDS
from tests import letters, make
from tests.contracts import people, shapes, tables
from tests.contracts.conftest import silence
from tests.contracts.emails import causes
from tests.contracts.emails.causes import CAUSES, KIND_OF, Names
from tests.contracts.pages.catalogue import undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("site_address", "quiet_site")]

OURS = "https://events.example.org"
#: As many characters as a line of plain text has, where it is no address and no single word.
LONGEST_LINE = 998
#: Emails that lead to pages of the team's, which are closed to all others.
TO_THE_TEAM = ("concern-came", "answer-due", "moderation-digest", "first-factor", "address-objected")
#: The one email that leads to a meeting (P5): it goes out where nobody can reach the site.
LEADS_TO_A_MEETING = {"joining-letter": "https://meet.example/"}
#: What one member or guest writes to another is answered to them, and help is with the team all the same.
ANSWERS_TO = {"contact-author": "bo@guests.example"}
PLAIN = Names()
NAMES = {
    "plain": PLAIN,
    "another script": Names("محمد عبد الله", "患者の安全 – בטיחות", "ありがとう。"),
    "hostile": Names(
        "<script>alert(1)</script>{{ site }}",
        "</table><img src=//evil.example/x> & {% now 'Y' %}",
        "<a href='//evil.example'>x</a>",
    ),
    "long": Names("A" * 70 + " " + "b" * 70, "A very long title " * 10 + "end", "Because " * 200),
}


@pytest.fixture(autouse=True)
def _at_the_time_of_the_tests() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def emails(request, django_db_setup, django_db_blocker):
    """What a cause leads to, with these names; nothing else of it stays."""
    name, names = request.param
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=False, DEBUG=False, SITE_URL=OURS),
        time_machine.travel(make.NOW, tick=False),
        silence(),
        undone(),
    ):
        return causes.emails(name, NAMES[names])


def caused(*names):
    """Ask for the emails of every cause, with each of these ``NAMES``."""
    every = [(name, one) for one in names for name in CAUSES]
    return pytest.mark.parametrize("emails", every, indirect=True, ids="-".join)


CAUSE_IT = "Say in tests/contracts/emails/causes.py what causes each email, and nothing that is gone."


def test_every_kind_and_every_template_has_a_cause():
    folders = {path.parent.name for path in Path(site.BASE_DIR, "templates/emails").glob("*/body.html")}

    assert folders == {causes.folder(name) for name in CAUSES}, CAUSE_IT
    assert {KIND_OF.get(name, causes.folder(name)) for name in CAUSES} == set(KINDS), CAUSE_IT


@caused("plain")
def test_a_person_in_general_is_they(emails):
    said = [f"{email.subject} {email.body} {letters.html_of(email)}" for email in emails]
    assert shapes.gendered(" ".join(said)) == []


class Html(HTMLParser):
    """What the HTML part says, where it leads, and how it is made."""

    #: Said in the HTML only, for the list of an inbox and on top: layout words.
    HIDDEN = "display:none"

    def __init__(self, email):
        super().__init__()
        self.words, self.links, self.tags, self.tables, self.images = [], [], [], [], []
        self.lang = ""
        self._silent = 0
        self.feed(letters.html_of(email))

    def handle_starttag(self, tag, attrs):
        got = dict(attrs)
        self.tags.append(tag)
        self.lang = self.lang or (got.get("lang") or "" if tag == "html" else "")
        if tag == "a":
            self.links.append(got["href"])
        if tag == "table":
            self.tables.append(got.get("role"))
        if (
            tag in ("img", "link", "iframe", "object", "embed", "video", "form", "input")
            or "background" in got
        ):
            self.images.append(tag)
        if tag in ("style", "title") or self._silent or self.HIDDEN in got.get("style", ""):
            self._silent += tag not in ("br", "img", "meta", "hr")

    def handle_endtag(self, tag):
        self._silent -= bool(self._silent)

    def handle_data(self, data):
        if not self._silent:
            self.words += words(data)


def words(text):
    """The words, without what cannot be seen and without punctuation."""
    return re.findall(r"[^\W_]+", text)


def links_of_text(email):
    """Where the plain part leads, in order."""
    return [link.rstrip(".,;") for link in re.findall(r"https?://[^\s<>\"]+", email.body)]


@caused(*NAMES)
def test_both_parts_say_the_same_and_lead_to_the_same_pages(emails):
    for email in emails:
        html = Html(email)
        said = words(re.sub(r"https?://[^\s<>\"]+", " ", str(email.body)))
        # On top of the HTML stands the community's name; the plain part signs with it.
        assert html.words == ["Q", "community", *said]
        assert html.links == links_of_text(email)
    assert emails


@caused(*NAMES)
def test_an_email_is_well_made(emails, request):
    name, _ = request.node.callspec.params["emails"]
    led_to = (f"{OURS}/", LEADS_TO_A_MEETING.get(name, f"{OURS}/"))

    for email in emails:
        html = Html(email)
        html5lib.HTMLParser(strict=True).parse(letters.html_of(email))
        assert (html.lang, html.tags.count("title"), html.tags.count("h1")) == ("en-GB", 1, 1)
        assert set(html.tables) == {"presentation"}
        assert html.images == []
        assert "script" not in html.tags
        assert [link for link in [*html.links, *links_of_text(email)] if not link.startswith(led_to)] == []
        assert [link for link in html.links if urlsplit(link).query] == []
    assert emails


@caused(*NAMES)
def test_an_inbox_shows_early_what_it_asks_to_do(emails):
    for email in emails:
        html = letters.html_of(email)
        shown = unescape(html.partition('<div class="unseen"')[2].partition(">")[2].partition("</div>")[0])
        asked = to_do(html)
        assert asked in shown[:90]
    assert emails


@caused(*NAMES)
def test_its_headers_and_its_footer_are_in_order(emails, request):
    name, _ = request.node.callspec.params["emails"]

    for email in emails:
        sent = email.message()
        assert len(str(sent["Subject"]).splitlines()) == 1 or "=?" in sent["Subject"]
        assert email.subject.isprintable() or "\u2068" in email.subject
        assert len(email.subject) < 80
        answers_to = ANSWERS_TO.get(name, "team@example.org")
        assert (sent["Reply-To"], sent["Auto-Submitted"]) == (answers_to, "auto-generated")
        assert re.fullmatch(r"<[0-9a-f-]{36}@events\.example\.org>", sent["Message-ID"])
        assert len(sent.get_all("Bcc", [])) + len(sent.get_all("Cc", [])) == 0
        assert max(len(line) for line in sent.as_bytes().splitlines()) <= LONGEST_LINE
        footer = email.body.rpartition("\n--\n")[2]
        assert footer.startswith("You get this email because ")
        help_at = "Write to team@example.org" if name in ANSWERS_TO else "Reply to this email"
        assert f"Need help? {help_at} or call 01234 567890." in footer


@pytest.mark.parametrize("name", CAUSES)
def test_whoever_opens_every_link_changes_nothing(name):
    emails = causes.emails(name, PLAIN)
    links = {link for email in emails for link in links_of_text(email)}
    readers = people.reader(), *(people.reader(member) for member in Member.objects.order_by("pk")[:3])
    before = tables.digests()

    answers = [
        reader.generic(method, urlsplit(link).path).status_code
        for reader in readers
        for link in sorted(links)
        for method in ("HEAD", "GET")
    ]

    assert links
    assert set(answers) <= {200, 302} | ({403} if causes.folder(name) in TO_THE_TEAM else set())
    assert tables.changed(before) == set()
