"""How the acts of the day are played."""

from datetime import timedelta

from audit.acts import Act
from events.models import Registration, Session
from learning.feedback import asking
from live import attendance, who_came
from live.meeting_reports import taking
from live.models import Attendance, MeetingReport
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


@plays(Act.ATTENDANCE_TAKEN_BACK, attendance.take_back)
def taking_back_that_one_was_there() -> Played:
    ada, session = on_now()
    by = ada.member
    attendance.say(ada, session, by=by, at=NOW)
    row = Attendance.objects.get()
    return Played(lambda: attendance.take_back(ada, session, by=by, at=NOW), lambda: row, by, by.pk)


@plays(Act.ATTENDANCE_CORRECTED, attendance.correct, who_came.correct)
def deciding_who_was_there() -> Played:
    (ada, session), by, team = on_now(), sam(), Attendance.Source.TEAM
    return Played(
        lambda: attendance.correct(session, ada, came=True, source=team, by=by, at=NOW),
        Attendance.objects.get,
        by,
        ada.member_id,
    )


@plays(Act.FEEDBACK_ASKED, asking.ask)
def choosing_the_questions() -> Played:
    event, by = make.event(), sam()
    return Played(lambda: asking.ask(event, [("words", "What else?")], by=by, at=NOW), lambda: event, by)


@plays(Act.REPORT_TAKEN, taking.take)
def taking_a_report() -> Played:
    (ada, session), by = on_now(), sam()
    text = f"Name,Total Duration (Minutes)\n{ada.member.name},50\n"
    report = MeetingReport(
        session=session, member=by, filename="r.csv", content=text.encode(), created_at=NOW
    )
    report.save()
    seen = taking.look_at(report).fingerprint
    return Played(lambda: taking.take(report, seen, by=by, at=NOW), lambda: session, by)
