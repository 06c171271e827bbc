"""What a file leaves open is asked before anything is imported, and each answer is taken."""

import io
from datetime import date

import pytest

from events.models import Contributor, Session
from tests import make
from tests.members.workbook_files import data, row, xlsx
from tests.workshops.programmes import counts, load, plan
from workshops.programme_import import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def planned(event, text, answers=None, name="p.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return look(event, io.BytesIO(content), name, answers=answers)


def spans(plan):
    zone = plan.event.zone
    return [
        (
            one.row.title,
            *(f"{at.astimezone(zone):%d %H:%M}" if at else "" for at in (one.row.starts_at, one.row.ends_at)),
        )
        for one in plan.new
    ]


def told(plan):
    return [str(problem) for problem in plan.problems]


def test_rows_without_a_time_are_on_demand_or_left_out(event):
    text = "title,date,start,end\nOne,2026-12-09,9:00,10:00\nTwo,,,\nThree,2026-12-10,tbc,\n"

    asked = planned(event, text)
    taken, left = (
        planned(event, text, {"on-demand": "on-demand"}),
        planned(event, text, {"on-demand": "leave"}),
    )

    (question,) = asked.open_questions
    assert question.words == "2 rows have no time: “Two” (row 3), “Three” (row 4)."
    assert [words for _, words in question.choices] == [
        "2 are sessions on demand, without a time",
        "Leave them out: nothing of the sort is imported",
    ]
    assert [one.session.format for one in taken.new] == ["talk", "on-demand", "on-demand"]
    assert [one.row.title for one in left.new] == ["One"]


def test_a_session_that_would_lose_its_time_is_asked_about(event):
    make.workshop(event, title="Clinic", room="")

    asked = planned(event, "title,start,end\nClinic,,\n")
    left = planned(event, "title,start,end\nClinic,,\n", {"on-demand": "leave"})

    assert [question.key for question in asked.open_questions] == ["on-demand"]
    assert counts(left) == (0, 0, 0, 0)


def test_hidden_rows_are_asked_about_with_what_each_answer_makes(event):
    cells = [row(1, "title", "date", "start", "end")]
    cells += [
        row(2, "One", "2026-12-09", "9:00", "10:00"),
        row(3, "Two", "2026-12-09", "9:00", "10:00", more=' hidden="1"'),
    ]
    content = xlsx(data(*cells))

    asked = planned(event, content)
    read, left = (planned(event, content, {"hidden": answer}) for answer in ("read", "leave"))

    (question,) = asked.open_questions
    assert question.choices == (
        ("leave", "Leave them out: 1 row is read"),
        ("read", "Read them too: 2 rows are read"),
    )
    assert ([one.row.title for one in read.new], len(left.new)) == (["One", "Two"], 1)


def test_sheets_are_asked_about_and_a_sheet_may_be_a_day(event):
    first = data(row(1, "title", "start", "end"), row(2, "One", "9:00", "10:00"))
    second = data(row(1, "title", "start", "end"), row(2, "Two", "9:00", "10:00"))
    content = xlsx(first, second)

    asked = planned(event, content)
    both = planned(event, content, {"sheets": "Day 1\nDay 2"})

    assert [question.key for question in asked.open_questions] == ["sheets", "day"]
    assert spans(both) == [("One", "09 09:00", "09 10:00"), ("Two", "10 09:00", "10 10:00")]
    assert {one.row.place for one in both.new} == {("Day 1", 2), ("Day 2", 2)}


def test_columns_that_nobody_knows_are_mapped(event):
    text = "Naam,Begin van,Einde,Zaal,Nummer\nOne,2026-12-09 9:00,2026-12-09 10:00,Hall,7\n"

    asked = planned(event, text)
    answers = {"title": "naam", "starts_at": "begin_van", "ends_at": "einde", "heading:zaal": "room"}
    answers |= {"heading:naam": "-", "heading:begin_van": "-"}  # as the page before sent them
    taken = planned(event, text, answers)

    assert [question.key for question in asked.open_questions] == ["title", "starts_at"]
    assert spans(taken) == [("One", "09 09:00", "09 10:00")]
    assert (taken.new[0].row.room, taken.is_ready) == ("Hall", True)
    assert {question.key: question.answer for question in taken.questions} == {
        "title": "naam",
        "starts_at": "begin_van",
        "ends_at": "einde",
        "heading:nummer": "-",
        "heading:zaal": "room",
    }


def test_a_column_that_is_known_by_itself_is_not_asked_about(event):
    plan = planned(event, "title,start,end\nOne,2026-12-09 9:00,2026-12-09 10:00\n")

    assert (plan.questions, plan.is_ready) == ([], True)


def test_small_hours_are_asked_about(event):
    text = "title,date,start,end\nOne,2026-12-09,11:30,12:15\nTwo,2026-12-09,1:30,2:15\n"

    asked = planned(event, text)
    night, day = (planned(event, text, {"night": answer}) for answer in ("night", "afternoon"))

    assert [question.words for question in asked.open_questions] == [
        "Row 3: a time between 1:00 and 6:59, without a.m. or p.m."
    ]
    assert (spans(night)[1], spans(day)[1]) == (
        ("Two", "09 01:30", "09 02:15"),
        ("Two", "09 13:30", "09 14:15"),
    )


def test_a_day_in_the_cell_of_a_time_that_is_another_is_asked_about(event):
    text = "title,date,start,end\nOne,2026-12-09,2025-11-18T09:30:00,2025-11-18T10:15:00\n"

    asked = planned(event, text)
    column, cell = (planned(event, text, {"own-days": answer}) for answer in ("column", "cell"))

    assert [question.key for question in asked.open_questions] == ["own-days"]
    assert spans(column) == [("One", "09 09:30", "09 10:15")]
    assert (spans(cell), cell.new[0].row.starts_at.year) == ([("One", "18 09:30", "18 10:15")], 2025)


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


def test_a_time_without_any_day_is_asked_about_unless_the_event_has_one_day(event):
    text = "title,start,end\nOne,9:00,10:00\n"
    short = make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 9))

    asked, answered = planned(event, text), planned(event, text, {"day": "2026-12-10"})

    (question,) = asked.open_questions
    assert question.words == "Row 2: a time without a day. Which day is it?"
    assert question.choices == (("2026-12-09", "9 December 2026"), ("2026-12-10", "10 December 2026"))
    assert spans(answered) == [("One", "10 09:00", "10 10:00")]
    assert spans(planned(short, text)) == [("One", "09 09:00", "09 10:00")]


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
        ("2026-12-09,10:00,9:00,", "Row 2, ends_at: The session ends before it starts."),
        ("2026-12-09,24:00,24:30,", "Row 2, ends_at: “24:30” is not a time"),
        ("2026-12-09,24:00,,45", "Row 2, starts_at: A session cannot begin at 24:00."),
        ("2026-12-09,9:00,,soon", "Row 2, duration: “soon” is not a length"),
        ("2026-12-09,9:00,,", "Row 2, ends_at: A session needs a start and an end, or neither (on demand)."),
        ("2026-12-09,,10:00,", "Row 2, starts_at: A session needs a start and an end"),
        ("2026-12-09,,,45", "Row 2, starts_at: There is a day and a length, but no start."),
        ("On Monday & Tuesday,9:00,10:00,", "Row 2, date: “On Monday & Tuesday” names two days."),
        ("2026-12-09,9:00 CET,10:00,", "Row 2, starts_at: The time is of another zone, CET."),
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


