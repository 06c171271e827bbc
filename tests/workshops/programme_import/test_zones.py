"""Times of another zone are asked about, and what stands beside a time is not passed over."""

from datetime import UTC, date, datetime

import pytest

from common.spreadsheets.tables import TableRefused
from tests import make
from tests.workshops.programme_import.programmes import december, planned, spans

pytestmark = pytest.mark.django_db
NEW_YORK = "title,start,end,timezone\nOne,2026-12-09 09:00,2026-12-09 10:00,America/New_York\n"


def starts(plan):
    return [one.row.starts_at for one in plan.new]


def test_a_zone_that_the_file_names_is_asked_about():
    event = december()

    asked, file, events = (planned(event, NEW_YORK, {"zone": answer}) for answer in ("", "file", "event"))

    (question,) = asked.open_questions
    assert question.words == (
        "The file says America/New_York. Of which zone are its times, where they have no offset?"
    )
    assert question.choices == (
        ("event", "Of the event’s: UK and Ireland time"),
        ("file", "Of America/New_York"),
    )
    assert [starts(plan) for plan in (file, events)] == [
        [datetime(2026, 12, 9, 14, tzinfo=UTC)],
        [datetime(2026, 12, 9, 9, tzinfo=UTC)],
    ]


@pytest.mark.parametrize("name", ["Europe/London", "Europe/Dublin", "GMT", "UTC", "Europe/Lisbon"])
def test_a_zone_whose_clocks_are_the_events_is_not(name):
    plan = planned(december(), NEW_YORK.replace("America/New_York", name))

    assert (plan.is_ready, starts(plan)) == (True, [datetime(2026, 12, 9, 9, tzinfo=UTC)])


def test_a_zone_that_nobody_knows_is_the_events_or_nothing():
    (question,) = planned(december(), NEW_YORK.replace("America/New_York", "Mars time")).open_questions

    assert [value for value, _ in question.choices] == ["event"]


def test_a_heading_may_say_utc():
    event = make.event(first_day=date(2026, 7, 9), last_day=date(2026, 7, 9))
    text = "title,Begin (UTC),End\nOne,2026-07-09 09:00,2026-07-09 10:00\n"
    answers = {"starts_at": "begin_utc"}

    asked, taken = planned(event, text, answers), planned(event, text, {**answers, "zone": "file"})

    assert [question.key for question in asked.open_questions] == ["zone"]
    assert starts(taken) == [datetime(2026, 7, 9, 9, tzinfo=UTC)]


def test_am_and_pm_in_a_column_of_their_own_are_not_passed_over():
    with pytest.raises(TableRefused) as refused:
        planned(december(), "title,date,start,AM/PM,end\nOne,2026-12-09,8:00,pm,9:00\n")

    assert str(refused.value) == (
        "Put am and pm beside the times, such as 9:30 am: “AM/PM” is a column of its own."
    )


def test_the_report_of_teams_is_no_programme():
    report = (
        "1. Summary\nMeeting title\tWaits\nAttended participants\t2\n\n2. Participants\nName\tFirst join\n"
    )

    with pytest.raises(TableRefused) as refused:
        planned(december(), report.encode("utf-16"))

    assert str(refused.value) == "This is a list of who was in a meeting (Zoom, Teams), and no programme."


def test_what_sched_has_not_published_is_left_out():
    header = "Session Key,Session Title,Start,End,Published"
    rows = [f"{key},{key},2026-12-09 9:00,2026-12-09 10:00,{told}" for key, told in (("A", "Y"), ("B", "N"))]

    plan = planned(december(), "\n".join([header, *rows]))

    assert spans(plan) == [("A", "09 09:00", "09 10:00")]
    assert plan.notices == ["Left out, because their status is N: rows 3."]
