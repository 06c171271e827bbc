"""The team sees who was in a session, corrects it, and takes it over from the meeting's report."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from live import attendance
from live.models import Attendance, MeetingReport
from tests import make
from tests.contracts import people
from tests.found import found
from tests.live.meeting_reports.reports import content
from tests.live.meeting_reports.test_matching import placed
from tests.markup import flat

pytestmark = pytest.mark.django_db
PAGE = "/team/events/2026/sessions/huddle/attendance/who-came/"
REPORT = "/team/events/2026/sessions/huddle/attendance/report/"


@pytest.fixture
def ada(huddle):
    return placed(huddle, "Ada Mensah", email="ada@example.org")


@pytest.fixture
def bo(huddle):
    return placed(huddle, "Bo Ray")


@pytest.fixture(autouse=True)
def _afterwards(huddle, ada, bo):
    with time_machine.travel(found(huddle.ends_at) + timedelta(hours=1), tick=False):
        yield


def known():
    rows = Attendance.objects.order_by("registration__member__name")
    return list(rows.values_list("registration__member__name", "came", "decided_by"))


def test_each_is_shown_with_how_it_is_known(desk, huddle, ada):
    attendance.note_joined(ada, huddle, by=ada.member, at=huddle.starts_at)

    page = flat(desk.get(PAGE).text)

    assert "There: 1. Not there: 0. Not known: 1." in page
    assert "pressed Join" in page


def test_one_is_corrected_with_one_press(desk, ada):
    answer = desk.post(PAGE, {"there": str(ada.pk)}, follow=True)

    assert "Noted as there: Ada Mensah." in flat(answer.text)
    assert known() == [("Ada Mensah", True, "team")]


def test_many_are_corrected_by_ticks(desk, ada, bo):
    desk.post(PAGE, {"person": [str(ada.pk), str(bo.pk)], "ticked": "not-there"})

    assert known() == [("Ada Mensah", False, "team"), ("Bo Ray", False, "team")]


def test_ticking_nobody_is_said(desk):
    answer = desk.post(PAGE, {"ticked": "there"}, follow=True)

    assert "Tick whom you mean first." in answer.text
    assert known() == []


def test_somebody_of_another_session_is_not_noted_here(desk, event):
    other = make.registration(event, make.member("Cy"))

    desk.post(PAGE, {"there": str(other.pk)})

    assert known() == []


def test_who_objects_to_a_no_is_marked(desk, huddle, bo):
    at = huddle.ends_at
    attendance.correct(huddle, bo, came=False, source=Attendance.Source.REPORT, by=bo.member, at=at)
    attendance.say(bo, huddle, by=bo.member, at=at + timedelta(minutes=10))

    assert "Says they were there" in flat(desk.get(PAGE).text)


def test_a_report_is_uploaded_answered_and_saved(desk, ada, bo):
    file = SimpleUploadedFile("r.csv", content("zoom-meeting-with-facts.csv"))
    desk.post(REPORT, {"file": file})
    page = desk.get(f"{REPORT}look/")
    [question] = page.context["plan"].open_questions

    desk.post(f"{REPORT}look/", {"act": "look", f"answer:{question.key}": str(bo.pk)})
    looked = desk.get(f"{REPORT}look/")
    fingerprint = looked.context["plan"].fingerprint
    answer = desk.post(f"{REPORT}look/", {"act": "save", "fingerprint": fingerprint}, follow=True)

    assert "Save what stands below" not in page.text
    assert "Saved for 2 people. The report is deleted." in flat(answer.text)
    assert known() == [("Ada Mensah", True, "report"), ("Bo Ray", False, "report")]


def test_what_is_no_report_is_said_and_not_kept(desk):
    answer = desk.post(REPORT, {"file": SimpleUploadedFile("r.csv", b"a,b\n1,2\n")})

    assert "this is no report of a meeting" in flat(answer.text)
    assert not MeetingReport.objects.exists()


def test_a_report_is_given_up(desk):
    desk.post(REPORT, {"file": SimpleUploadedFile("r.csv", content("zoom-meeting-unique.csv"))})

    answer = desk.post(f"{REPORT}look/", {"act": "give-up"}, follow=True)

    assert "The report is deleted. Nothing was changed." in flat(answer.text)
    assert not MeetingReport.objects.exists()


def test_a_colleagues_report_is_theirs(desk, huddle):
    other = people.staff("Event admin")
    MeetingReport.objects.create(
        session=huddle,
        member=other,
        filename="r.csv",
        content=content("zoom-meeting-unique.csv"),
        created_at=make.NOW,
    )

    assert desk.get(f"{REPORT}look/").status_code == 302


def test_the_first_page_leads_to_a_session_of_which_somebody_objects(desk, huddle, bo):
    at = huddle.ends_at
    attendance.correct(huddle, bo, came=False, source=Attendance.Source.REPORT, by=bo.member, at=at)
    before = flat(desk.get("/team/").text)
    attendance.say(bo, huddle, by=bo.member, at=at + timedelta(minutes=10))

    after = desk.get("/team/").text

    assert "that they were there" not in before
    assert "1 person says that they were there" in flat(after)
    assert PAGE in after


def test_whoever_said_so_before_it_was_decided_can_say_it_once_more(huddle, bo):
    at = huddle.ends_at
    attendance.say(bo, huddle, by=bo.member, at=at)
    attendance.correct(huddle, bo, came=False, source=Attendance.Source.HOST, by=bo.member, at=at)
    before = Attendance.objects.objected().count()

    presses = [attendance.say(bo, huddle, by=bo.member, at=at + timedelta(minutes=n)) for n in (1, 2)]

    assert (before, presses) == (0, [True, False])
    assert Attendance.objects.objected().get().said_at == at + timedelta(minutes=1)


def test_who_is_noted_as_absent_reads_it_on_the_sessions_page_and_says_otherwise(huddle, bo):
    attendance.correct(huddle, bo, came=False, source=Attendance.Source.HOST, by=bo.member, at=huddle.ends_at)
    client, path = people.reader(bo.member), "/events/2026/sessions/huddle/"
    before = flat(client.get(path).text)

    client.post("/events/2026/live/sessions/huddle/was-there/")

    assert "It is noted that you were not there." in before
    assert "The team looks at it." in flat(client.get(path).text)
    assert Attendance.objects.objected().count() == 1


def test_who_was_there_reads_nothing_of_it(huddle, ada):
    attendance.correct(
        huddle, ada, came=True, source=Attendance.Source.HOST, by=ada.member, at=huddle.ends_at
    )

    assert "not there" not in people.reader(ada.member).get("/events/2026/sessions/huddle/").text
