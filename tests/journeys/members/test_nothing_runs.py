"""Markup that wants to run, in everything that people write: nothing of it runs in the browser (CSP and all).

Each payload stands in a post's title, standfirst, text and caption, in comments, names and links; the pages,
feeds and emails that show them are opened, and whatever can be pressed in what they wrote is pressed.
"""

import xml.etree.ElementTree as ET
from uuid import uuid4

import html5lib
import pytest
from django.utils import timezone

from blog import body
from blog.models import Post
from comments.models import Comment
from comments.writing import authoring
from comments.writing.authoring import Guest, Sent
from notifications.delivery import render
from notifications.models import Message
from tests import make
from tests.found import found
from tests.xss import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALL = "".join(f"<p>{payload}</p>" for payload in PAYLOADS)
#: What would have happened, had anything run.
TRAP = "window.ran = 0; window.pwned = () => { window.ran += 1; };"
LOOK = """() => {
    for (const one of document.querySelectorAll("main *")) {
        for (const name of ["mouseover", "focus", "toggle"]) one.dispatchEvent(new Event(name));
    }
    const odd = [...document.querySelectorAll("main a[href]")].filter(
        (one) => !["http:", "https:", "mailto:"].includes(one.protocol));
    const loud = [...document.querySelectorAll("main *")].filter(
        (one) => [...one.attributes].some((each) => each.name.startsWith("on") || each.name === "style"));
    return [window.ran, odd.map((one) => one.outerHTML), loud.map((one) => one.outerHTML)];
}"""


@pytest.fixture
def post() -> Post:
    """A post that is made of payloads, with a comment of each by a guest and by a member of that name."""
    now = timezone.now()
    ada = make.member("<img src=x onerror=pwned()>", organisation=PAYLOADS[0], role=PAYLOADS[3])
    made = make.post(
        "<script>pwned()</script>", slug="payloads", standfirst=PAYLOADS[3], authors=[ada], published_at=now
    )
    cleaned = body.clean(ALL)
    Post.objects.filter(pk=made.pk).update(body=cleaned, text=body.plain(cleaned))
    for number, payload in enumerate(PAYLOADS):
        guest = Guest(payload[:150], f"{number}@guests.example")
        held = authoring.leave(made, payload, by=guest, at=now, sent=Sent(uuid4()))
        Comment.objects.filter(pk=held.pk).update(status="published", published_at=now)
        authoring.leave(made, f"{payload} https://x.example/{payload}", by=guest, at=now, sent=Sent(uuid4()))
    make.comment(made, ada, body=ALL[:5000], created_at=now)
    return made


def ran(page, address):
    page.goto(address)
    return page.evaluate(LOOK)


def test_nothing_runs_on_the_pages_that_show_it(post, browser_context):
    context = browser_context()
    context.add_init_script(TRAP)
    page = context.new_page()

    found = {
        address: ran(page, address)
        for address in (
            "/",
            "/blog/",
            "/blog/payloads/",
            "/search/?q=pwned",
            "/search/?q=<script>pwned()</script>",
        )
    }

    assert {address: one for address, one in found.items() if one != [0, [], []]} == {}
    assert page.goto("/blog/payloads/").status == 200
    assert "pwned()" in page.locator("main").inner_text()


def test_nothing_runs_where_the_team_reads_and_writes_it(post, browser_context, client, live_server):
    root = make.member("Root", is_staff=True, is_superuser=True)
    client.force_login(root)
    context = browser_context()
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    context.add_init_script(TRAP)
    page = context.new_page()
    comment = found(Comment.objects.filter(status="pending").first())
    addresses = (
        *("/team/", "/team/moderation/", f"/team/moderation/{comment.pk}/"),
        *("/team/posts/", f"/team/posts/{post.pk}/", f"/blog/preview/{post.preview_token}/"),
    )

    ran = {}
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        ran[address] = page.evaluate("window.ran")

    assert ran == dict.fromkeys(addresses, 0)


def test_feeds_are_well_formed_and_carry_nothing_that_runs(post, client):
    for address in ("/blog/feed/", "/blog/payloads/comments/feed/"):
        answer = client.get(address)

        feed = ET.fromstring(answer.content)  # noqa: S314  # our own
        texts = [one.text or "" for one in feed.iter() if one.get("type") == "html"]
        assert texts
        assert [text for text in texts if dangerous(text)] == []
        assert "<script" not in answer.text


def dangerous(text):
    """What a reader of feeds would obey in this HTML: elements, attributes and links that could run."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    found = {one.tag for one in elements} & {
        "script",
        "img",
        "svg",
        "math",
        "iframe",
        "object",
        "style",
        "form",
    }
    found |= {name for one in elements for name in one.attrib if name.startswith("on") or name == "style"}
    links = [one.get("href", "") for one in elements if one.tag == "a"]
    return found | {link for link in links if link.lower().startswith(("javascript:", "data:", "vbscript:"))}


def test_nothing_runs_in_the_emails(post, browser_context):
    context = browser_context()
    context.add_init_script(TRAP)
    page = context.new_page()

    for message in Message.objects.all()[:60]:
        letter = render(message)
        if letter is None:
            continue
        page.set_content(letter.html)
        assert page.evaluate("window.ran") == 0
        assert page.locator("script").count() == 0
