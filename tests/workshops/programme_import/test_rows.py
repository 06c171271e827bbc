"""Which rows are sessions, when each is, and who hosts it: read as it was meant, or said."""

import pytest

from events.models import Event
from tests.workshops.programme_import.programmes import december, planned, spans, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return december()


def test_a_day_stands_over_its_sessions(event):
    text = (
        "title,start,end\nWednesday 9 December,,\nOne,9:00,10:00\nTwo,10:00,11:00\n"
        "Day 2 - Thursday 10 December 2026,,\nThree,9:00,10:00\n"
    )

    plan = planned(event, text)

    assert [span[:2] for span in spans(plan)] == [
        ("One", "09 09:00"),
        ("Two", "09 10:00"),
        ("Three", "10 09:00"),
    ]
    assert plan.notices[-1] == "Rows 3, 4, 6: no day in the row, so that of the rows above counts."


def test_a_day_stands_over_its_sessions_in_the_column_of_times_too(event):
    text = (
        "Time,Session\nDAY 1 - WEDNESDAY 9TH DECEMBER 2026,\n09:30 - 10:30,One\n"
        "Day 2 (Thursday 10 December),\n1.30-2.30pm,Two\n"
    )

    plan = planned(event, text)

    assert (told(plan), spans(plan)) == (
        [],
        [("One", "09 09:30", "09 10:30"), ("Two", "10 13:30", "10 14:30")],
    )


def test_a_day_that_is_only_in_its_first_row_counts_for_the_next(event):
    plan = planned(event, "title,date,start,end\nOne,10/12/2026,9:00,10:00\nTwo,,10:00,11:00\n")

    assert [span[1] for span in spans(plan)] == ["10 09:00", "10 10:00"]
    assert "Row 3: no day in the row, so that of the rows above counts." in plan.notices


@pytest.mark.parametrize(
    ("row", "span"),
    [
        ("2026-12-09,9:30 - 10:30,", ("09 09:30", "09 10:30")),
        ("2026-12-09,23:00,24:00", ("09 23:00", "10 00:00")),
        ("2026-12-09,23:00,00:30", ("09 23:00", "10 00:30")),
        ("2026-12-09,11am-1pm,", ("09 11:00", "09 13:00")),
        ("Day 2,9.30,10.15", ("10 09:30", "10 10:15")),
        ("10 December,0930,1015", ("10 09:30", "10 10:15")),
        ("Track A,2026-12-10 9:30,10:15", ("10 09:30", "10 10:15")),
    ],
)
def test_days_and_times_of_a_row(event, row, span):
    plan = planned(event, f"title,date,start,end\nOne,{row}\n")

    assert (told(plan), spans(plan)) == ([], [("One", *span)])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-12-09,10:00,9:00,", "Row 2, end: The session ends before it starts."),
        ("2026-12-09,24:00,24:30,", "Row 2, end: “24:30” is not a time"),
        ("2026-12-09,24:00,,45", "Row 2, start: A session cannot begin at 24:00."),
        ("2026-12-09,9:00,,soon", "Row 2, duration: “soon” is not a length"),
        ("2026-12-09,,10:00,", "Row 2, start: There is an end without a start."),
        ("2026-12-09,,,45", "Row 2, start: There is a day and a length, but no start."),
        ("On Monday & Tuesday,9:00,10:00,", "Row 2, date: “On Monday & Tuesday” names two days."),
        ("2026-12-09,9:00 CET,10:00,", "Row 2, start: The time is of another zone, CET."),
    ],
)
def test_a_time_that_cannot_be_is_a_problem_of_its_row(event, row, words):
    plan = planned(event, f"title,date,start,end,duration\nOne,{row}\n")

    assert told(plan)[0].startswith(words)


def test_days_in_two_orders_are_said(event):
    rows = ["One,22/12/2026,9:00,10:00", "Two,12/23/2026,9:00,10:00"]

    plan = planned(event, "\n".join(["title,date,start,end", *rows]))

    assert (
        plan.notices[0] == "Days are written in two orders, which may be a slip: 22/12/2026 and 12/23/2026."
    )


def test_an_end_counts_more_than_a_length_and_that_is_said(event):
    plan = planned(event, "title,date,start,end,length\nOne,2026-12-09,9:00,10:00,45\n")

    assert (spans(plan), plan.notices) == (
        [("One", "09 09:00", "09 10:00")],
        ["Row 2: the end counts, although the length says otherwise."],
    )


def test_one_row_a_speaker_is_one_session(event):
    header = "Session Id,Title,date,start,end,Speaker"
    rows = [f"7,Waits,2026-12-09,9:00,10:00,{name}" for name in ("Ada Bright", "Bo Ray")]

    plan = planned(event, "\n".join([header, *rows]))

    assert [[host.name for host in one.row.hosts] for one in plan.new] == [["Ada Bright", "Bo Ray"]]
    assert plan.notices == ["Rows of one session with several hosts are read as one: 2 and 3."]


def test_a_speaker_by_first_and_last_name_is_a_host(event):
    header = "Session Id,Title,Scheduled At,Scheduled Duration,FirstName,LastName"
    rows = [f"7,Waits,9 Dec 2026 10:00 AM,30,{name}" for name in ("Ada,Bright", "Bo,Ray")]

    plan = planned(event, "\n".join([header, *rows]))

    assert [[host.name for host in one.row.hosts] for one in plan.new] == [["Ada Bright", "Bo Ray"]]


def test_what_another_system_has_not_taken_is_left_out_and_said(event):
    header = "title,date,start,end,Proposal state"
    rows = [
        f"{name},2026-12-09,9:00,10:00,{state}" for name, state in (("A", "confirmed"), ("B", "rejected"))
    ]

    plan = planned(event, "\n".join([header, *rows]))

    assert [(one.row.title, one.session.status) for one in plan.new] == [("A", "published")]
    assert plan.notices == ["Left out, because their status is rejected: rows 3."]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ann Lee | Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("Ann Lee & Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("Ann Lee and Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("Research and Development", ["Research and Development"]),
        ("Ann Lee (Trust A); Bo (they/them)", ["Ann Lee", "Bo (they/them)"]),
        ("Ann Lee <ann@example.org>; bo@example.org", ["Ann Lee", "bo"]),
        ("Ann Lee @ann", ["Ann Lee"]),
    ],
)
def test_people_are_parted_as_they_are_written(event, cell, names):
    plan = planned(event, f"title,date,start,end,hosts\nOne,2026-12-09,9:00,10:00,{cell}\n")

    assert [host.name for host in plan.new[0].row.hosts] == names
