"""The feed of posts: whole texts, well-formed, the same ids for ever, and nobody's address."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from blog import body
from blog.models import Picture, Video
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.xss import PAYLOADS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ATOM = "{http://www.w3.org/2005/Atom}"


def feed():
    answer = people.reader().get("/blog/feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314  # our own


def entries():
    return feed().findall(f"{ATOM}entry")


def said(entry, name):
    return (entry.findtext(f"{ATOM}{name}") or "").strip()


def test_an_entry_carries_the_whole_text_and_who_wrote_it():
    post = make.post(
        "Rotas", authors=[make.member("Ada")], body="<p>We <em>asked</em>.</p>", standfirst="A & B"
    )

    [entry] = entries()

    assert said(entry, "title") == "Rotas"
    assert (said(entry, "summary"), said(entry, "content")) == ("A &amp; B", "<p>We <em>asked</em>.</p>")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ada"
    assert entry.find(f"{ATOM}link").get("href").endswith(post.get_absolute_url())


def test_the_id_of_an_entry_stays_when_all_else_changes():
    post = make.post()
    before = said(entries()[0], "id")
    type(post).objects.update(title="Other", slug="other", published_at=NOW - timedelta(days=4))

    assert said(entries()[0], "id") == before


def test_what_is_not_public_is_not_in_it():
    make.post("Public")
    make.post("Soon", published_at=NOW + timedelta(seconds=1))
    make.post("Draft", status="draft")
    make.post("Gone", status="withdrawn")

    assert [said(entry, "title") for entry in entries()] == ["Public"]


def test_pictures_lead_here_from_anywhere_and_videos_bring_their_words(site_address):
    post = make.post(body="<p>[[picture 1]]</p><p>[[video 1]]</p><p>[[call to action]]</p>")
    Picture.objects.create(
        post=post, number=1, file="blog/a.webp", width=1, height=1, alternative_text="Board", created_at=NOW
    )
    Video.objects.create(
        post=post, number=1, title="Round", url="https://v.example/1", transcript="Hello all."
    )

    content = said(entries()[0], "content")

    assert 'src="https://events.example.org/' in content
    assert 'alt="Board"' in content
    assert "Hello all." in content
    assert "[[" not in content


def test_links_of_a_text_lead_to_the_same_pages_from_anywhere(site_address):
    text = '<p><a href="/events/2026/">a</a><a href="#comments">b</a><a href="https://x.example/?a=1&amp;b">c</a></p>'
    make.post(slug="rotas", body=body.clean(text))

    here = "https://events.example.org"
    assert said(entries()[0], "content") == (
        f'<p><a href="{here}/events/2026/">a</a><a href="{here}/blog/rotas/#comments">b</a>'
        '<a href="https://x.example/?a=1&amp;b">c</a></p>'
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_unescaped_reaches_a_reader(payload):
    clean = "".join(one for one in payload if one.isprintable())
    ada = make.member("Ada", email="ada@members.example")
    make.post(clean[:150], standfirst=clean[:400], body=body.clean(f"<p>{clean}</p>"), authors=[ada])

    [entry] = entries()

    assert (
        said(entry, "title") == " ".join(clean[:150].split()) or said(entry, "title") == clean[:150].strip()
    )
    for name in ("summary", "content"):
        html = said(entry, name).lower()
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html
    assert b"ada@members.example" not in ET.tostring(entry)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_the_feed_costs_the_same_however_long(number, django_assert_num_queries):
    for _ in range(number):
        post = make.post(authors=[make.member()], body="<p>[[picture 1]]</p>")
        Picture.objects.create(
            post=post,
            number=1,
            file="blog/a.webp",
            width=1,
            height=1,
            alternative_text="Board",
            created_at=NOW,
        )

    with django_assert_num_queries(6):  # settings, posts, authors, pictures, videos, audio
        people.reader().get("/blog/feed/")
