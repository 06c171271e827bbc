"""Deciding over HTTP which of two places is kept since a session has moved."""

import re
from datetime import timedelta

import pytest

from events.models import Session
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.pages import card, press, read, status, url
from tests.workshops.places.state import path
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

Status = Booking.Status


@pytest.fixture
def places(event, ada) -> tuple[Session, Session]:
    """A session that has moved, and the one that it overlaps; both are Ada's."""
    moved = make.workshop(event, hour=10, title="Huddles", capacity=1)
    stays = make.workshop(event, hour=14, title="Run charts", capacity=1)
    for one in (moved, stays):
        booking.book(one, ada, by=BY, at=NOW)
    moved = make.later(moved, timedelta(hours=4))
    changes.save_session(moved, by=BY, at=NOW)
    return moved, stays


def named(page: str, title: str) -> list[str]:
    """What the form that keeps this session gives up."""
    [form] = [one for one in re.findall(r"<form.*?</form>", flat(page), re.S) if f"Keep “{title}”" in one]
    return re.findall(r'name="replace" value="(\d+)"', form)


@pytest.mark.slow
def test_both_cards_say_what_has_happened_and_until_when_to_decide(client, event, places):
    moved, stays = places

    page = read(client, event)

    assert card(page, moved).endswith(
        "Decide which to keep Until Wednesday 4 November, 10:00 (UK and Ireland time) It is at the same time "
        "as “Run charts”. All of these places are yours until then. If you do not decide, you keep “Run "
        "charts”. Decide which to keep : Huddles"
    )
    assert "It is at the same time as “Huddles”. Decide which you keep." in card(page, stays)
    assert "1 booked , 1 to decide" in " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.slow
@pytest.mark.parametrize(("kept", "given_up"), [(0, 1), (1, 0)])
def test_either_is_kept_by_one_press_on_a_page_that_names_what_goes(client, ada, places, kept, given_up):
    asked = client.get(url(places[kept], "decide")).content.decode()

    _, page = press(client, places[kept], "decide", replace=named(asked, places[kept].title))

    assert [status(places[one], ada) for one in (kept, given_up)] == [Status.BOOKED, None]
    assert f"You gave up “{places[given_up].title}”." in card(page, places[kept])


def test_a_page_that_is_out_of_date_gives_nothing_up(client, ada, places):
    moved, _ = places

    _, page = press(client, moved, "decide")

    assert "What you have at this time has changed. Look at it now, then choose again." in card(page, moved)
    assert [status(one, ada) for one in places] == [Status.CONTESTED, Status.BOOKED]


def test_where_there_is_nothing_to_decide_any_more_the_agenda_says_so(client, event, ada, places):
    moved, stays = places
    booking.cancel(Booking.objects.get(session=stays), by=BY, at=NOW)

    answer = client.get(url(moved, "decide"), follow=True)

    assert "There is nothing to decide any more" in flat(answer.content.decode())


@pytest.mark.slow
def test_both_stand_in_the_calendar_and_one_says_that_it_is_to_be_decided(client, ada, places):
    calendar = client.get(path(ada.member)).content.decode()

    assert re.findall(r"SUMMARY:(.*)\r", calendar) == ["To decide: Huddles", "Run charts"]
    assert calendar.count("STATUS:CONFIRMED") == 2


def test_another_session_of_that_time_is_had_by_a_swap_with_both(client, event, places):
    third = make.workshop(event, hour=14, title="Third")

    assert "Swap with 2 sessions" in card(read(client, event), third)


def test_a_swap_into_it_asks_which_to_keep(client, places):
    asked = flat(client.get(url(places[0], "swap")).content.decode())

    assert "Which do you keep?" in asked
