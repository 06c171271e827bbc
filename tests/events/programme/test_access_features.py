"""Facts about a session in words."""

from datetime import timedelta

import pytest

from events.models import Session
from events.programme import access_features
from events.templatetags.sessions import access_facts, length
from tests.make import NOW


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (121, "2 hours 1 minute"),
        (1500, "25 hours"),
    ],
)
def test_a_length_is_written_in_hours_and_minutes(minutes: int, words: str):
    session = Session(starts_at=NOW, ends_at=NOW + timedelta(minutes=minutes))

    assert length(session) == words


def test_an_on_demand_session_has_no_length():
    assert length(Session()) == ""


def test_access_facts_come_in_one_order():
    session = Session(
        starts_at=NOW, has_captions=True, has_sign_language=True, is_camera_optional=True, is_step_free=True,
        is_recorded=True,
    )  # fmt: skip

    assert access_facts(session) == [
        "Live captions",
        "BSL interpreter",
        "Camera and microphone optional",
        "Step-free room",
        "Recorded",
    ]


def test_a_live_session_always_says_whether_it_is_recorded_and_a_film_does_not():
    assert access_facts(Session(starts_at=NOW)) == ["Not recorded"]
    assert access_facts(Session()) == []


def test_a_film_says_how_it_can_be_followed_and_nothing_about_a_camera():
    film = Session(has_captions=True, has_sign_language=True, is_camera_optional=True, is_recorded=True)

    assert access_facts(film) == ["Captions", "BSL interpreter"]


def live(number: int, **fields: bool) -> list[Session]:
    return [Session(starts_at=NOW, ends_at=NOW + timedelta(hours=1), **fields) for _ in range(number)]


def test_what_most_live_sessions_share_is_usual():
    sessions = live(4, has_captions=True, is_recorded=True) + live(2, has_captions=True) + [Session()] * 9

    assert access_features.usual(sessions) == ("Live captions", "Recorded")


@pytest.mark.parametrize(("number", "usual"), [(3, ()), (4, ("Live captions", "Not recorded"))])
def test_few_sessions_have_nothing_usual(number: int, usual: tuple[str, ...]):
    assert access_features.usual(live(number, has_captions=True)) == usual


def test_what_hardly_more_than_half_of_them_share_is_not_usual():
    assert access_features.usual(live(5, has_captions=True) + live(3)) == ("Not recorded",)


def test_a_card_names_what_its_session_has_besides_and_what_it_lacks():
    usual = ("Live captions", "Camera and microphone optional", "Not recorded")
    [like_the_others] = live(1, has_captions=True, is_camera_optional=True)
    [other] = live(1, has_sign_language=True, is_recorded=True)

    assert access_features.own(like_the_others, usual) == []
    assert access_features.own(other, usual) == [
        "BSL interpreter",
        "Recorded",
        "No live captions",
        "Camera or microphone needed",
    ]


def test_where_recording_is_usual_a_card_says_that_its_session_is_not_recorded():
    [session] = live(1)

    assert access_features.own(session, ("Recorded",)) == ["Not recorded"]
    assert access_features.own(session, ()) == ["Not recorded"]
