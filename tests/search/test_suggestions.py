"""What the reader may have meant, where their words find nothing."""

from datetime import timedelta

import pytest

from blog.models import Author
from events.models import Event
from search import suggestions
from search.finding import Asked
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW


def meant(q: str) -> str | None:
    found = suggestions.did_you_mean(Asked(q), at=NOW)
    return found.asked.q if found else None


def post(title: str, **fields):
    return make.post(title, **({"standfirst": "", "text": "", "body": ""} | fields))


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kindnes", "kindness"),
        ("kimdness", "kindness"),
        ("kindnesss", "kindness"),
        ("kidnness", "kindness"),
        ("Kindmess", "kindness"),
        ("rita", "rota"),
        ("rotta", "rota"),
        ("nurze", "nurse"),
        ("discharg", "discharge"),
    ],
)
def test_one_wrong_letter_is_no_wall(typed, said):
    post("Rota as kindness")
    post("A nurse and a discharge")

    assert meant(typed) == said


def test_only_the_wrong_word_is_changed_and_quotes_and_minus_stay():
    post("Rota as kindness")
    post("Rota and lounge")

    assert meant('"rota as kindnes"') == '"rota as kindness"'
    assert meant("rota kindnes -lounge") == "rota kindness -lounge"
    assert meant("kindnes OR lounge") == "kindness OR lounge"


@pytest.mark.slow
def test_words_come_from_sessions_themes_and_names_too(event: Event):
    make.host(make.session(event, title="Discharging", summary="By lunchtime"), "Hana Okafor")
    make.theme(event, "Fairness")
    post("A post", authors=[make.member("Ngozi Adeyemi")])
    Author.objects.create(post=post("Another"), name="Siobhán Byrne")

    said = [meant(typed) for typed in ("dischargjng", "lunchtme", "fairnes", "Okafro", "adeyeml", "siobhan")]

    assert said == ["discharging", "lunchtime", "fairness", "okafor", "adeyemi", "siobhán"]


def test_the_word_that_more_texts_have_is_offered_among_equals():
    post("A rate")
    for _ in range(2):
        post("A rota")

    assert meant("rotb") == "rota"


@pytest.mark.parametrize("q", ["", "the", "xqzw", "-", "OR", '""', "🙂", "12", "a b c", "‘’", "%_\\"])
def test_where_nothing_is_near_nothing_is_offered(q):
    post("Rota as kindness")

    assert meant(q) is None


def test_a_search_that_would_find_nothing_is_not_offered():
    post("Kindness")
    post("Discharge")

    assert meant("kindnes discharg") is None


@pytest.mark.parametrize(
    "fields", [{"status": "draft"}, {"status": "withdrawn"}, {"published_at": NOW + timedelta(hours=1)}]
)
def test_no_word_of_what_is_not_public_is_told(event: Event, fields):
    post("Merger", standfirst="Merger", authors=[make.member("Mergerine")], **fields)
    draft = make.session(event, title="Merger", status="draft")
    make.host(draft, "Mergerman")
    make.session(make.event(status="draft"), title="Merger")

    assert meant("mergr") is None
    assert suggestions.titles(Asked("mergr"), at=NOW) == []


def test_a_long_search_is_looked_at_as_far_as_its_eighth_word():
    post("One two three four five six seven eight kindness")

    assert meant("one two three four five six seven eight kindnes") is None
    assert meant("kindnes one two three") == "kindness one two three"


def test_titles_that_sound_like_it_are_offered_the_nearest_first(event: Event):
    near = post("The lunchtime discharge lounge")
    make.session(event, title="Lunch", slug="lunch")
    post("Something else")

    offered = suggestions.titles(Asked("lunchtimes discharges lounges"), at=NOW)

    assert offered[0] == ("The lunchtime discharge lounge", near.get_absolute_url())
    assert "Something else" not in [title for title, _ in offered]


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 40])
def test_it_asks_the_same_however_much_there_is(event: Event, number, django_assert_num_queries):
    for n in range(number):
        post(f"Kindness {n}", authors=[make.member(f"Ada {n}")])
        make.host(make.session(event, title=f"Kindness {n}"))

    with django_assert_num_queries(3):
        assert meant("kindnes") == "kindness"
    with django_assert_num_queries(2):
        suggestions.titles(Asked("kindnes"), at=NOW)
