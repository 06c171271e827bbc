"""Long lists of the admin: counted to a bound, searched by what their rows belong to."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.admin import long_lists
from tests import make
from tests.make import BY, NOW
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
LIST = reverse("admin:workshops_booking_changelist")


@pytest.fixture
def booked() -> dict[str, Booking]:
    """Ada Lovelace and Bo in the session on flow, Ada besides in that on rotas."""
    event = make.event()
    flow, rotas = make.workshop(event, title="Flow"), make.workshop(event, title="Rotas", hour=14)
    ada = make.registration(event, make.member("Ada Lovelace", email="countess@example.org"))
    bo = make.registration(event, make.member("Bo"))
    return {
        name: booking.book(session, one, by=BY, at=NOW)
        for name, session, one in (("ada flow", flow, ada), ("ada rotas", rotas, ada), ("bo flow", flow, bo))
    }


def found(client: Client, words: str, booked: dict[str, Booking]) -> list[str]:
    """Which bookings the list shows for a search."""
    shown = {one.pk for one in client.get(LIST, {"q": words}).context["cl"].result_list}
    return [name for name, one in booked.items() if one.pk in shown]


@pytest.mark.slow
@pytest.mark.parametrize("most", [0, 2_000])
def test_every_word_must_fit_the_member_or_the_session(
    admin: Client, booked: dict[str, Booking], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST_NAMED", most)

    expected = {
        "ada": ["ada flow", "ada rotas"],
        "COUNTESS@": ["ada flow", "ada rotas"],
        "flow": ["ada flow", "bo flow"],
        "ada flow": ["ada flow"],
        "flow bo": ["bo flow"],
        '"ada lovelace"': ["ada flow", "ada rotas"],
        '"lovelace flow"': [],
        "cy": [],
        "": list(booked),
    }

    assert {words: found(admin, words, booked) for words in expected} == expected


@pytest.mark.slow
def test_a_search_asks_bookings_by_ids(admin: Client, booked: dict[str, Booking]) -> None:
    admin.get(LIST)

    with CaptureQueriesContext(connection) as asked:
        admin.get(LIST, {"q": "ada"})

    counted = next(
        one["sql"] for one in asked if "COUNT(" in one["sql"] and "workshops_booking" in one["sql"]
    )
    assert "members_member" not in counted
    assert f'"member_id" IN ({booked["ada flow"].member_id})' in counted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("most", "words"), [(2, "More than 2 bookings"), (3, "3 bookings"), (9, "3 bookings")]
)
def test_rows_are_counted_to_a_bound(
    admin: Client, booked: dict[str, Booking], most: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST_COUNTED", most)

    page: Any = admin.get(LIST)

    assert words in " ".join(page.text.split())
    assert ("More than" in page.text) == (most == 2)
