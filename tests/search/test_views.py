"""The pages of the search, as a reader and a program find them."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from events.models import Event
from tests import make
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


def main(client: Client, **asked: str | int) -> str:
    """The main part of the page that answers."""
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return " ".join(answer.text[answer.text.index("<main") : answer.text.index("</main")].split())


def found(client: Client, **asked: str | int):
    answer = client.get("/search.json", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return json.loads(answer.content)


def headings(text: str) -> list[str]:
    return [re.sub("<[^>]+>", "", one) for one in re.findall("<h2>(.*?)</h2>", flat(text))]


def test_before_anything_is_asked_it_says_what_can_be_found_and_how(client):
    text = main(client)

    assert "Posts of the blog, sessions, themes and events are searched" in text
    assert "in quotation marks" in text
    assert 'role="status"' not in text
    assert "<h2>" not in text


def test_a_result_says_what_it_is_where_it_belongs_and_when(client, event: Event):
    make.session(event, title="Rota as kindness", slug="rota", summary="Who wants which shift.")

    text = main(client, q="rota")

    assert "Workshop<span" in flat(text)
    assert "<bdi>Community event</bdi>" in flat(text)
    assert '<a href="/events/2026/sessions/rota/"><mark>Rota</mark> as kindness</a>' in flat(text)
    assert '<time datetime="2026-11-18T10:00:00+00:00">Wednesday 18 November</time>' in flat(text)
    assert '<p class="filter-bar-result" role="status">1 result</p>' in flat(text)


def test_the_day_of_a_post_has_its_year(client):
    make.post("Rota", published_at=NOW - timedelta(days=1))

    assert ">1 November 2026</time>" in main(client, q="rota")


def test_what_is_cancelled_says_so_in_place_of_its_day(client, event: Event):
    make.session(event, title="Rota", status="cancelled")

    text = main(client, q="rota")

    assert "<strong>Cancelled</strong>" in flat(text)
    assert "Wednesday" not in text


def test_a_session_on_demand_has_no_day(client, event: Event):
    make.session(event, title="Rota", starts_at=None, ends_at=None, format="on-demand")

    assert "<time" not in main(client, q="rota")
    assert found(client, q="rota")["results"][0]["when"] is None


def test_the_search_stands_in_its_form_and_in_the_title(client):
    answer = client.get("/search/", {"q": '"a" <b>', "kind": "posts"})

    assert "<title>Search for “&quot;a&quot; &lt;b&gt;” - Q community</title>" in flat(answer.text)
    assert 'value="&quot;a&quot; &lt;b&gt;"' in flat(answer.text)
    assert '<option value="posts" selected>Posts (0)</option>' in flat(answer.text)


@pytest.mark.slow
def test_twenty_stand_on_a_page_and_the_next_has_the_rest(client):
    for number in range(45):
        make.post(f"Rota {number}", published_at=NOW - timedelta(days=number))

    first, second, last = (main(client, q="rota", page=page) for page in (1, 2, 3))

    assert [len(headings(text)) for text in (first, second, last)] == [20, 20, 5]
    assert headings(first)[:2] == ["Rota 44", "Rota 43"]
    assert len({one for text in (first, second, last) for one in headings(text)}) == 45
    assert 'href="?q=rota&amp;page=2"' in first
    assert '<ol class="results" start="21">' in flat(second)
    assert "45 results" in last


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "1e3", "9" * 400, "9" * 5000, "²"])
def test_a_page_that_there_is_not_is_the_nearest(client, number):
    make.post("Rota")

    assert headings(main(client, q="rota", page=number)) == ["Rota"]


def test_a_kind_narrows_and_says_how_many_there_are_of_each(client, event: Event):
    make.post("Rota of a post")
    make.session(event, title="Rota of a session")

    text = main(client, q="rota", kind="sessions")

    assert headings(text) == ["Rota of a session"]
    assert "1 of 2 results" in text
    assert '<option value="posts">Posts (1)</option>' in flat(text)
    assert '<option value="sessions" selected>Sessions (1)</option>' in flat(text)


def test_nothing_of_one_kind_leads_to_the_others(client):
    make.post("Rota")

    text = main(client, q="rota", kind="themes")

    assert "Nothing of this kind" in text
    assert '<a class="btn btn-secondary" href="/search/?q=rota">Show everything</a>' in flat(text)


def test_nothing_found_offers_better_words(client):
    make.post("Rota as kindness")

    text = main(client, q="kindnes", kind="posts")

    assert "Nothing found for “<bdi>kindnes</bdi>”" in flat(text)
    assert 'Did you mean <a href="/search/?q=kindness&amp;kind=posts"><bdi>kindness</bdi></a>?' in flat(text)


def test_nothing_found_offers_titles_that_sound_like_it(client):
    post = make.post("The lunchtime discharge lounge", standfirst="")

    text = main(client, q="lunchtime disharge of elephants", kind="posts")

    assert "Did you mean one of these?" in text
    assert f'<a href="{post.get_absolute_url()}"><bdi>The lunchtime discharge lounge</bdi></a>' in flat(text)


def test_nothing_at_all_says_what_to_try(client):
    text = main(client, q="<script>alert(1)</script>")

    assert "Nothing found for “<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>”" in flat(text)
    assert "Did you mean" not in text
    assert "Try fewer words" in text


@pytest.mark.slow
def test_what_is_too_long_is_cut_and_said_so(client):
    make.post("Rota")

    text = main(client, q="rota " + "a " * 200 + "elephants")

    assert headings(text) == ["Rota"]
    assert "its first 200 characters were searched for" in text


def test_programs_get_the_same_with_whole_addresses(client, event: Event):
    post = make.post(
        "Rota as kindness", slug="rota", standfirst="", text="We asked everybody about the rota."
    )

    answer = found(client, q="rota")

    assert answer == {
        "query": "rota",
        "kind": None,
        "total": 1,
        "page": 1,
        "pages": 1,
        "next": None,
        "did_you_mean": None,
        "results": [
            {
                "kind": "posts",
                "title": "Rota as kindness",
                "url": f"http://testserver{post.get_absolute_url()}",
                "excerpt": "We asked everybody about the rota.",
                "belongs_to": None,
                "when": "2026-11-02T09:00:00+00:00",
            }
        ],
    }


@pytest.mark.slow
def test_programs_are_led_to_the_next_page(client):
    for number in range(21):
        make.post(f"Rota {number}")

    first = found(client, q="rota", kind="posts")
    rest = json.loads(client.get(first["next"]).content)

    assert first["next"] == "http://testserver/search.json?q=rota&kind=posts&page=2"
    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (20, 1, None)


def test_programs_are_told_better_words(client):
    make.post("Kindness")

    assert found(client, q="kindnes")["did_you_mean"] == "kindness"


def test_an_event_in_json_has_its_first_day(client, event: Event):
    assert [(one["kind"], one["when"]) for one in found(client, q="community")["results"]] == [
        ("events", "2026-11-18")
    ]


@pytest.mark.parametrize("path", ["/search/", "/search.json"])
def test_results_are_not_for_other_search_engines_and_nothing_is_posted(client, path):
    assert client.get(path, {"q": "rota"})["X-Robots-Tag"] == "noindex"
    assert client.post(path, {"q": "rota"}).status_code == 405


def test_the_head_of_every_page_leads_to_the_search(client):
    assert '<a href="/search/">Search</a>' in flat(client.get("/contact/").text)
    assert '<a href="/search/" aria-current="page">Search</a>' in flat(client.get("/search/").text)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_the_same_however_much_is_found(client, event: Event, number, django_assert_num_queries):
    for n in range(number):
        make.post(f"Rota {n}", authors=[make.member("Rota")])
        make.host(make.session(event, title=f"Rota {n}"), "Rota")

    with django_assert_num_queries(6):  # what is meant, found, posts, sessions, marks; the settings
        client.get("/search/", {"q": "rota"} if number == 1 else {"q": "rota", "page": 2})
