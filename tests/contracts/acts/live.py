"""How the acts of the day are played."""

from datetime import timedelta

from audit.acts import Act
from events.models import Registration, Session
from live import attendance
from live.models import Attendance
from tests import make
from tests.contracts.acts.people import sam
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW


def on_now() -> tuple[Registration, Session]:
    event = make.event(first_day=NOW.date(), last_day=NOW.date())
    session = make.session(event, hour=NOW.hour)
    assert session.starts_at is not None
    assert session.starts_at <= NOW < session.starts_at + timedelta(hours=1)
    return make.registration(event, make.member("Ada")), session


@plays(Act.ATTENDANCE_JOINED, attendance.note_joined)
def joining() -> Played:
    ada, session = on_now()
    by = ada.member
    return Played(
        lambda: attendance.note_joined(ada, session, by=by, at=NOW), Attendance.objects.get, by, by.pk
    )


@plays(Act.ATTENDANCE_SAID, attendance.say)
def saying_that_one_was_there() -> Played:
    ada, session = on_now()
    by = ada.member
    return Played(lambda: attendance.say(ada, session, by=by, at=NOW), Attendance.objects.get, by, by.pk)


@plays(Act.ATTENDANCE_CORRECTED, attendance.correct)
def deciding_who_was_there() -> Played:
    (ada, session), by, team = on_now(), sam(), Attendance.Source.TEAM
    return Played(
        lambda: attendance.correct(session, ada, came=True, source=team, by=by, at=NOW),
        Attendance.objects.get,
        by,
        ada.member_id,
    )
