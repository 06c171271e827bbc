"""A programme that is a grid: a column a room, a theme or a day, with titles in its cells."""

import io
from datetime import date

import pytest

from events.models import Event
from tests import make
from workshops.programme_import.importing import look

pytestmark = pytest.mark.django_db
ROOMS = """Time,Main hall,Room 2,Room 3
Wednesday 9 December 2026,,,
09:00 - 09:30,Welcome,,
09:30 - 10:30,"Keynote
Ada Mensah on what notices us",,
11:00 - 12:00,Learning from what went right,Measuring for improvement,Coffee and chat
12:00 - 13:00,Lunch,Lunch,Lunch
Thursday 10 December 2026,,,
09:00 - 09:30,,Good morning,
"""


@pytest.fixture
def event() -> Event:
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def planned(event, text, answers=None):
    return look(event, io.BytesIO(text.encode()), "p.csv", answers=answers)


def rows(plan):
    zone = plan.event.zone
    found = [(f"{one.row.starts_at.astimezone(zone):%d %H:%M}", one.row) for one in plan.new]
    return sorted((at, row.title, row.room, row.themes) for at, row in found)


def test_a_grid_is_offered_where_columns_are_left_without_a_title(event):
    (question, *_) = planned(event, ROOMS).open_questions

    assert (question.key, dict(question.choices)) == (
        "title",
        {
            "main_hall": (
                "Main hall: Welcome, Keynote Ada Mensah on what notices us, Learning from what went right"
            ),
            "room_2": "Room 2: Measuring for improvement, Lunch, Good morning",
            "room_3": "Room 3: Coffee and chat, Lunch",
            "*room": "Several: each is a room, with titles in its cells (Main hall, Room 2, Room 3)",
            "*theme": (
                "Several: each is a theme (a stream, a track), with titles in its cells "
                "(Main hall, Room 2, Room 3)"
            ),
        },
    )


def test_each_cell_becomes_a_session_in_the_room_above_it(event):
    plan = planned(event, ROOMS, {"title": "*room"})

    assert rows(plan) == [
        ("09 09:00", "Welcome", "Main hall", ()),
        ("09 09:30", "Keynote", "Main hall", ()),
        ("09 11:00", "Coffee and chat", "Room 3", ()),
        ("09 11:00", "Learning from what went right", "Main hall", ()),
        ("09 11:00", "Measuring for improvement", "Room 2", ()),
        ("09 12:00", "Lunch", "", ()),
        ("10 09:00", "Good morning", "Room 2", ()),
    ]
    assert [one.row.description for one in plan.new if one.row.title == "Keynote"] == [
        "Ada Mensah on what notices us"
    ]
    assert plan.is_ready


def test_the_answers_of_the_page_before_are_no_harm(event):
    answers = {f"heading:{name}": "-" for name in ("main_hall", "room_2", "room_3")} | {"ends_at": "-"}

    plan = planned(event, ROOMS, {"title": "*room", **answers})

    assert len(plan.new) == 7
    assert [question.key for question in plan.questions] == ["title", "grid"]
    assert plan.notices == [
        "Read as a day, not as a session: row 2 “Wednesday 9 December 2026”, "
        "row 7 “Thursday 10 December 2026”.",
        "Rows 3 (Main hall), 4 (Main hall), 5 (Main hall), 6 (Main hall), 5 (Room 2), 8 (Room 2), 5 (Room 3)"
        ": no day in the row, so that of the rows above counts.",
    ]


def test_the_columns_may_be_themes(event):
    plan = planned(event, ROOMS, {"title": "*theme"})

    assert rows(plan)[2] == ("09 11:00", "Coffee and chat", "", ("Room 3",))


def test_a_column_may_be_left_out_of_the_grid(event):
    plan = planned(event, ROOMS, {"title": "*room", "grid": "main_hall\nroom_2"})

    assert {room for _, _, room, _ in rows(plan)} == {"Main hall", "Room 2", ""}


