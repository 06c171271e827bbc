"""Looking at what a report would change, and saving just that."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from common.spreadsheets.questions import NONE
from common.spreadsheets.tables import TableRefused
from live import attendance
from live.meeting_reports import taking
from live.meeting_reports.plan import Effect
from live.meeting_reports.taking import ReportChanged, ReportRefused
from live.models import Attendance, MeetingReport
from tests import make
from tests.live.meeting_reports.reports import content
from tests.live.meeting_reports.test_matching import placed

pytestmark = pytest.mark.django_db
Source = Attendance.Source


@pytest.fixture
def session():
    made = make.workshop(make.event())
    make.host(made, "Hana Host", email="host@example.org")
    return made


@pytest.fixture
def after(session):
    return session.ends_at + timedelta(hours=1)


@pytest.fixture
def team():
    return make.member("Tess")


@pytest.fixture
def ada(session):
    return placed(session, "Ada Mensah", email="ada@example.org")


@pytest.fixture
def bo(session):
    return placed(session, "Bo Ray")


@pytest.fixture
def kept(session, ada, bo, team, after):
    """The report, with the phone of Bo answered."""
    report = taking.keep(session, team, "r.csv", content("zoom-meeting-with-facts.csv"), at=after)
    [question] = taking.look_at(report).open_questions
    report.answers = {question.key: str(bo.pk)}
    report.save()
    return report


def known(registration):
    return Attendance.objects.filter(registration=registration).values_list("came", "minutes", "decided_by")


def effects(plan):
    return {line.registration.member.name: line.effect for line in plan.lines}


def test_a_report_is_taken_as_it_was_looked_at(kept, ada, bo, team, after):
    plan = taking.look_at(kept)

    taking.take(kept, plan.fingerprint, by=team, at=after)

    assert effects(plan) == {"Ada Mensah": Effect.THERE, "Bo Ray": Effect.NOT_THERE}
    assert list(known(ada)) == [(True, 60, "report")]
    assert list(known(bo)) == [(False, 2, "report")]
    [entry] = Entry.objects.filter(act=Act.REPORT_TAKEN)
    assert (entry.thing_id, entry.facts) == (kept.session_id, {"number": 2})


def test_nothing_of_the_file_is_left_once_it_is_taken(kept, team, after):
    taking.take(kept, taking.look_at(kept).fingerprint, by=team, at=after)

    assert not MeetingReport.objects.exists()
    assert "Caption" not in str(list(Entry.objects.values()))


def test_what_was_not_answered_is_not_taken(kept, team, after):
    MeetingReport.objects.update(answers={})
    kept.refresh_from_db()
    plan = taking.look_at(kept)

    with pytest.raises(ReportChanged):
        taking.take(kept, plan.fingerprint, by=team, at=after)

    assert not Attendance.objects.exists()


def test_what_has_changed_since_somebody_looked_is_not_written(kept, session, ada, team, after):
    seen = taking.look_at(kept).fingerprint
    attendance.correct(session, ada, came=False, minutes=60, source=Source.HOST, by=team, at=after)

    with pytest.raises(ReportChanged):
        taking.take(kept, seen, by=team, at=after)

    assert list(known(ada)) == [(False, 60, "host")]
    assert MeetingReport.objects.exists()


def test_what_a_host_decided_stays_and_gets_the_minutes(kept, session, bo, team, after):
    attendance.correct(session, bo, came=True, source=Source.HOST, by=team, at=after)
    plan = taking.look_at(kept)

    taking.take(kept, plan.fingerprint, by=team, at=after)

    assert effects(plan)["Bo Ray"] is Effect.KEPT
    assert list(known(bo)) == [(True, 2, "host")]


def test_who_said_that_they_were_there_is_not_told_otherwise_by_a_report(kept, session, bo, team, after):
    attendance.say(bo, session, by=bo.member, at=after)
    plan = taking.look_at(kept)

    taking.take(kept, plan.fingerprint, by=team, at=after)

    assert effects(plan)["Bo Ray"] is Effect.KEPT
    assert list(known(bo)) == [(None, None, "")]


def test_from_how_many_minutes_on_somebody_was_there_is_chosen(kept, bo):
    kept.answers = kept.answers | {"minutes": "1"}

    assert effects(taking.look_at(kept))["Bo Ray"] is Effect.THERE


def test_the_same_report_a_second_time_changes_nothing(kept, session, team, after):
    answers = kept.answers
    taking.take(kept, taking.look_at(kept).fingerprint, by=team, at=after)
    again = taking.keep(session, team, "r.csv", content("zoom-meeting-with-facts.csv"), at=after)
    again.answers = answers

    plan = taking.look_at(again)

    assert set(effects(plan).values()) == {Effect.SAME}
    assert not plan.is_ready


def test_those_whom_it_does_not_name_are_listed_and_stay(kept, session, team, after):
    cy = placed(session, "Cy Doe")
    attendance.note_joined(cy, session, by=cy.member, at=session.starts_at)
    plan = taking.look_at(kept)

    taking.take(kept, plan.fingerprint, by=team, at=after)

    assert plan.missing == ["Cy Doe"]
    assert list(known(cy)) == [(None, None, "")]


def test_two_rows_of_one_person_are_one_line(kept, session, ada):
    [key] = kept.answers
    kept.answers = {key: NONE}

    [line] = taking.look_at(kept).lines

    assert (line.registration, line.called, line.minutes) == (ada, "Ada Mensah", 60)


def test_a_report_pressed_twice_is_taken_once(kept, team, after):
    seen = taking.look_at(kept).fingerprint
    twin = MeetingReport.objects.get(pk=kept.pk)
    taking.take(kept, seen, by=team, at=after)

    with pytest.raises(ReportRefused, match="meanwhile"):
        taking.take(twin, seen, by=team, at=after)

    assert Entry.objects.filter(act=Act.REPORT_TAKEN).count() == 1


def test_what_cannot_be_read_is_not_kept(session, team, after):
    with pytest.raises(TableRefused):
        taking.keep(session, team, "r.csv", b"title,room\nWelcome,Hall\n", at=after)

    assert not MeetingReport.objects.exists()


def test_a_second_upload_takes_the_place_of_the_first(kept, session, team, after):
    taking.keep(session, team, "again.csv", content("zoom-meeting-unique.csv"), at=after)

    assert [one.filename for one in MeetingReport.objects.all()] == ["again.csv"]


def test_a_report_that_nobody_takes_is_deleted_after_a_day(kept, after):
    taking.forget(at=after + timedelta(hours=23))
    assert MeetingReport.objects.exists()

    taking.forget(at=after + timedelta(days=1))
    assert not MeetingReport.objects.exists()
