"""How soon sessions were full: from the opening until for the first time all places were taken."""

from datetime import timedelta

import pytest

from audit import trail
from audit.acts import Act
from events.models import Event
from team.report.full import in_words
from tests import make
from tests.make import BY, NOW
from tests.team.report.tables import rows
from tests.workshops.places import state
from tests.workshops.places.state import minutes
from workshops.places import booking
from workshops.programme import cancelling, capacity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", booking_opens_at=NOW)


def test_before_any_is_full_that_is_said(event, figures):
    state.crowd(event, make.workshop(event, capacity=2), 1)

    figure = figures()["full"]

    assert (figure.table, figure.nothing) == (None, "No session is known to have been full so far.")


def test_it_is_the_moment_of_the_last_place_and_not_of_who_waited_first(event, figures):
    session = make.workshop(event, capacity=2, title="Flow")
    for number, one in enumerate(state.registered(event, "Ada", "Bo", "Cy")):
        booking.book(session, one, by=BY, at=minutes(number * 3))

    figure = figures(minutes(60))["full"]

    assert rows(figure) == [("Flow", [2, "3 minutes", "Mon 2 Nov, 10:03", 180])]
    assert figure.result == "1 session was full at some moment. The first one was after 3 minutes."


def test_a_place_given_up_before_puts_it_off_and_one_given_up_later_changes_nothing(event, figures):
    session = make.workshop(event, capacity=2, title="Flow")
    ada, bo, cy = state.registered(event, "Ada", "Bo", "Cy")
    booking.cancel(booking.book(session, ada, by=BY, at=minutes(1)), by=BY, at=minutes(2))
    booking.book(session, bo, by=BY, at=minutes(3))
    last = booking.book(session, cy, by=BY, at=minutes(8))
    booking.cancel(last, by=BY, at=minutes(9))

    assert rows(figures(minutes(60))["full"])[0][1][1] == "8 minutes"


def test_places_that_were_added_later_change_nothing(event, figures):
    session = make.workshop(event, capacity=2, title="Flow")
    for number, one in enumerate(state.registered(event, "Ada", "Bo"), 1):
        booking.book(session, one, by=BY, at=minutes(number))
    capacity.set_capacity(session, 4, by=BY, at=minutes(4))
    capacity.set_capacity(session, None, by=BY, at=minutes(5))

    assert rows(figures(minutes(60))["full"]) == [
        ("Flow", ["no limit", "2 minutes", "Mon 2 Nov, 10:02", 120])
    ]


def test_places_that_were_taken_out_later_make_nothing_full_before(event, figures):
    session = make.workshop(event, capacity=4)
    state.crowd(event, session, 2)
    capacity.set_capacity(session, 2, by=BY, at=minutes(40))
    trail.record(session.bookings.all()[0], Act.SETTLED, by=BY, at=minutes(50))  # takes no place

    assert figures(minutes(60))["full"].table is None


def test_where_it_is_not_told_how_many_there_were_it_was_full_once_somebody_waited(event, figures):
    session = make.workshop(event, capacity=1, title="Flow")
    for number, one in enumerate(state.registered(event, "Ada", "Bo"), 1):
        booking.book(session, one, by=BY, at=minutes(number))
    trail.record(session, Act.PLACES_SET, by=BY, at=minutes(5), places=3)  # as it was told before

    assert rows(figures(minutes(60))["full"])[0][1][1] == "2 minutes"


def test_a_session_that_came_back_kept_its_places(event, figures):
    session = make.workshop(event, capacity=2, title="Flow")
    ada, bo = state.registered(event, "Ada", "Bo")
    booking.book(session, ada, by=BY, at=minutes(1))
    seen = cancelling.look(session, at=minutes(2)).fingerprint
    cancelling.cancel(session, "Ill.", seen=seen, by=BY, at=minutes(2))
    cancelling.bring_back(session, by=BY, at=minutes(3))
    booking.book(session, bo, by=BY, at=minutes(7))

    assert rows(figures(minutes(60))["full"])[0][1][1] == "7 minutes"


def test_without_an_opening_it_is_counted_from_the_first_place(event, figures):
    Event.objects.filter(pk=event.pk).update(booking_opens_at=None)
    event.refresh_from_db()
    session = make.workshop(event, capacity=2)
    for number, one in enumerate(state.registered(event, "Ada", "Bo"), 5):
        booking.book(session, one, by=BY, at=minutes(number))

    assert rows(figures(minutes(60))["full"])[0][1][1] == "60 seconds"


def test_the_picture_counts_each_in_the_shortest_span_that_has_it(event, figures):
    for hour, after in ((9, 5), (11, 10), (13, 50)):
        session = make.workshop(event, capacity=1, hour=hour)
        booking.book(session, state.registered(event, "Ada")[0], by=BY, at=minutes(after))

    picture = figures(minutes(90))["full"].picture

    assert [word for _, word in picture.named] == ["10 min", "1 hour", "1 day", "1 week", "later"]
    assert picture.parts[0].path == "M0 0h8v100h-8zM10 50h8v50h-8z"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (3 * 3600 + 60, "3 hours 1 minute"),
        (48 * 3600, "2 days"),
        (50 * 3600 + 600, "2 days 2 hours"),
    ],
)
def test_a_length_is_said_as_people_say_it(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words
