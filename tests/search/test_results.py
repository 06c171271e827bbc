"""How what was found is shown: marked words, excerpts, the search in the address."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Event, Theme
from recordings.models import TakeAway
from search import finding, results
from search.finding import Asked
from search.results import Marked
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


def post(title: str, text: str = "", **fields):
    return make.post(title, **({"text": text, "body": f"<p>{text}</p>", "standfirst": ""} | fields))


def shown(q: str) -> results.Result:
    found = finding.find(Asked(q), at=NOW)
    return results.build(found.hits, found.asked.meaning.marks, at=NOW)[0]


def test_what_matched_is_marked_in_title_and_excerpt():
    post("The rota", "Nobody liked the rotas. Then we asked.")

    result = shown("rota")

    assert result.title.html == "The <mark>rota</mark>"
    assert result.excerpt.html == "Nobody liked the <mark>rotas</mark>. Then we asked."
    assert result.excerpt.text == "Nobody liked the rotas. Then we asked."


def test_markup_that_somebody_typed_is_escaped_around_the_marks():
    post('<img src=x onerror="alert(1)"> rota', "Say rota & <script>alert(1)</script> a</mark>b.")

    result = shown("rota")

    assert "<img" not in result.title.html
    assert "<script" not in result.excerpt.html
    assert "a</mark>b" not in result.excerpt.html
    assert "<mark>rota</mark> &amp;" in result.excerpt.html


def test_a_long_ruled_line_costs_the_marks_and_no_more():
    post("About us", f"Nobody liked {'– ' * 1100} the rotas.")

    assert shown("rotas").excerpt.text.startswith("Nobody liked – –")


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

    assert shown("rota").excerpt.text == "Why A rota that we all made together."


def test_what_to_take_away_is_shown_under_the_title_of_its_session(event: Event):
    session = make.session(event, title="Flow")
    words = {
        "problem": "Late.",
        "done": "We counted **letters**.",
        "monday": "Count one.",
        "written_at": make.NOW,
    }
    TakeAway.objects.create(session=session, state="published", decided_at=make.NOW, **words)

    found = shown("letters")

    assert (found.label, found.title.text, found.beside) == ("What to take away", "Flow", event.title)
    assert found.excerpt.html == "Late. We counted <mark>letters</mark>. Count one."
    assert found.url == f"{session.get_absolute_url()}take-away/"
    assert found.when == session.starts_at


def test_a_summary_that_its_description_begins_with_is_shown_once(event: Event):
    make.session(event, title="A rota", summary="Fair shifts.", description="Fair shifts. Drawn by all.")

    assert shown("rota").excerpt.text == "Fair shifts. Drawn by all."


def test_a_long_text_gives_the_part_that_matched():
    post("Long", "Before. " * 400 + "In the middle stands the rota. " + "After. " * 400)

    excerpt = shown("rota").excerpt

    assert "<mark>rota</mark>" in excerpt.html
    assert len(excerpt.text) < 400
    assert excerpt.text.startswith("… Before.")
    assert excerpt.text.endswith("After. …")


def test_the_part_with_most_of_the_words_is_shown():
    post("Long", "A rota. " + "Before. " * 90 + "The rota of a kind ward. " + "After. " * 90)

    assert "The <mark>rota</mark> of a <mark>kind</mark> <mark>ward.</mark>".replace(
        "ward.</mark>", "ward</mark>."
    ) in (shown("kind ward rota").excerpt.html)


@pytest.mark.parametrize(
    ("text", "q", "html"),
    [
        ("Siân spoke.", "Sian", "<mark>Siân</mark> spoke."),
        ("“Zoë O’Malley”, she said", "o'malley", "“Zoë <mark>O’Malley</mark>”, she said"),
        ("In co-production.", "coproduction", "In <mark>co-production</mark>."),
        ("In co-production.", "production", "In <mark>co-production</mark>."),
        ("In coproduction.", "co-production", "In <mark>coproduction</mark>."),
        ("It is what IT does", "IT", "It is what <mark>IT</mark> does"),
        ("It is what IT does", "it", "It is what <mark>IT</mark> does"),
        (
            "A <b>rota</b> & a\u00a0rota",
            "rota",
            "A &lt;<mark>b&gt;rota&lt;/b</mark>&gt; &amp; a <mark>rota</mark>",
        ),
        (
            "a\u0301b\u3000c <i x='1 2'> d rota",
            "rota",
            "a\u0301b c &lt;i x=&#x27;1 2&#x27;&gt; d <mark>rota</mark>",
        ),
        ("\ue000 rota \ue001", "rota", "<mark>rota</mark> "),
    ],
)
def test_words_are_marked_as_they_stand_in_the_text(text, q, html):
    post("Title", text)

    assert shown(q).excerpt.html.strip() == html.strip()


@pytest.mark.slow
@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0")
        | st.sampled_from(" -/<>&'’´.@IT\n"),
        max_size=40,
    )
)
def test_no_text_has_more_or_fewer_words_in_the_copy_that_is_marked(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ts_headline('english', search_marks(%s), 'rota', 'HighlightAll=true')", [f"{text} rota"]
        )
        marked = cursor.fetchone()[0]

    assert marked.count(" ") == len(re.findall(r"\s", f"{text} rota"))
    assert marked.endswith("<b>rota</b>")


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
    assert finding.parse_query(QueryDict(query)) == asked


def test_a_search_stands_in_an_address():
    asked = Asked('"shift swap" & more', "posts")

    assert finding.parse_query(QueryDict(asked.query[1:])) == asked
    assert (Asked().query, asked.everywhere) == ("", "?q=%22shift+swap%22+%26+more")


def test_themes_have_their_event_beside_them(event: Event):
    make.theme(event, "Fairness")

    result = shown("fairness")

    assert (result.label, result.beside) == ("Theme", "Community event")
    assert result.url == Theme.objects.get().get_absolute_url()


@pytest.mark.parametrize("place", [0, 5, 80, 97, 98, 99, 100, 101, 102, 130, 290])
def test_a_word_is_found_wherever_it_stands_in_a_long_text(place):
    words = ["word"] * 300
    words[place] = "rota"
    post("Kindness", " ".join(words))

    shown_ = shown("rota").excerpt

    assert shown_ == results.excerpt([(word, word == "rota") for word in words])


@pytest.mark.parametrize("places", [(0, 4), (0, 110), (3, 290), (99, 103), (290, 0)])
def test_the_part_in_which_all_words_stand_is_looked_for_in_the_whole_text(places):
    rota, ward = places
    words = ["word"] * 300
    words[0], words[rota], words[ward] = "rota", "rota", "ward"
    post("Kindness", " ".join(words))

    shown_ = shown("rota ward").excerpt

    assert shown_ == results.excerpt([(word, word in ("rota", "ward")) for word in words])


def test_words_that_stand_early_take_two_queries_and_others_one_more(django_assert_num_queries):
    post("Early", "rota " + "word " * 300)
    early = finding.find(Asked("early"), at=NOW)
    post("Late", "word " * 300 + "rota")
    late = finding.find(Asked("late"), at=NOW)
    both = finding.find(Asked("rota"), at=NOW)

    for found, marks, queries in ((early, both, 2), (late, both, 3), (both, both, 3)):
        with django_assert_num_queries(queries):
            results.build(found.hits, marks.asked.meaning.marks, at=NOW)
