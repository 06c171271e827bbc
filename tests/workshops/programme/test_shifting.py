"""Sessions of an event move together: all by the same, as they were looked at, or none."""

from datetime import UTC, date, datetime, timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from events.models import Event, Session
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.programme import shifting
from workshops.programme.clock_changes import NoSuchTime
from workshops.programme.shifting import Interval, Plan, ShiftChanged, WouldHaveBegun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

QUARTER = Interval(minutes=15)


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Q 2026")


def shift(event: Event, interval: Interval, at: datetime = NOW) -> Plan:
    seen = shifting.look(event, interval, at=at).fingerprint
    return shifting.shift(event, interval, seen, by=BY, at=at)


def starts(*sessions: Session) -> list[str]:
    found = (Session.objects.get(pk=one.pk).starts_at for one in sessions)
    return [f"{one:%d %H:%M}" for one in found if one]


def test_all_sessions_move_by_the_same(event):
    sessions = [make.workshop(event, hour=10), make.session(event, hour=14), make.session(event, day=1)]

    plan = shift(event, QUARTER)

    assert starts(*sessions) == ["18 10:15", "18 14:15", "19 10:15"]
    assert len(plan.moves) == 3
    places = Workshop.objects.get(session=sessions[0])
    assert places.during.lower == datetime(2026, 11, 18, 10, 15, tzinfo=UTC)


def test_they_move_earlier_as_well(event):
    session = make.session(event)

    shift(event, Interval(days=-1, minutes=-30))

    assert starts(session) == ["17 09:30"]


def test_those_of_one_day_move_alone(event):
    first, second = make.session(event), make.session(event, day=1)

    shift(event, Interval(minutes=15, day=event.last_day))

    assert starts(first, second) == ["18 10:00", "19 10:15"]


def test_days_keep_what_the_clocks_show_and_hours_pass(event):
    spring = make.event(first_day=date(2027, 3, 27), last_day=date(2027, 3, 27))
    by_days, by_hours = make.session(spring, hour=10), make.session(spring, hour=10)
    by_hours.event = make.event(first_day=date(2027, 3, 27), last_day=date(2027, 3, 27))
    by_hours.save()

    shift(spring, Interval(days=1))
    shift(by_hours.event, Interval(minutes=24 * 60))

    # The clocks go forward in the night between: ten o'clock is nine in UTC then.
    assert starts(by_days, by_hours) == ["28 09:00", "28 10:00"]


def test_what_has_begun_or_is_cancelled_or_on_demand_stays(event):
    begun = make.session(event, hour=9)
    cancelled = make.session(event, status="cancelled")
    make.session(event, starts_at=None, ends_at=None, format="on-demand")
    at = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)

    assert shifting.look(event, QUARTER, at=at).moves == []
    with pytest.raises(ShiftChanged):
        shift(event, QUARTER, at=at)
    assert starts(begun, cancelled) == ["18 09:00", "18 10:00"]


def test_whoever_is_booked_moves_with_their_session_and_is_told(event):
    session = make.workshop(event)
    ada = make.registration(event, make.member())
    booking.book(session, ada, by=BY, at=NOW)
    make.host(session, email="hana@hosts.example")

    plan = shift(event, QUARTER)

    assert plan.emails == 2
    assert Message.objects.filter(kind="session-changed").count() == 2
    moved = Session.objects.get(pk=session.pk)
    assert Booking.objects.get().during.lower == moved.starts_at == moved.workshop.during.lower


def test_drafts_move_without_a_word(event):
    session = make.session(event, status="draft")
    make.host(session, email="hana@hosts.example")

    assert shift(event, QUARTER).emails == 0
    assert starts(session) == ["18 10:15"]
    assert not Message.objects.exists()


def test_who_looked_at_something_else_moves_nothing(event):
    session = make.session(event)
    seen = shifting.look(event, QUARTER, at=NOW).fingerprint
    added = make.session(event, hour=15)

    with pytest.raises(ShiftChanged) as refused:
        shifting.shift(event, QUARTER, seen, by=BY, at=NOW)

    assert len(refused.value.plan.moves) == 2
    assert starts(session, added) == ["18 10:00", "18 15:00"]


def test_pressing_twice_moves_once(event):
    session = make.session(event)
    seen = shifting.look(event, QUARTER, at=NOW).fingerprint

    shifting.shift(event, QUARTER, seen, by=BY, at=NOW)
    with pytest.raises(ShiftChanged):
        shifting.shift(event, QUARTER, seen, by=BY, at=NOW)

    assert starts(session) == ["18 10:15"]


def test_the_event_moves_with_all_of_its_sessions(event):
    opens = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    Event.objects.update(booking_opens_at=opens)
    make.session(event)

    shift(event, Interval(days=7, minutes=15, with_event=True))

    event.refresh_from_db()
    assert (event.first_day, event.last_day) == (date(2026, 11, 25), date(2026, 11, 26))
    # In London it is summer on 20 October and winter a week later: ten o'clock both times.
    assert event.booking_opens_at == opens + timedelta(days=7, hours=1)


