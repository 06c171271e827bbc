"""Facts about a session in words."""

from datetime import timedelta

import pytest

from events.models import Session
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
