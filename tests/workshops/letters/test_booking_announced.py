"""Telling everybody the evening before when booking opens: once, anew where it moves, never too late."""

from datetime import UTC, datetime, timedelta

import pytest

from events.models import Event, Registration
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from tests.races.together import together
from workshops.letters import booking_announced, booking_opened
from workshops.models import OpeningAnnounced
from workshops.places import choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
OPENS = NOW + DAY
#: 18:00 in London the day before.
EVENING = datetime(2026, 11, 2, 18, tzinfo=UTC)
LATER = OPENS + 7 * DAY


@pytest.fixture
def event() -> Event:
    """An event of which booking opens tomorrow at ten."""
    made = make.event(slug="2026", title="Q 2026", booking_opens_at=OPENS)
    make.workshop(made, title="First")
    return made


@pytest.fixture
def ada(event: Event) -> Registration:
    """Somebody who is registered."""
    return make.registration(event, make.member("Ada"))


def move(event: Event, opens_at: datetime | None) -> None:
    """Let booking open at another moment."""
    event.booking_opens_at = opens_at
    event.save()


def told(at: datetime) -> list[str]:
    """The subjects of what is sent once all that is due at a moment was announced."""
    booking_announced.announce(at=at)
    return [str(email.subject) for email in letters.deliver(at)]


FIRST = "Booking opens Tuesday 3 November, 10:00 (UK and Ireland time): Q 2026"
MOVED = "Booking now opens Tuesday 10 November, 10:00 (UK and Ireland time): Q 2026"
AGAIN = "Booking opens Tuesday 10 November, 10:00 (UK and Ireland time): Q 2026"


def test_everybody_is_told_at_six_the_evening_before_and_once(event, ada):
    sent = [told(at) for at in (EVENING - SECOND, EVENING, EVENING + MINUTE, OPENS - SECOND)]

    assert sent == [[], [FIRST], [], []]


def test_the_evening_is_that_of_the_event(event):
    Event.objects.update(time_zone="America/New_York")
    there = datetime(2026, 11, 2, 23, tzinfo=UTC)

    assert [booking_announced.announce(at=at) for at in (there - SECOND, there)] == [0, 1]


def test_where_the_opening_is_set_after_that_evening_all_are_told_at_once(event, ada):
    at = EVENING + timedelta(hours=3)
    move(event, None)
    before = told(at - SECOND)
    move(event, OPENS)

    assert (before, told(at), told(at + MINUTE)) == ([], [FIRST], [])


def test_it_goes_to_who_is_registered_behind_what_others_wait_for(event):
    make.crowd(event, 3)
    make.registration(event, make.member("Ada"), status="received")

    booking_announced.announce(at=EVENING)

    found = Message.objects.filter(kind="booking-opens-soon", bulk=True, not_after=OPENS)
    assert sorted(found.values_list("member__name", flat=True)) == ["Member 0", "Member 1", "Member 2"]


def test_who_has_chosen_nothing_is_led_to_choosing(event, ada):
    booking_announced.announce(at=EVENING)

    email = letters.only(letters.deliver(EVENING))

    assert "Booking for Q 2026 opens Tuesday 3 November, 10:00 (UK and Ireland time)." in email.body
    assert "Choose sessions now:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert letters.say_the_same_twice(email)


def test_who_has_chosen_sees_in_which_order_they_will_be_booked(event, ada):
    choices.choose(event.sessions.get(), ada, by=BY, at=NOW)
    choices.choose(make.workshop(event, title="Second", hour=12), ada, by=BY, at=NOW + SECOND)
    booking_announced.announce(at=EVENING)

    email = letters.only(letters.deliver(EVENING))

    assert "You have chosen 2 sessions." in email.body
    assert "- First\n- Second\n" in email.body
    assert "See or change my choices:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert letters.say_the_same_twice(email)


def test_where_it_is_put_off_all_are_told_at_once_and_again_the_evening_before(event, ada):
    told(EVENING)
    move(event, LATER)

    sent = [told(at) for at in (EVENING + MINUTE, OPENS, LATER - DAY, LATER - timedelta(hours=15))]

    assert sent == [[MOVED], [], [], [AGAIN]]


def test_who_was_told_of_another_moment_is_told_which(event, ada):
    told(EVENING)
    bo = make.registration(event, make.member("Bo"), status_changed_at=EVENING + SECOND)
    move(event, LATER)
    booking_announced.announce(at=EVENING + MINUTE)

    said = {email.to[0]: email.body for email in letters.deliver(EVENING + MINUTE)}

    was = "That is new: we had written Tuesday 3 November, 10:00 (UK and Ireland time)."
    assert {who: was in body for who, body in said.items()} == {
        ada.member.email: True,
        bo.member.email: False,
    }


def test_moved_and_moved_back_is_told_each_time(event, ada):
    told(EVENING)
    move(event, LATER)
    told(EVENING + MINUTE)
    move(event, OPENS)

    assert told(EVENING + 2 * MINUTE) == [FIRST.replace("Booking opens", "Booking now opens")]


def test_of_two_moments_only_the_one_that_is_true_is_sent(event, ada):
    booking_announced.announce(at=EVENING)
    move(event, LATER)
    booking_announced.announce(at=EVENING + MINUTE)

    assert [email.subject for email in letters.deliver(EVENING + MINUTE)] == [MOVED]


def test_put_off_after_it_opened_it_is_told_on_the_evening_before_only(event, ada):
    told(EVENING)
    booking_opened.tell_opened(at=OPENS)
    letters.deliver(OPENS + MINUTE)
    move(event, LATER)

    assert [told(at) for at in (OPENS + 2 * MINUTE, LATER - timedelta(hours=16))] == [[], [AGAIN]]


@pytest.mark.parametrize("opens_at", [OPENS - timedelta(hours=12), None])
def test_what_has_opened_meanwhile_is_not_told_as_to_come(event, ada, opens_at):
    booking_announced.announce(at=EVENING)
    move(event, opens_at)

    assert told(EVENING + timedelta(hours=6)) == []


def test_a_letter_that_could_not_be_sent_before_the_opening_is_not_sent(event, ada):
    booking_announced.announce(at=EVENING)

    assert (letters.deliver(OPENS), Message.objects.get().state) == ([], "failed")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "cancelled"},
        {"booking_opens_at": None},
        {"booking_opens_at": EVENING},
    ],
)
def test_nothing_is_told_where_nothing_will_open(fields):
    event = make.event(**({"booking_opens_at": OPENS} | fields))
    make.workshop(event)
    make.registration(event, make.member("Ada"))

    assert booking_announced.announce(at=EVENING) == 0


def test_nothing_is_told_of_an_event_without_places_to_book():
    event = make.event(booking_opens_at=OPENS)
    make.session(event)
    make.registration(event, make.member("Ada"))

    assert booking_announced.announce(at=EVENING) == 0


def test_telling_costs_the_same_queries_for_thirty_as_for_one(event, django_assert_num_queries):
    other = make.event(booking_opens_at=OPENS)
    make.workshop(other)
    make.crowd(event, 1)
    make.crowd(other, 30)

    for number in (event, other):
        with django_assert_num_queries(13):
            assert booking_announced._announce(number.pk, EVENING)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_who_announce_at_once_one_does(event, ada):
    told_of = together(*[lambda: booking_announced.announce(at=EVENING)] * 8)

    assert (sorted(told_of), Message.objects.count()) == ([0] * 7 + [1], 1)
    assert OpeningAnnounced.objects.get().told_at == EVENING
