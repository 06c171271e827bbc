"""What a file leaves open is asked before anything is imported, and each answer is taken."""

from datetime import date

import pytest

from events.models import Event
from tests import make
from tests.common.spreadsheets.workbook_files import data, row, xlsx
from tests.found import found
from tests.workshops.programme_import.programmes import counts, december, planned, spans

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return december()


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
    assert (spans(cell), found(cell.new[0].row.starts_at).year) == ([("One", "18 09:30", "18 10:15")], 2025)


def test_when_a_form_was_filled_in_is_not_when_the_session_is(event):
    header = "ID,Start time,Completion time,Email,Name,Title of session"
    text = f"{header}\n1,11/1/26 9:00,11/1/26 9:10,a@x.org,Ada,Waits\n"

    plan = planned(event, text)

    assert [question.key for question in plan.open_questions] == ["starts_at", "on-demand"]
    assert spans(plan) == [("Waits", "", "")]


def test_a_time_without_any_day_is_asked_about_unless_the_event_has_one_day(event):
    text = "title,start,end\nOne,9:00,10:00\n"
    short = make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 9))

    asked, answered = planned(event, text), planned(event, text, {"day": "2026-12-10"})

    (question,) = asked.open_questions
    assert question.words == "Row 2: a time without a day. Which day is it?"
    assert question.choices == (("2026-12-09", "9 December 2026"), ("2026-12-10", "10 December 2026"))
    assert spans(answered) == [("One", "10 09:00", "10 10:00")]
    assert spans(planned(short, text)) == [("One", "09 09:00", "09 10:00")]
