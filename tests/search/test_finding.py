"""What the search finds, and in which order."""

from typing import Any

import pytest
from django.db import connection

from blog.models import Author
from events.models import Event, Session
from recordings.models import TakeAway
from search import finding
from search.finding import Asked, Kind
from tests import make
from tests.search.searching import post, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


# ---- Words -----------------------------------------------------------------------------------


def test_words_are_found_in_any_form_and_order():
    post("Early discharge")

    assert titles("discharged early") == ["Early discharge"]
    assert titles("EARLIER") == []
    assert titles("early transfer") == []


def test_titles_weigh_more_than_standfirsts_and_these_more_than_texts():
    post("Of something", "The rota of a ward.")
    post("Of else", standfirst="A rota that is kind.")
    post("A rota")

    assert titles("rota") == ["A rota", "Of else", "Of something"]


def test_quoted_words_stand_beside_each_other():
    post("One", "We swap a shift.")
    post("Two", "A shift swap works.")

    assert set(titles("shift swap")) == {"One", "Two"}
    assert titles('"shift swap"') == ["Two"]


def test_or_finds_either_and_a_minus_leaves_out():
    post("Rota")
    post("Roster")
    post("Rota and lounge")

    assert set(titles("rota OR roster")) == {"Rota", "Roster", "Rota and lounge"}
    assert titles("rota -lounge") == ["Rota"]


def test_the_newer_of_two_that_weigh_the_same_comes_first():
    post("Rota", slug="older")
    newer = post("Rota", slug="newer")

    found = finding.find(Asked("rota"), at=NOW)

    assert found.hits[0].pk == newer.pk


@pytest.mark.parametrize(
    "q",
    [
        *("", "the", "'", '"', "((", "a & | !", "-", "--", ":*", "%", "_", "\\", "\u202e", "a OR", "OR OR"),
        *("<->", "'; DROP TABLE blog_post; --", "\ue000\ue001", '"unfinished', "😀" * 50, "x" * 200),
    ],
)
def test_any_text_is_a_search(q):
    post("Rota")

    assert titles(q) == []


@pytest.mark.parametrize(
    "q", ["-" * 40, "- " * 100, "!" * 40, "( " * 40, '"' * 41, "a -" * 60, "or " * 60, "a-" * 90]
)
def test_as_many_signs_as_one_likes_are_a_search(q):
    post("Rota")

    assert titles(q) == []
    assert titles(f"rota {q}")[:1] in (["Rota"], [])


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("Siân Fôn-Jones", "Sian"),
        ("Sian", "Siân"),
        ("Róisín", "roisin"),
        ("Ynys Môn", "Ynys Mon"),
        ("Zoë O’Malley", "O'Malley"),
        ("Zoë O'Malley", "o’malley"),
        ("Zoë O'Malley", "OMalley"),
        ("café conversations", "cafe"),
        ("What is co-production", "coproduction"),
        ("What is coproduction", "co-production"),
        ("What is co production", "co-production"),
        ("What is co-production", "co production"),
        ("What is co–production", "co‑production"),
        ("Re-ablement at home", "reablement"),
        ("Reablement at home", "re-ablement"),
        ("Shared co-production works", '"shared coproduction works"'),
        ("Shared coproduction works", '"shared co-production works"'),
        ("Ask the IT team", "IT"),
        ("Ask the IT team", "it"),
        ("Ask the IT team", "IT team"),
        ("Ask the IT team", '"the IT team"'),
        ("QI for all", "QI"),
        ("QI for all", "qi"),
        ("Said the WHO", "WHO"),
        ("IT/QI together", "IT QI"),
        ("A nurse’s day", "nurses"),
        ("A nurse's day", "nurse"),
        ("We’ll swap", "swap"),
        ("So\u00adft hyphens", "soft"),
        ("Ørsted and Łódź", "orsted lodz"),
        ("“Rota”—as kindness… 😀", "rota kindness"),
        ("£5 → rota·kind", "kind rota"),
    ],
)
def test_accents_apostrophes_and_hyphens_make_no_difference(text, q):
    post("Title", text)
    post(text)

    assert set(titles(q)) == {"Title", text}


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("What is it", "IT"),
        ("What is it", "it"),
        ("Who is ill", "WHO"),
        ("I’ll come", "ill"),
        ("Ask IT", "the"),
    ],
)
def test_an_acronym_is_not_every_word_of_its_letters(text, q):
    post("Title", text)

    assert titles(q) == []


