"""What names all that a card shows of a state: every value that is seen makes another name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from events.models import Session
from tests.make import NOW
from workshops.agenda.states import Button, State

SESSION = Session(pk=1, title="Listening", slug="listening")
STATE = State(SESSION, places="3 of 5 places left")


@pytest.mark.parametrize(
    "other",
    [
        {"session": Session(pk=1, title="Hearing", slug="listening")},
        {"tone": "yours"},
        {"label": "Booked"},
        {"brief": "waiting 3rd"},
        {"message": "This session has ended."},
        {"places": "2 of 5 places left"},
        {"is_full": True},
        {"buttons": (Button("Book a place", "/book/"),)},
    ],
)
def test_whatever_a_card_shows_names_another(other: dict[str, Any]):
    assert replace(STATE, **other).shown != STATE.shown


@pytest.mark.parametrize(
    "for_them", [{"until": NOW}, {"opens_at": NOW + timedelta(hours=1)}, {"alternatives": (SESSION,)}]
)
def test_what_one_reader_alone_sees_so_has_no_name(for_them: dict[str, Any]):
    assert replace(STATE, **for_them).shown is None


def test_what_a_card_leaves_out_changes_nothing():
    assert replace(STATE, warning="You have it at this time.", at_a_glance="3rd").shown == STATE.shown
