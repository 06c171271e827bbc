"""The day before, at noon, and in the morning by one's own choice: one's sessions in order, once."""

from datetime import UTC, datetime, timedelta

import pytest

from events import registration as registering
from events.models import Event, Registration
from members import email_choices
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from tests.races.together import together
from tests.workshops.places.state import fill
from workshops.letters import day_before
from workshops.places import booking
from workshops.programme import cancelling, changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
#: Noon by the event's clock, the day before it begins, and seven in the morning of that day.
NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
SEVEN = datetime(2026, 11, 18, 7, tzinfo=UTC)
DAY_BEFORE, MORNING = "day-before", "day-morning"


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Q 2026")


@pytest.fixture
def ada(event: Event) -> Registration:
    """Ada, with a place in one session of the first day and one of the second."""
    made = make.registration(event, make.member("Ada"))
    for fields in ({"title": "Run charts"}, {"title": "Second thoughts", "day": 1}):
        booking.book(make.workshop(event, **fields), made, by=BY, at=NOW)
    Message.objects.all().delete()
    return made


def told(at: datetime) -> list[tuple[str, str]]:
    """To whom what is sent once all that is due was owed, and its subject."""
    day_before.tell(at=at)
    return [(email.to[0], str(email.subject)) for email in letters.deliver(at)]


TOMORROW = "Tomorrow at Q 2026: your sessions"
TODAY = "Today at Q 2026: your sessions"


def test_at_noon_of_the_day_before_each_day_and_once(ada):
    to = ada.member.email

    sent = [told(at) for at in (NOON - MINUTE, NOON, NOON + MINUTE, NOON + 8 * HOUR, NOON + 24 * HOUR)]

    assert sent == [[], [(to, TOMORROW)], [], [], [(to, TOMORROW)]]
    assert told(NOON + 48 * HOUR) == []


def test_the_noon_is_that_of_the_event(ada):
    Event.objects.update(time_zone="America/New_York")

    assert [day_before.tell(at=NOON + hours * HOUR) for hours in (4, 5)] == [0, 1]


def test_it_says_the_sessions_of_that_day_in_order_and_no_other(event, ada):
    make.session(event, title="Welcome", hour=9)
    first = make.workshop(event, title="Already full", hour=14, capacity=1)
    fill(first)
    booking.book(first, ada, by=BY, at=NOW)
    Message.objects.all().delete()
    day_before.tell(at=NOON)

    email = next(one for one in letters.deliver(NOON) if one.to == [ada.member.email])

    body = email.body
    assert body.index("Welcome") < body.index("Run charts") < body.index("Already full")
    assert "You are 1st on the waiting list." in body
    assert "We give places by email until half an hour before a session starts." in body
    assert "Second thoughts" not in body
    assert letters.say_the_same_twice(email)


def test_times_are_the_events_and_theirs_where_those_differ(ada):
    type(ada.member).objects.update(time_zone="Europe/Paris")
    day_before.tell(at=NOON)

    body = letters.only(letters.deliver(NOON)).body

    assert "10:00 to 11:00, 11:00 to 12:00 for you" in body


def test_no_way_to_join_is_in_it_but_where_to_find_it_and_to_check(event, ada):
    secrets = {
        "join_url": "https://meet.example/secret",
        "passcode": "4711",
        "meeting_number": "888",
        "dial_in": "999",
    }
    event.sessions.update(**secrets)
    day_before.tell(at=NOON)

    email = letters.only(letters.deliver(NOON))

    for part in (email.body, letters.html_of(email)):
        assert not [secret for secret in secrets.values() if secret in part]
        assert "https://events.example.org/events/2026/check/" in part
    assert "Check that you can join:" in email.body
    assert "Log in first: we email the link only if the site cannot be reached." in email.body


def test_of_an_event_in_a_room_nobody_checks_how_to_join(ada):
    Event.objects.update(place="in-person", venue="The Oval, London.")
    day_before.tell(at=NOON)

    body = letters.only(letters.deliver(NOON)).body

    assert "Check that you can join" not in body
    assert "Where it is and how to get there:" in body


def test_only_a_place_has_a_way_to_be_given_up(event, ada):
    fill(full := make.workshop(event, title="Full", hour=14, capacity=1))
    booking.book(full, ada, by=BY, at=NOW)
    Message.objects.all().delete()
    make.session(event, title="Welcome", hour=9)
    day_before.tell(at=NOON)

    body = next(one for one in letters.deliver(NOON) if one.to == [ada.member.email]).body

    assert body.count("Give it up:") == 1
    assert body.index("Run charts") < body.index("Give it up:") < body.index("Full")


def test_what_was_cancelled_or_moved_since_is_told_as_it_is(event, ada):
    day_before.tell(at=NOON)
    (gone, moved) = (
        make.workshop(event, title=title, hour=hour) for title, hour in (("Gone", 12), ("Moved", 15))
    )
    for one in (gone, moved):
        booking.book(one, ada, by=BY, at=NOW)
    seen = cancelling.look(gone, at=NOON).fingerprint
    cancelling.cancel(gone, "Because.", by=BY, at=NOON, seen=seen)
    changes.save_session(make.later(moved, HOUR), by=BY, at=NOON)

    body = next(one for one in letters.deliver(NOON) if one.subject == TOMORROW).body

    assert "Gone" not in body
    assert "16:00 to 17:00\nMoved" in body


