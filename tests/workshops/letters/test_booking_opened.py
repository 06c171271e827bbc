"""Telling everybody that booking has opened: at the minute, once, and not to who has begun."""

from datetime import UTC, datetime, timedelta

import pytest

from events import cancellation, registration
from events.models import Event
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from workshops import tasks
from workshops.letters import booking_announced, booking_opened
from workshops.models import OpeningTold
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

OPENS = NOW + timedelta(hours=1)
SOON = OPENS + timedelta(seconds=15)


@pytest.fixture
def event() -> Event:
    """An event of which booking opens in an hour."""
    made = make.event(slug="2026", title="Q 2026", booking_opens_at=OPENS)
    make.workshop(made, title="First")
    return made


def test_nothing_is_told_before_the_moment_and_everybody_at_it(event):
    make.crowd(event, 30)

    before = booking_opened.tell_opened(at=OPENS - timedelta(seconds=1))
    told = booking_opened.tell_opened(at=OPENS)

    assert (before, told, Message.objects.filter(kind="booking-opens", bulk=True).count()) == (0, 1, 30)


@pytest.mark.parametrize(("crowd", "seconds"), [(30, 3), pytest.param(4000, 300, marks=pytest.mark.slow)])
def test_those_who_press_have_the_site_first_and_within_five_minutes_all_are_told(event, crowd, seconds):
    make.crowd(event, crowd)

    booking_opened.tell_opened(at=OPENS)

    waits = {one.send_after - OPENS for one in Message.objects.filter(kind="booking-opens")}
    assert len(waits) > crowd / 2
    assert timedelta(0) <= min(waits) < max(waits) <= timedelta(seconds=seconds)


def test_where_booking_closes_soon_all_are_told_while_there_is_time_to_book(event):
    make.crowd(event, 30)
    Event.objects.update(booking_closes_at=OPENS + timedelta(seconds=2))

    booking_opened.tell_opened(at=OPENS)

    last = Message.objects.filter(kind="booking-opens").latest("send_after")
    assert last.send_after <= OPENS + timedelta(seconds=1)


def test_it_is_told_once_however_often_the_clock_ticks(event):
    make.registration(event, make.member("Ada"))
    booking_opened.tell_opened(at=OPENS)

    again = [booking_opened.tell_opened(at=SOON), booking_opened.tell_opened(at=SOON + timedelta(days=1))]

    assert (again, len(letters.deliver(SOON))) == ([0, 0], 1)


def test_telling_costs_the_same_queries_for_thirty_as_for_one(event, django_assert_num_queries):
    other = make.event(booking_opens_at=OPENS)
    make.workshop(other)
    make.crowd(event, 1)
    make.crowd(other, 30)

    for number in (event, other):
        with django_assert_num_queries(13):
            assert booking_opened._tell(number.pk, OPENS)


def test_their_choices_wait_for_one_press():
    event = make.event(slug="2026", title="Q 2026", booking_opens_at=OPENS)
    ada = make.registration(event, make.member("Ada"))
    for number, title in enumerate(("Quiet", "Loud")):
        choices.choose(
            make.workshop(event, title=title, hour=10 + number),
            ada,
            by=BY,
            at=NOW + timedelta(seconds=number),
        )
    booking_opened.tell_opened(at=OPENS)

    email = letters.only(letters.deliver(SOON))

    assert email.subject == "Booking is open: Q 2026"
    assert "You have chosen 2 sessions." in email.body
    assert "- Quiet\n- Loud\n" in email.body
    assert "Book my 2 choices:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert letters.say_the_same_twice(email)


def test_one_choice_is_one_choice(event):
    ada = make.registration(event, make.member("Ada"))
    choices.choose(event.sessions.get(), ada, by=BY, at=NOW)
    booking_opened.tell_opened(at=OPENS)

    email = letters.only(letters.deliver(SOON))

    assert ("You have chosen 1 session." in email.body, "Book my choice:" in email.body) == (True, True)
    assert letters.say_the_same_twice(email)


def test_without_choices_they_are_sent_to_build_their_agenda(event):
    make.registration(event, make.member("Ada"))
    booking_opened.tell_opened(at=OPENS)

    email = letters.only(letters.deliver(SOON))

    assert "Build your agenda now:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_who_has_begun_to_book_is_not_bothered_but_one_with_choices_left_is(event):
    ada, bo = (make.registration(event, make.member(name)) for name in ("Ada", "Bo"))
    second = make.workshop(event, title="Second", hour=12)
    choices.choose(second, bo, by=BY, at=NOW)
    booking_opened.tell_opened(at=OPENS)
    for one in (ada, bo):
        booking.book(event.sessions.get(title="First"), one, by=BY, at=SOON)

    sent = letters.deliver(SOON)

    assert [email.to for email in sent] == [[bo.member.email]]