def test_columns_of_one_heading_are_no_part_of_a_grid(event):
    text = "Time,Track 1,Speaker of it,Track 2,Speaker of it\n9:00-10:00,One,Ada,Two,Bo\n"
    answers = {"title": "*theme", "day": "2026-12-09"}

    asked, plan = planned(event, text), planned(event, text, answers)

    assert dict(asked.open_questions[0].choices)["*theme"].endswith("(Track 1, Track 2)")
    assert [row[1:] for row in rows(plan)] == [("One", "", ("Track 1",)), ("Two", "", ("Track 2",))]
    assert plan.is_ready


def test_headings_that_stand_twice_are_not_read_whatever_the_page_sends_for_both(event):
    text = "Title,Date,Time,Speaker of it,Speaker of it\nOne,2026-12-09,9:00-10:00,Ada,Bo\n"

    plan = planned(event, text, {"heading:speaker_of_it": "-\n-"})

    assert ([row[1] for row in rows(plan)], plan.is_ready, plan.questions) == (["One"], True, [])
    assert "Not read, because not known: Speaker of it, Speaker of it." in plan.notices


def test_the_columns_may_be_days(event):
    text = "Time,Wed 9 Dec,Thu 10 Dec\n9:00-10:00,One,Two\n10:00-11:00,Break,Break\n"

    asked, plan = planned(event, text), planned(event, text, {"title": "*date"})

    assert "*date" in dict(asked.open_questions[0].choices)
    assert [(at, title) for at, title, *_ in rows(plan)] == [
        ("09 09:00", "One"),
        ("09 10:00", "Break"),
        ("10 09:00", "Two"),
        ("10 10:00", "Break"),
    ]


def test_headings_that_are_no_days_are_not_offered_as_days(event):
    choices = dict(planned(event, ROOMS).open_questions[0].choices)

    assert "*date" not in choices


def test_what_is_wrong_in_a_cell_names_its_column_and_row(event):
    text = "Time,Main hall,Room 2\nsoon,,One\n9:00-10:00,Two,\n"

    plan = planned(event, text, {"title": "*room"})

    assert [str(problem) for problem in plan.problems] == [
        "Room 2, Row 2, Time: “soon” is not a time such as 9:30, 2026-11-18 10:00 "
        "or 2026-11-18T10:00:00+00:00."
    ]


def test_words_of_a_session_are_not_taken_for_the_headings(event):
    text = "Naam,Van,Tot,Soort,Zaal\nOne,2026-12-09 9:00,2026-12-09 10:00,Talk,Hall\n"

    plan = planned(event, text)

    assert [question.key for question in plan.open_questions] == ["title", "starts_at"]
    assert [notice for notice in plan.notices if "above the headings" in notice] == []


@pytest.mark.parametrize(
    "headings", ["SessionTitle,Date,StartTime,EndTime", "sessionTitle,date,startTime,endTime"]
)
def test_headings_without_spaces_are_known(event, headings):
    plan = planned(event, f"{headings}\nOne,2026-12-09,9:00 AM,10:00 AM\n")

    assert [(at, title) for at, title, *_ in rows(plan)] == [("09 09:00", "One")]


class TestTitles:
    def test_a_column_that_is_read_as_something_else_may_hold_the_titles(self, event):
        text = "Topic,Start,End\nOne,2026-12-09 9:00,2026-12-09 10:00\n"

        asked, answered = planned(event, text), planned(event, text, {"title": "topic"})

        assert [(one.key, one.choices) for one in asked.open_questions] == [
            ("title", (("topic", "Topic: One"),))
        ]
        assert (rows(answered), answered.is_ready) == ([("09 09:00", "One", "", ())], True)

    def test_a_file_without_any_is_refused_with_a_sentence(self, event):
        plan = planned(event, "Start,End\n2026-12-09 9:00,2026-12-09 10:00\n")

        assert [str(problem) for problem in plan.problems] == [
            "There is no column that could hold the titles of the sessions."
        ]
