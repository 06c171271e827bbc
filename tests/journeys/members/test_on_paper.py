"""On paper: what Chromium prints, page by page, and a browser without scripts or a way to print."""

import io
import re
import unicodedata

import pytest
from django.urls import reverse
from pypdf import PdfReader

from blog import body
from blog.models import Post, Video
from events.models import Event
from tests import make
from tests.make import BY
from workshops.places import booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A4 = {"format": "A4", "margin": {"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"}}
SITE = "https://events.example.org"
TIME = re.compile(r"\d\d:\d\d to \d\d:\d\d")
DAY = re.compile(r"\w+day \d+ \w+")


@pytest.fixture(autouse=True)
def _address(site_address, settings) -> None:
    """Pages name the site's own address; the browser is at the test's."""


def printed(page):
    """The lines of each printed page."""
    pages = PdfReader(io.BytesIO(page.pdf(**A4))).pages
    return [[line.strip() for line in one.extract_text().splitlines() if line.strip()] for one in pages]


def words(pages):
    """All that was printed, as one line: addresses are broken where a line ends."""
    return " ".join(" ".join(lines) for lines in pages)


def unbroken(pages):
    """The same without any space, and with letters as they are typed: fonts join f and l."""
    return unicodedata.normalize("NFKC", "".join("".join(lines) for lines in pages)).replace(" ", "")


@pytest.fixture
def event() -> Event:
    """Two days of thirty slots with two sessions each, so that some page ends in each part of a slot."""
    made = make.event_ahead(slug="2026", title="Community event")
    for day in (0, 1):
        for hour in range(8, 23):
            for letter in "ab":
                title = f"Session {day} {hour} {letter}"
                one = make.workshop(made, day=day, hour=hour, hours=0.9, title=title, summary="Try it. " * 20)
                make.host(one, f"Host of {title}")
    return made


@pytest.mark.parametrize("name", ["events:programme", "workshops:agenda"])
def test_no_page_ends_with_a_time_or_a_day_whose_sessions_are_on_the_next(event, open_as, live_server, name):
    ada = make.registration(event, make.member("Ada"))
    for one in event.sessions.filter(title__endswith="a"):
        booking.book(one, ada, by=BY, at=make.NOW)
    page = open_as(ada, live_server.url + reverse(name, args=["2026"]))

    pages = printed(page)

    assert len(pages) > 1
    ends = [lines[-1] for lines in pages]
    assert [line for line in ends if TIME.match(line) or DAY.fullmatch(line)] == []
    times = sum(bool(TIME.match(line)) for lines in pages for line in lines)
    assert times >= 30
    assert f"Session 1 22 {'a'}" in words(pages)


@pytest.fixture
def post() -> Post:
    """A post with each thing that leads somewhere, and a comment."""
    event = make.event_ahead(slug="2026", title="Community event")
    flow = make.session(event, slug="flow", title="Flow", format="plenary")
    make.theme(event, "Equity", slug="equity")
    text = (
        '<p>Read <a href="/blog/other/">another post</a>, '
        '<a href="https://else.example/a?b=1&amp;c=2">elsewhere</a>, '
        '<a href="https://same.example/x">https://same.example/x</a>, '
        '<a href="mailto:q@example.org">write</a>.</p>'
        "<p>[[call to action]]</p><p>[[video 1]]</p><p>[[sessions plenary]]</p><p>[[themes]]</p>"
    )
    made = make.post("Rota as kindness", slug="rotas", event=event, session=flow, body=body.clean(text))
    Video.objects.create(
        post=made, number=1, title="A round", url="https://v.example/1", transcript="Good morning."
    )
    make.comment(made, body="Thank you.")
    return made


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_post_prints_where_all_leads_and_what_is_folded_and_nothing_to_press(
    post, browser_context, has_scripts
):
    page = browser_context(java_script_enabled=has_scripts).new_page()
    page.goto("/blog/rotas/")

    pages = printed(page)

    text = unbroken(pages)
    addresses = (
        f"({SITE}/blog/other/)",
        "(https://else.example/a?b=1&c=2)",
        "(q@example.org)",
        "https://v.example/1",
        f"{SITE}/accounts/signup/?next=%2Fevents%2F2026%2Fregister%2F",
        f"({SITE}/events/2026/sessions/flow/)",
        f"({SITE}/events/2026/themes/equity/)",
        f"({SITE}/events/2026/)",
        f"{SITE}/blog/rotas/",
    )
    assert [one for one in addresses if one not in text] == []
    assert text.count("https://same.example/x") == 1
    assert "Good morning." in words(pages)
    assert "Thank you." in words(pages)
    pressed = ("Post a comment", "Log in", "Reply", "Report", "Search", "Skip to", "Watch on", "Read on")
    assert [word for word in pressed if word in words(pages)] == []


def test_a_transcript_is_open_where_no_script_runs_and_folded_where_one_does(post, browser_context):
    plain = browser_context(java_script_enabled=False).new_page()
    scripted = browser_context().new_page()

    shown = []
    for page in (plain, scripted):
        page.goto("/blog/rotas/")
        shown.append(page.get_by_text("Good morning.").is_visible())

    assert shown == [True, False]
    scripted.get_by_text("Transcript").click()
    assert scripted.get_by_text("Good morning.").is_visible()


@pytest.mark.parametrize("can_print", [True, False])
def test_print_is_offered_where_the_browser_can(event, open_as, live_server, browser_context, can_print):
    ada = make.registration(event, make.member("Ada"))
    page = open_as(ada, f"{live_server.url}/blog/")
    if not can_print:
        page.add_init_script("window.print = undefined")

    page.goto(live_server.url + reverse("workshops:agenda", args=["2026"]))

    button = page.get_by_role("button", name="Print")
    assert button.count() == can_print
    if can_print:
        page.evaluate("window.print = () => { window.isPrinted = true; }")
        button.click()
        assert page.evaluate("window.isPrinted")


def test_what_has_no_time_prints_its_video_and_its_transcript(event, open_as, live_server):
    ada = make.registration(event, make.member("Ada"))
    make.session(
        event, slug="flow", title="Flow", format="plenary", description="See [the notes](https://n.example/1).",
        recording_url="https://v.example/2", transcript="Welcome, all.",
        starts_at=None, ends_at=None,
    )  # fmt: skip
    page = open_as(ada, f"{live_server.url}/events/2026/sessions/flow/", java_script_enabled=False)

    pages = printed(page)

    wanted = ("https://v.example/2", "(https://n.example/1)", "Welcome,all.")
    assert [one for one in wanted if one not in unbroken(pages)] == []