@pytest.mark.parametrize("what", ["session", "registration", "event"])
def test_where_nothing_is_left_at_delivery_none_is_sent(event, ada, what):
    day_before.tell(at=NOON)
    if what == "session":
        for one in event.sessions.all():
            seen = cancelling.look(one, at=NOON).fingerprint
            cancelling.cancel(one, "Because.", by=BY, at=NOON, seen=seen)
    elif what == "registration":
        registering.cancel(ada, by=BY, at=NOON)
    else:
        Event.objects.update(status="cancelled")

    assert TOMORROW not in [one.subject for one in letters.deliver(NOON)]


def test_whoever_has_nothing_that_day_is_told_nothing_but_of_what_is_open_to_all(event):
    make.registration(event, make.member("Bo"))
    make.workshop(event)
    assert day_before.tell(at=NOON) == 0

    make.session(event, title="Welcome", hour=9)

    assert "Welcome" in letters.only(_sent(NOON)).body


def _sent(at: datetime):
    day_before.tell(at=at)
    return letters.deliver(at)


def test_who_registered_or_booked_after_that_hour_has_just_read_it(event, ada):
    make.registration(event, make.member("Bo"), status_changed_at=NOON)
    late = make.registration(event, make.member("Cy"))
    booking.book(event.sessions.earliest("starts_at"), late, by=BY, at=NOON)

    day_before.tell(at=NOON + MINUTE)

    found = Message.objects.filter(kind=DAY_BEFORE).values_list("member__name", flat=True)
    assert list(found) == ["Ada"]


def test_who_registered_after_that_hour_has_just_read_of_what_is_open_to_all(event):
    make.session(event)
    make.registration(event, make.member("Ada"), status_changed_at=NOON - MINUTE)
    make.registration(event, make.member("Bo"), status_changed_at=NOON)

    assert day_before.tell(at=NOON + MINUTE) == 1


def test_to_who_has_turned_it_off_nothing_is_owed(ada):
    email_choices.stop(ada.member, DAY_BEFORE, by=ada.member, at=NOW)

    assert (day_before.tell(at=NOON), day_before.tell(at=SEVEN)) == (0, 0)


@pytest.mark.parametrize("status", ["received", "cancelled"])
def test_who_does_not_come_is_told_nothing(event, ada, status):
    Registration.objects.update(status=status)

    assert day_before.tell(at=NOON) == 0


def test_nobody_is_told_at_night_nor_of_tomorrow_after_midnight(ada):
    assert day_before.tell(at=NOON + 9 * HOUR) == 0
    day_before.tell(at=NOON + HOUR)

    assert letters.deliver(NOON + 12 * HOUR) == []


def test_in_the_morning_only_who_has_asked_for_it_and_the_day_before_only_who_has_not_turned_it_off(
    ada, event
):
    bo = make.registration(event, make.member("Bo"))
    booking.book(event.sessions.earliest("starts_at"), bo, by=BY, at=NOW)
    Message.objects.all().delete()
    email_choices.start(bo.member, MORNING, by=bo.member, at=NOW)
    email_choices.stop(bo.member, DAY_BEFORE, by=bo.member, at=NOW)

    sent = [told(at) for at in (NOON, SEVEN - MINUTE, SEVEN, SEVEN + MINUTE)]

    assert sent == [[(ada.member.email, TOMORROW)], [], [(bo.member.email, TODAY)], []]


def test_what_was_turned_off_between_owing_and_sending_is_not_sent(ada):
    day_before.tell(at=NOON)
    email_choices.stop(ada.member, DAY_BEFORE, by=ada.member, at=NOON)

    assert letters.deliver(NOON) == []


def test_a_mail_program_stops_it_in_one_press(ada):
    day_before.tell(at=NOON)

    head = letters.only(letters.deliver(NOON)).extra_headers

    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_goes_behind_what_others_wait_for(ada):
    day_before.tell(at=NOON)

    assert Message.objects.get().bulk


def reachable(event: Event, number: int) -> None:
    """Let so many register for an event with a session that is open to all."""
    make.session(event)
    for one in range(number):
        make.registration(event, make.member(f"Member {one}"))


def test_thousands_are_owed_in_steps_and_what_a_killed_worker_left_by_the_next(event):
    reachable(event, 5)
    day_before.tell(at=NOON, step=2)
    first = sorted(Message.objects.values_list("key", flat=True))
    Message.objects.filter(key=first[-1]).delete()  # as if it was killed before the last step

    again = day_before.tell(at=NOON + MINUTE, step=2)

    assert (len(first), again) == (5, 1)
    assert sorted(Message.objects.values_list("key", flat=True)) == first


@pytest.mark.parametrize(("people", "queries"), [(1, 9), (30, 9)])
def test_owing_costs_the_same_queries_for_thirty_as_for_one(
    event, people, queries, django_assert_num_queries
):
    reachable(event, people)

    with django_assert_num_queries(queries):
        day_before.tell(at=NOON)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_sweeps_at_once_each_is_owed_one(event, ada):
    together(*[lambda: day_before.tell(at=NOON)] * 4)

    assert Message.objects.filter(kind=DAY_BEFORE).count() == 1
