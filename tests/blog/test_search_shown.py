"""How what was found is shown: marked words, excerpts, the search in the address."""

import pytest
from django.http import QueryDict

from blog import search, search_results
from blog.search import Asked
from blog.search_results import Marked
from events.models import Event, Theme
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


def post(title: str, text: str = "", **fields):
    return make.post(title, **({"text": text, "body": f"<p>{text}</p>", "standfirst": ""} | fields))


def shown(q: str) -> search_results.Result:
    found = search.find(Asked(q), at=NOW)
    return search_results.of(found.hits, found.asked.words, at=NOW)[0]


def test_what_matched_is_marked_in_title_and_excerpt():
    post("The rota", "Nobody liked the rotas. Then we asked.")

    result = shown("rota")

    assert result.title.html == "The <mark>rota</mark>"
    assert result.excerpt.html == "Nobody liked the <mark>rotas</mark>. Then we asked"
    assert result.excerpt.text == "Nobody liked the rotas. Then we asked"


def test_markup_that_somebody_typed_is_escaped_around_the_marks():
    post('<img src=x onerror="alert(1)"> rota', "Say rota & <script>alert(1)</script> a</mark>b.")

    result = shown("rota")

    assert "<img" not in result.title.html
    assert "<script" not in result.excerpt.html
    assert "a</mark>b" not in result.excerpt.html
    assert "<mark>rota</mark> &amp;" in result.excerpt.html


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("a \ue000b\ue001 c", "a <mark>b</mark> c"),
        ("a \ue001b\ue000 c", "a b c"),
        ("\ue000a \ue000b\ue001", "a <mark>b</mark>"),
        ("a\ue001\ue001 \ue000", "a "),
        ("\ue000<b>\ue001", "<mark>&lt;b&gt;</mark>"),
    ],
)
def test_marks_stand_in_pairs_whatever_the_text_holds(raw, html):
    assert Marked(raw).html == html
    assert "\ue000" not in Marked(raw).text


def test_an_excerpt_of_a_session_has_the_words_without_the_signs_of_markdown(event: Event):
    text = "## Why\n\nA **rota** that [we all made](https://example.org/long) `together`."
    make.session(event, title="Kindness", description=text)

    assert shown("rota").excerpt.text == "Why A rota that we all made together"


def test_a_summary_that_its_description_begins_with_is_shown_once(event: Event):
    make.session(event, title="A rota", summary="Fair shifts.", description="Fair shifts. Drawn by all.")

    assert shown("rota").excerpt.text == "Fair shifts. Drawn by all."


def test_a_long_text_gives_the_part_that_matched():
    post("Long", "Before. " * 400 + "In the middle stands the rota. " + "After. " * 400)

    excerpt = shown("rota").excerpt

    assert "<mark>rota</mark>" in excerpt.html
    assert len(excerpt.text) < 400


# ---- The address -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Asked()),
        ("q=rota", Asked("rota")),
        ("q=+rota++swap%0A&kind=posts", Asked("rota swap", "posts")),
        ("q=rota&kind=comments", Asked("rota")),
        ("q=a%00b", Asked("a b")),
        ("q=" + "x" * 201, Asked("x" * 200, was_cut=True)),
        ("q=one&q=two&kind=posts&kind=", Asked("two")),
    ],
)
def test_the_search_is_read_from_the_address_whatever_stands_in_it(query, asked):
    assert search.read(QueryDict(query)) == asked


def test_a_search_stands_in_an_address():
    asked = Asked('"shift swap" & more', "posts")

    assert search.read(QueryDict(asked.query[1:])) == asked
    assert (Asked().query, asked.everywhere) == ("", "?q=%22shift+swap%22+%26+more")


def test_themes_have_their_event_beside_them(event: Event):
    make.theme(event, "Fairness")

    result = shown("fairness")

    assert (result.label, result.beside) == ("Theme", "Community event")
    assert result.url == Theme.objects.get().get_absolute_url()
