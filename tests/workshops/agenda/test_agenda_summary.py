"""What of an event is theirs, on the front page and the event's page."""

from datetime import timedelta

import pytest
from django.test import Client

from events.calls_to_action import standing_of
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from workshops.places import booking
from workshops.templatetags.agenda_summary import agenda_summary

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def titles(found):
    return [state.session.title for state in found.coming]


@pytest.mark.slow
def test_their_next_three_sessions_are_named_in_order_and_what_is_over_is_not():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    for hour in (15, 9, 11, 13, 17):
        booking.book(make.workshop(event, hour=hour, title=f"At {hour}"), ada, by=BY, at=NOW)
    make.workshop(event, hour=8, title="Not hers")

    before = agenda_summary(standing_of(event, ada.member), NOW)
    in_between = found(agenda_summary(standing_of(event, ada.member), make_at(event, 10)))

    assert (found(before).summary.booked, titles(before)) == (5, ["At 9", "At 11", "At 13"])
    assert titles(in_between) == []
    assert [card.title for card in found(in_between.day).following] == ["At 11"]


def make_at(event, hour):
    """That o'clock on the first day, in winter."""
    return NOW.replace(day=event.first_day.day, hour=hour)


def test_who_is_not_registered_has_nothing():
    event = make.event()

    assert agenda_summary(standing_of(event, None), NOW) is None
    assert agenda_summary(standing_of(event, make.member("Bo")), NOW) is None


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/", "/events/2026/"])
def test_a_registered_reader_finds_their_figures_and_what_comes_next(client: Client, address: str):
    event = make.event(slug="2026")
    ada = make.registration(event, make.member("Ada"))
    full = make.workshop(event, capacity=1, hour=14)
    booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    session = make.workshop(event, title="Board games")
    booking.book(session, ada, by=BY, at=NOW)
    client.force_login(ada.member)

    page = client.get(address).text

    assert "1 booked" in page
    assert "1 waiting" in page
    assert f'<a href="/events/2026/agenda/#session-{session.pk}">Board games</a>' in flat(page)


@pytest.mark.parametrize("address", ["/", "/events/2026/"])
def test_who_waits_for_approval_reads_what_happens_next(client: Client, address: str):
    make.event(slug="2026", booking_opens_at=NOW + timedelta(days=1))
    winnie = make.member("Winnie", membership="waiting", email="winnie@example.org")
    client.force_login(winnie)

    page = client.get(address).text

    assert "What happens next" in page
    assert "emails you at winnie@example.org" in page
    assert "Booking opens <time" in flat(page)
