"""Pressing *Join* at once: one row and one entry, and nobody in a session that is cancelled meanwhile."""

import pytest

from audit.models import Entry
from events.models import Registration, Session
from live import attendance
from live.models import Attendance
from tests import make
from tests.found import found
from tests.races.together import Act, holding, together, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

#: What giving a registration up writes.
GIVEN_UP = """
    WITH gone AS (UPDATE events_registration SET status = 'cancelled' WHERE id = %s RETURNING event_id)
    UPDATE events_eventplaces SET taken = taken - 1 WHERE event_id IN (SELECT event_id FROM gone)
"""


def press(who: Registration, session: Session) -> bool:
    return attendance.note_joined(who, session, at=found(session.starts_at), by=who.member)


def test_twelve_presses_of_one_person_are_one_row_and_one_entry():
    event = make.event()
    session, ada = make.session(event), make.registration(event, make.member("Ada"))

    pressed = together(*[lambda: press(ada, session)] * 12)

    assert sorted(pressed) == [False] * 11 + [True]
    assert (Attendance.objects.count(), Entry.objects.count()) == (1, 1)


def test_forty_people_who_press_at_once_are_each_noted_once():
    event = make.event()
    session, crowd = make.session(event), make.crowd(event, 40)

    pressed = together(*[lambda one=one: press(one, session) for one in crowd * 2], threads=12)

    assert sum(pressed) == 40
    noted = Attendance.objects.values_list("registration_id", flat=True)
    assert sorted(noted) == sorted(one.pk for one in crowd)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events_session SET status = 'cancelled' WHERE id = %s",
        "UPDATE events_session SET notes_attendance = false WHERE id = %s",
    ],
    ids=["cancelled", "switched off"],
)
def test_who_presses_while_the_session_is_changed_is_not_noted_in_it(change):
    event = make.event()
    session, ada = make.session(event), make.registration(event, make.member("Ada"))

    with holding(change, session.pk):
        pressing = Act(lambda: press(ada, session))
        until_blocked()

    assert pressing.wait() is False
    assert not Attendance.objects.exists()


def test_who_presses_while_they_give_up_their_registration_is_not_noted():
    event = make.event()
    session, ada = make.session(event), make.registration(event, make.member("Ada"))

    with holding(GIVEN_UP, ada.pk):
        pressing = Act(lambda: press(ada, session))
        until_blocked()

    assert pressing.wait() is False
    assert not Attendance.objects.exists()
