"""Answering an offer over HTTP: accepted, declined, or too late."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.make import NOW
from tests.markup import flat
from tests.workshops.pages import ASKING, card, press, status, url
from workshops.models import Booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

Status = Booking.Status


@pytest.mark.slow
def test_accepting_names_what_it_replaces_and_then_does_it(client, ada, offer):
    _, full = offer

    asked = flat(client.get(url(full, "accept")).content.decode())
    _, page = press(client, full, "accept", replace=re.findall(r'name="replace" value="(\d+)"', asked))

    assert "Run charts" in asked
    assert [status(session, ada) for session in offer] == [None, Status.BOOKED]
    assert "You gave up “Run charts”." in card(page, full)


@pytest.mark.slow
def test_accepting_without_giving_anything_up_is_refused_in_words(client, ada, offer):
    _, full = offer

    _, page = press(client, full, "accept")

    assert [status(session, ada) for session in offer] == [Status.BOOKED, Status.OFFERED]
    assert "It is at the same time as “Run charts”." in card(page, full)


@pytest.mark.slow
def test_an_offer_that_clashes_with_nothing_any_more_is_accepted_at_once(client, ada, offer):
    mine, full = offer
    press(client, mine, "cancel")

    press(client, full, "accept")

    assert status(full, ada) == Status.BOOKED


@pytest.mark.slow
def test_declining_gives_the_place_to_the_next_and_where_it_is_free_still_one_can_swap(client, ada, offer):
    _, full = offer

    _, page = press(client, full, "decline")

    assert status(full, ada) == Status.PASSED
    words = card(page, full)
    assert "You declined the place. It goes to the next in line." in words
    assert "It overlaps “Run charts”. You have kept your turn. Swap with “Run charts”" in words


@pytest.mark.slow
def test_declining_what_is_no_offer_any_more_says_so(client, ada, offer):
    mine, _ = offer

    _, page = press(client, mine, "decline")

    assert status(mine, ada) == Status.BOOKED
    assert "This offer is no longer open." in card(page, mine)


@pytest.mark.slow
def test_an_offer_too_late_says_so(client, ada, offer):
    _, full = offer

    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        client.force_login(ada.member)
        _, page = press(client, full, "accept")

    assert "This offer is no longer open." in card(page, full)


@pytest.mark.slow
@pytest.mark.parametrize("act", ASKING)
def test_a_page_that_asks_changes_nothing(client, event, ada, offer, act):
    before = list(Booking.objects.order_by("pk").values())

    for session in offer:
        client.get(url(session, act))

    assert list(Booking.objects.order_by("pk").values()) == before
