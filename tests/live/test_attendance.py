"""Who was in a session: what is pressed, said and decided, and what may not be."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.acts import Act
from audit.models import Entry
from events.models import Event, Registration, Session
from live import attendance
from live.attendance import DECIDED_FOR, SAID_FOR, AttendanceRefused
from live.models import Attendance
from tests import make
from tests.found import found
from tests.make import BY
from tests.members.merging.bringing import bring_together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HOST, TEAM, REPORT = Attendance.Source.HOST, Attendance.Source.TEAM, Attendance.Source.REPORT
MINUTE = timedelta(minutes=1)


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def session(event: Event) -> Session:
    return make.session(event)


@pytest.fixture
def ada(event: Event) -> Registration:
    return make.registration(event, make.member("Ada"))


def begun(session, minutes=0):
    return found(session.starts_at) + minutes * MINUTE


def join(session, who, minutes=0):
    return attendance.note_joined(who, session, at=begun(session, minutes), by=who.member)


def say(session, who, minutes=0):
    return attendance.say(who, session, at=begun(session, minutes), by=who.member)


def correct(session, who, after=120, **decided):
    told: dict[str, Any] = {"came": True, "source": TEAM} | decided
    attendance.correct(session, who, **told, at=begun(session, after), by=BY)


def why_not(act):
    with pytest.raises(AttendanceRefused) as refusal:
        act()
    return str(refusal.value)


def test_the_first_press_counts_and_is_one_statement_with_its_entry(session, ada):
    assert join(session, ada, -5)
    with CaptureQueriesContext(connection) as queries:
        assert not join(session, ada, 30)

    row = Attendance.objects.get()
    assert (row.registration, row.session, row.joined_at) == (ada, session, begun(session, -5))
    assert list(Entry.objects.values_list("act", "thing_id", "member_id")) == [
        (Act.ATTENDANCE_JOINED, row.pk, ada.member_id)
    ]
    asked = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": Session.Status.CANCELLED}, "This session was cancelled."),
        ({"status": Session.Status.DRAFT}, "This session does not take place."),
        ({"notes_attendance": False}, "In this session it is not noted who was there."),
    ],
    ids=["cancelled", "draft", "switched off"],
)
def test_nothing_is_noted_of_a_session_where_nothing_may(ada, event, fields, why):
    session = make.session(event, **fields)

    assert not join(session, ada)
    assert why_not(lambda: say(session, ada)) == why
    assert why_not(lambda: correct(session, ada)) == why
    assert not Attendance.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("status", [Registration.Status.CANCELLED, Registration.Status.RECEIVED])
def test_only_who_is_registered_for_the_event_is_noted(session, event, status):
    who = make.registration(event, make.member(), status=status)

    assert not join(session, who)
    assert why_not(lambda: say(session, who)) == "Only who is registered for the event can have been there."
    assert not Attendance.objects.exists()


def test_a_registration_for_another_event_is_noted_in_no_session_of_this_one(session):
    stranger = make.registration(make.event(), make.member())

    assert not join(session, stranger)
    why = why_not(lambda: correct(session, stranger))
    assert why == "Only who is registered for the event can have been there."


def test_who_joined_by_telephone_says_so_once_it_has_begun_until_four_weeks_after(session, ada):
    assert why_not(lambda: say(session, ada, -1)) == "This session has not begun yet."

    assert say(session, ada)
    assert not say(session, ada, 10)

    assert Attendance.objects.get().said_at == begun(session)
    late = found(session.ends_at) + SAID_FOR
    why = why_not(lambda: attendance.say(ada, session, at=late, by=ada.member))
    assert why == "It is too long ago to note here. Please write to us."


def test_what_was_pressed_and_what_was_said_stand_in_one_row(session, ada):
    join(session, ada)
    say(session, ada, 20)

    row = Attendance.objects.get()
    assert (row.joined_at, row.said_at, row.came) == (begun(session), begun(session, 20), None)


def test_what_somebody_decided_goes_before_what_was_pressed(session, ada):
    join(session, ada)
    assert Attendance.objects.came().exists()

    correct(session, ada, came=False, source=HOST)

    row = Attendance.objects.get()
    assert (row.came, row.decided_by, row.decided_at) == (False, HOST, begun(session, 120))
    assert row.joined_at == begun(session)
    assert not Attendance.objects.came().exists()


def test_who_never_pressed_is_noted_by_a_host_and_corrected_by_the_team(session, ada):
    correct(session, ada, came=True, source=HOST)
    correct(session, ada, 130, came=False, source=TEAM)

    row = Attendance.objects.get()
    assert (row.came, row.decided_by, row.joined_at) == (False, TEAM, None)
    acts = Entry.objects.filter(act=Act.ATTENDANCE_CORRECTED, thing_id=row.pk)
    assert acts.count() == 2


@pytest.mark.parametrize("source", [HOST, TEAM])
def test_the_report_adds_minutes_to_what_people_decided_and_changes_nothing_else(session, ada, source):
    correct(session, ada, came=False, source=source)
    correct(session, ada, 200, came=True, minutes=41, source=REPORT)

    row = Attendance.objects.get()
    assert (row.came, row.decided_by, row.decided_at, row.minutes) == (
        False,
        source,
        begun(session, 120),
        41,
    )


def test_people_correct_the_report_and_its_minutes_stay(session, ada):
    correct(session, ada, came=True, minutes=41, source=REPORT)
    correct(session, ada, 200, came=False, source=HOST)

    row = Attendance.objects.get()
    assert (row.came, row.decided_by, row.minutes) == (False, HOST, 41)


def test_nothing_is_decided_before_it_began_or_a_year_after(session, ada):
    assert why_not(lambda: correct(session, ada, -1)) == "This session has not begun yet."

    late = found(session.ends_at) + DECIDED_FOR
    with pytest.raises(AttendanceRefused, match="over for more than a year"):
        attendance.correct(session, ada, came=True, source=TEAM, at=late, by=BY)


def test_two_accounts_of_one_person_have_one_row_for_each_session_with_what_both_said(event):
    first, second = make.session(event), make.session(event, hour=14)
    kept, ended = make.member("Ada"), make.member("Ada")
    mine, other = make.registration(event, kept), make.registration(event, ended)
    join(first, mine, 9)
    join(first, other, 2)
    correct(first, other, came=True, minutes=40, source=REPORT)
    say(second, other)

    bring_together(kept, ended, by=make.member("Sam", is_staff=True))

    rows = Attendance.objects.filter(registration=mine).order_by("session_id")
    assert [(one.session, one.joined_at, one.said_at, one.minutes, one.came) for one in rows] == [
        (first, begun(first, 2), None, 40, True),
        (second, None, begun(second), None, None),
    ]
    assert Attendance.objects.count() == 2


def test_attendance_goes_over_with_a_registration_that_only_the_other_account_had(event, session):
    kept, ended = make.member("Ada"), make.member("Ada")
    join(session, make.registration(event, ended))

    bring_together(kept, ended, by=make.member("Sam", is_staff=True))

    assert Attendance.objects.get().registration.member == kept


def take_back(session, who, minutes=30):
    attendance.take_back(who, session, at=begun(session, minutes), by=who.member)


def test_who_said_that_they_were_there_takes_it_back_and_can_say_it_again(session, ada):
    say(session, ada)
    row = Attendance.objects.get()

    take_back(session, ada)
    take_back(session, ada)

    assert not Attendance.objects.exists()
    taken = Entry.objects.filter(act=Act.ATTENDANCE_TAKEN_BACK)
    assert list(taken.values_list("thing_id", "member_id")) == [(row.pk, ada.member_id)]
    assert say(session, ada, 40)


@pytest.mark.parametrize("source", [HOST, TEAM, REPORT])
@pytest.mark.parametrize("came", [True, False])
def test_what_somebody_decided_is_not_taken_back(session, ada, source, came):
    say(session, ada)
    correct(session, ada, source=source, came=came)

    assert why_not(lambda: take_back(session, ada)).startswith("Somebody has decided who was there.")
    assert Attendance.objects.get().came is came


def test_who_pressed_join_takes_nothing_back(session, ada):
    join(session, ada)
    say(session, ada, 5)

    assert why_not(lambda: take_back(session, ada)).startswith("You pressed Join, so it is noted.")
    assert Attendance.objects.get().said_at is not None


def test_nobody_takes_back_what_another_said(session, event, ada):
    bo = make.registration(event, make.member("Bo"))
    say(session, ada)

    take_back(session, bo)

    assert Attendance.objects.get().registration == ada