def test_when_a_form_was_filled_in_is_not_when_the_session_is(event):
    header = "ID,Start time,Completion time,Email,Name,Title of session"
    text = f"{header}\n1,11/1/26 9:00,11/1/26 9:10,a@x.org,Ada,Waits\n"

    plan = planned(event, text)

    assert [question.key for question in plan.open_questions] == ["starts_at", "on-demand"]
    assert spans(plan) == [("Waits", "", "")]


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


def test_what_would_be_made_is_listed_with_what_is_nearly_the_same(event):
    Contributor.objects.create(name="Roisin Byrne")
    make.workshop(event, title="Old", room="Great Hall")

    plan = planned(
        event, "title,date,start,end,hosts,room\nOne,2026-12-09,9:00,10:00,Roisin Burne,Graet Hall\n"
    )

    assert plan.made == [
        ("Hosts", [("Roisin Burne", "Roisin Byrne")]),
        ("Rooms", [("Graet Hall", "Great Hall")]),
    ]


def test_a_room_and_a_host_twice_at_one_time_are_named(event):
    sessions = [("One", "9:00", "10:00"), ("Two", "9:30", "10:30"), ("Three", "10:30", "11:00")]
    rows = [f"{title},2026-12-09,{start},{end},Ada Bright,Hall" for title, start, end in sessions]

    plan = planned(event, "\n".join(["title,date,start,end,hosts,room", *rows]))

    assert plan.clashes == [
        "Ada Bright is in two sessions at once: “One” and “Two”.",
        "Hall is in two sessions at once: “One” and “Two”.",
    ]


def test_a_move_that_people_have_booked_against_is_told_before_it_is_tried(event):
    load(event, "One,2026-12-09,9:00,10:00", header="title,date,start,end")

    moved = plan(event, "One,2026-12-09,11:00,12:00", header="title,date,start,end")

    assert [change.column for change in moved.changed[0].changes] == ["starts_at", "ends_at"]
    assert Session.objects.get().starts_at.hour == 9