def test_an_event_stays_where_only_its_sessions_move(event):
    make.session(event)

    shift(event, Interval(days=1))

    event.refresh_from_db()
    assert event.first_day == date(2026, 11, 18)


def test_each_move_is_recorded(event):
    session = make.session(event)

    shift(event, QUARTER)

    assert Entry.objects.filter(act=Act.SESSION_CHANGED, thing_id=session.pk).count() == 1


def test_sessions_move_into_each_others_time(event):
    registration = make.registration(event, make.member())
    for hour in (10, 11):
        booking.book(make.workshop(event, hour=hour), registration, by=BY, at=NOW)

    shift(event, Interval(minutes=60))

    assert Booking.objects.booked().count() == 2


def test_who_comes_to_several_of_them_is_told_in_one_letter(event):
    ada, bo = (make.registration(event, make.member(name)) for name in ("Ada", "Bo"))
    first, second = make.workshop(event, hour=10), make.workshop(event, hour=12)
    for session, registration in ((first, ada), (second, ada), (second, bo)):
        booking.book(session, registration, by=BY, at=NOW)
    letters.deliver(NOW + timedelta(minutes=10))

    plan = shift(event, QUARTER, at=NOW + timedelta(hours=1))

    sent = letters.deliver(NOW + timedelta(hours=2))
    assert plan.emails == len(sent) == 2
    [to_ada] = [one for one in sent if one.to == [ada.member.email]]
    assert str(to_ada.body).count("has moved") == 2


def test_a_draft_event_tells_nobody(event):
    Event.objects.update(status=Event.Status.DRAFT)
    make.host(make.session(event), email="hana@hosts.example")

    assert shifting.look(Event.objects.get(), QUARTER, at=NOW).emails == 0


def test_whom_it_leaves_to_decide_is_counted_by_session(event):
    ada = make.registration(event, make.member())
    first, second = make.workshop(event), make.workshop(event, day=1)
    for session in (first, second):
        booking.book(session, ada, by=BY, at=NOW)
    of_the_first_day = Interval(days=1, day=event.first_day)

    plan = shifting.look(event, of_the_first_day, at=NOW)

    assert [(one.session.pk, one.clashing) for one in plan.moves] == [(first.pk, 1)]
    assert shifting.look(event, Interval(days=1), at=NOW).clashing == 0


def test_who_has_to_decide_already_is_not_counted_again(event):
    ada = make.registration(event, make.member())
    first, second = make.workshop(event), make.workshop(event, day=1)
    for session in (first, second):
        booking.book(session, ada, by=BY, at=NOW)
    shift(event, Interval(days=1, day=event.first_day))

    assert shifting.look(event, QUARTER, at=NOW).clashing == 0


def test_a_booking_meanwhile_that_would_have_to_decide_is_looked_at_first(event):
    of_the_first_day = Interval(days=1, day=event.first_day)
    ada = make.registration(event, make.member())
    first, second = make.workshop(event), make.workshop(event, day=1)
    booking.book(first, ada, by=BY, at=NOW)
    seen = shifting.look(event, of_the_first_day, at=NOW).fingerprint
    booking.book(second, ada, by=BY, at=NOW)

    with pytest.raises(ShiftChanged):
        shifting.shift(event, of_the_first_day, seen, by=BY, at=NOW)


def test_a_room_that_would_be_used_twice_is_named_and_one_that_is_already_is_not(event):
    make.session(event, room="Room 1")
    make.session(event, day=1, room="Room 1")
    for _ in range(2):
        make.session(event, hour=15, room="Room 2")

    [twice] = shifting.look(event, Interval(days=1, day=event.first_day), at=NOW).twice

    assert "Room 1" in twice.what


def test_a_time_that_the_clocks_skip_or_show_twice_is_refused_by_name():
    spring = make.event(first_day=date(2027, 3, 27), last_day=date(2027, 3, 28))
    make.session(spring, hour=1.5, hours=0.5, title="Night shift")

    with pytest.raises(NoSuchTime, match="Night shift"):
        shifting.look(spring, Interval(days=1), at=NOW)


def test_what_would_have_begun_is_refused_by_name_as_it_could_not_be_moved_back(event):
    make.session(event, title="Day in the life")

    with pytest.raises(WouldHaveBegun, match="Day in the life"):
        shifting.look(event, Interval(days=-16), at=NOW)


def test_what_leaves_the_days_of_the_event_is_counted(event):
    make.session(event)
    make.session(event, day=1)

    assert [shifting.look(event, Interval(days=days), at=NOW).outside for days in (0, 1, 2)] == [0, 1, 2]