def test_who_registered_after_the_opening_was_told_by_that_email(event):
    booking_opened.tell_opened(at=OPENS)
    registration.register(event, make.member("Ada"), by=BY, at=SOON)
    booking_opened.tell_opened(at=SOON)

    assert [email.subject for email in letters.deliver(SOON)] == ["You are registered for Q 2026"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "cancelled"},
        {"booking_opens_at": None},
        {"booking_closes_at": OPENS + timedelta(seconds=1)},
        {"first_day": NOW.date() - timedelta(days=9), "last_day": NOW.date() - timedelta(days=8)},
    ],
)
def test_nothing_is_told_where_nobody_could_book(fields):
    event = make.event(**({"booking_opens_at": OPENS} | fields))
    make.workshop(event)
    make.registration(event, make.member("Ada"))

    assert booking_opened.tell_opened(at=SOON) == 0


def test_nothing_is_told_of_an_event_without_places_to_book():
    event = make.event(booking_opens_at=OPENS)
    make.session(event)
    make.registration(event, make.member("Ada"))

    assert booking_opened.tell_opened(at=SOON) == 0


def test_an_event_cancelled_before_the_email_went_out_does_not_open(event):
    make.registration(event, make.member("Ada"))
    booking_opened.tell_opened(at=OPENS)
    cancellation.cancel_event(event, by=BY, at=OPENS)

    assert letters.deliver(SOON) == []


def test_put_off_after_it_was_told_it_is_told_again_when_it_opens(event):
    make.registration(event, make.member("Ada"))
    booking_opened.tell_opened(at=OPENS)
    letters.deliver(SOON)
    event.booking_opens_at = OPENS + timedelta(days=1)
    event.save()

    too_early = booking_opened.tell_opened(at=SOON)
    at_last = booking_opened.tell_opened(at=event.booking_opens_at)

    assert (too_early, at_last) == (0, 1)
    assert OpeningTold.objects.get().told_at == event.booking_opens_at


def test_an_opening_that_was_announced_and_taken_away_is_told_as_open(event):
    ada = make.registration(event, make.member("Ada"), status_changed_at=NOW - timedelta(days=1))
    booking_announced.announce(at=NOW)
    make.registration(event, make.member("Bo"), status_changed_at=SOON)
    Event.objects.update(booking_opens_at=None)

    told = [booking_opened.tell_opened(at=NOW + timedelta(minutes=number)) for number in (1, 2)]

    assert told == [1, 0]
    assert Message.objects.get(kind="booking-opens").member == ada.member


def test_who_was_told_of_no_opening_is_told_of_none(event):
    make.registration(event, make.member("Ada"))
    Event.objects.update(booking_opens_at=None)

    assert booking_opened.tell_opened(at=SOON) == 0


def test_an_opening_moved_into_the_past_is_not_told_twice(event):
    make.registration(event, make.member("Ada"))
    booking_opened.tell_opened(at=OPENS)
    event.booking_opens_at = OPENS - timedelta(minutes=5)
    event.save()

    assert booking_opened.tell_opened(at=SOON) == 0


def test_the_beat_runs_all_tasks_by_their_names(settings):
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert {tasks.announce_openings.name, tasks.tell_opened.name, tasks.sweep.name} <= scheduled
    tasks.announce_openings()
    tasks.tell_opened()
    tasks.sweep()


@pytest.mark.parametrize(
    ("day", "says"),
    [(16, "Build your agenda now:"), (17, "See your agenda:"), (18, "See your agenda:"), (20, "")],
)
def test_the_letter_says_build_your_agenda_until_the_day_before_and_nothing_once_it_is_over(event, day, says):
    make.registration(event, make.member("Ada"))
    make.workshop(event, day=1)
    at = datetime(2026, 11, day, 9, 30, tzinfo=UTC)
    booking_opened.tell_opened(at=SOON)

    told = [one.body for one in letters.deliver(at)]

    assert [says in body for body in told] == [True] * len(told)
    assert len(told) == bool(says)
    assert all(("Build your agenda" in body) == (day == 16) for body in told)
