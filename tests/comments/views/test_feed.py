"""The feed of the comments on a post: what is in it, and what never is."""

from datetime import timedelta
from xml.etree import ElementTree

import html5lib
import pytest

from tests import make
from tests.comments.conversation import GWEN, published
from tests.comments.pages import leave_url
from tests.make import NOW
from tests.xss import PAYLOADS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "site_address")]
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = timedelta(days=1)
SITE = "https://events.example.org"


def feed(client, post):
    """The feed, read as XML."""
    answer = client.get(f"{leave_url(post)}feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own feed


def texts(element, name):
    """What the elements of that name say, in order."""
    return [one.text for one in element.iter(f"{ATOM}{name}")]


def test_the_newest_comments_stand_first_with_who_and_when(client):
    post = make.post("Rotas & rest")
    ada = make.member("Ada")
    old = make.comment(post, ada, body="Old", created_at=NOW - timedelta(days=3), published_at=NOW - DAY)
    new = make.comment(post, body="New\n\nwords", edited_at=NOW + timedelta(minutes=5))

    found = feed(client, post)

    entries = found.findall(f"{ATOM}entry")
    assert texts(found, "title")[0] == "Comments on Rotas & rest"
    assert texts(found, "title")[1:] == ["Gwen on “Rotas & rest”", "Ada on “Rotas & rest”"]
    assert texts(found, "content") == ["<p>New</p><p>words</p>", "<p>Old</p>"]
    assert {one.get("type") for one in found.iter(f"{ATOM}content")} == {"html"}
    assert texts(found, "summary") == []
    assert [one.find(f"{ATOM}id").text for one in entries] == [
        SITE + new.get_absolute_url(),
        SITE + old.get_absolute_url(),
    ]
    assert [one.find(f"{ATOM}link").get("href") for one in entries] == texts(found, "id")[1:]
    assert [one.find(f"{ATOM}updated").text for one in entries] == [
        "2026-11-02T10:05:00+00:00",
        "2026-10-30T10:00:00+00:00",
    ]
    assert texts(found, "published") == ["2026-11-02T10:00:00+00:00", "2026-10-30T10:00:00+00:00"]


def test_a_reply_says_whom_it_answers(client):
    post = make.post("Rotas")
    first = make.comment(post, make.member("Ada"), created_at=NOW - DAY)
    gone = make.comment(post, make.member("Bo"), thread=first, status="removed", created_at=NOW - DAY)
    make.comment(post, thread=first, published_at=NOW - timedelta(minutes=1))
    make.comment(post, thread=first, reply_to=gone, published_at=NOW + timedelta(minutes=1))

    found = texts(feed(client, post), "title")[1:]

    assert found == [
        "Gwen answers a comment that is gone on “Rotas”",
        "Ada on “Rotas”",
        "Gwen answers Ada on “Rotas”",
    ]


def test_a_post_without_comments_has_a_feed(client):
    post = make.post()

    found = feed(client, post)

    assert found.findall(f"{ATOM}entry") == []
    assert texts(found, "id") == [f"{SITE}{leave_url(post)}feed/"]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "removed", "withdrawn"])
def test_what_is_not_public_is_not_in_it(client, status):
    post = make.post()
    make.comment(post, body="S3CRET", status=status)

    assert feed(client, post).findall(f"{ATOM}entry") == []


def test_no_address_of_anybody_is_in_it(client):
    post = make.post()
    published(post, GWEN)
    make.comment(post, make.member("Ada", email="ada@members.example"))

    assert "@" not in client.get(f"{leave_url(post)}feed/").text


def test_nothing_in_it_runs(client):
    post = make.post()
    for payload in PAYLOADS:
        make.comment(post, guest_name=payload[:150], body=f"{payload}\ufffe\x0c")

    found = feed(client, post)

    trees = [html5lib.parse(html, namespaceHTMLElements=False) for html in texts(found, "content")]
    assert {one.tag for tree in trees for one in tree.iter()} <= {"html", "head", "body", "p", "br", "a"}
    assert {name for tree in trees for one in tree.iter() for name in one.attrib} == {"href", "rel"}
    assert len(found.findall(f"{ATOM}entry")) == min(len(PAYLOADS), 50)


def test_a_post_that_nobody_can_read_has_no_feed(client):
    assert client.get(f"{leave_url(make.post(status='draft'))}feed/").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_two_queries_whatever_its_length(client, number, django_assert_num_queries):
    post = make.post()
    for _ in range(number):
        make.comment(post, make.member())

    with django_assert_num_queries(2):
        assert len(feed(client, post).findall(f"{ATOM}entry")) == number