@pytest.mark.slow
def test_hosts_and_authors_are_found_however_their_names_are_typed(event: Event):
    make.host(make.session(event, title="Hosted"), "Siân Fôn-Jones")
    post("Written", authors=[make.member("Zoë O’Malley")])

    assert [titles(q) for q in ("sian", "Jones Sian", "fonjones", '"fon-jones"', "FÔN JONES")] == [
        ["Hosted"]
    ] * 5
    assert [titles(q) for q in ("omalley", "O'Malley Zoe", "malley", "zoe or xqzw")] == [["Written"]] * 4
    assert [titles(q) for q in ("jones zoe", '"jones sian"', "ia", "sian -fon")] == [[]] * 4


# ---- What there is to find ---------------------------------------------------------------------


def take_away(session: Session, **texts: str) -> TakeAway:
    """Publish what to take away of a session."""
    row = {"problem": "A", "done": "B", "monday": "C", "written_at": NOW} | texts
    return TakeAway.objects.create(session=session, state="published", decided_at=NOW, **row)


def test_sessions_themes_and_events_are_found_beside_posts(event: Event):
    post("Fairness in a post")
    make.session(event, title="Fairness in a session")
    make.theme(event, "Fairness in a theme")
    make.event(title="Fairness in an event")
    take_away(make.session(event, title="Flow"), done="We spoke of fairness.")

    found = finding.find(Asked("fairness"), at=NOW)

    assert {hit.kind for hit in found.hits} == set(Kind)
    each = {"posts": 1, "sessions": 1, "take-aways": 1, "themes": 1, "events": 1}
    assert dict(found.counts) == {"": 5} | each


@pytest.mark.parametrize("fields", [{"state": "waiting", "decided_at": None}, {"state": "left"}])
def test_what_to_take_away_is_found_once_it_is_published(event: Event, fields: dict[str, Any]):
    session = make.session(event, title="Flow")
    written = take_away(session, monday="Count the letters.")
    assert [hit.pk for hit in finding.find(Asked("letter"), at=NOW).hits] == [written.pk]

    TakeAway.objects.update(**fields)
    assert finding.find(Asked("letter"), at=NOW).hits == []

    TakeAway.objects.update(state="published", decided_at=NOW)
    Session.objects.update(status="cancelled")
    assert finding.find(Asked("letter"), at=NOW).hits == []


def test_a_kind_narrows_and_the_numbers_of_the_others_stay(event: Event):
    post("Fairness in a post")
    make.session(event, title="Fairness in a session")

    found = finding.find(Asked("fairness", "sessions"), at=NOW)

    assert [hit.kind for hit in found.hits] == [Kind.SESSION]
    assert (found.counts["posts"], found.counts[""]) == (1, 2)


def test_a_post_is_found_by_its_authors_and_a_session_by_its_hosts(event: Event):
    post("By a member", authors=[make.member("Ada Mensah")])
    Author.objects.create(post=post("By a guest of ours"), name="Adaeze Mensah")
    make.host(make.session(event, title="Hosted"), "Mensah, A.")

    assert set(titles("mensah")) == {"By a member", "By a guest of ours", "Hosted"}
    assert titles('"ada mensah"') == ["By a member"]


def test_the_name_that_a_post_gives_an_author_stands_in_place_of_their_account(event: Event):
    made = post("Under another name")
    Author.objects.create(post=made, member=make.member("Ada Mensah"), name="A. M.")

    assert titles("mensah") == []


def test_what_is_found_twice_over_stands_once():
    post("Mensah on rotas", authors=[make.member("Ada Mensah")])

    assert titles("mensah") == ["Mensah on rotas"]


def test_no_address_of_anybody_is_looked_at(event: Event):
    post("A post", authors=[make.member("Ada", email="ada.secret@members.example")])
    make.host(make.session(event, title="Hosted"), email="hana.secret@hosts.example")

    assert (titles("secret"), titles("hana.secret@hosts.example")) == ([], [])


def test_the_index_of_sessions_holds_what_is_searched(event: Event):
    make.session(event, title="Rota")
    searched = Session.objects.filter(search=Asked("rota").meaning.query)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "session_search" in searched.explain()
