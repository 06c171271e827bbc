"""What the rows of a programme leave out: words for "not yet", titles, days in bare figures."""

import io
from datetime import date

import pytest

from events.models import Event
from tests import make
from workshops.programme_import.importing import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def planned(event, text, answers=None):
    return look(event, io.BytesIO(text.encode()), "p.csv", answers=answers)


def starts(plan):
    zone = plan.event.zone
    return [(one.row.title, f"{one.row.starts_at.astimezone(zone):%d %H:%M}") for one in plan.new]


@pytest.mark.parametrize("word", ["TBC", "tba", "N/A", "–", "To be confirmed", "to follow", "I'w gadarnhau"])
def test_a_word_for_not_yet_is_no_room_host_or_theme(event, word):
    text = f"title,date,start,end,room,hosts,theme\nOne,2026-12-09,9:00,10:00,{word},{word},{word}\n"

    plan = planned(event, text)

    assert [(one.row.room, one.row.hosts, one.row.themes) for one in plan.new] == [("", (), ())]
    assert plan.notices == [f"Read as not known yet: “{word}” in row 2."]
    assert (plan.made, plan.is_ready) == ([], True)


def test_a_host_beside_one_who_is_not_known_yet_stays(event):
    plan = planned(event, "title,date,start,end,hosts\nOne,2026-12-09,9:00,10:00,Ada Mensah; TBC\n")

    assert [host.name for host in plan.new[0].row.hosts] == ["Ada Mensah"]


def test_a_title_keeps_such_a_word(event):
    plan = planned(event, "title,date,start,end\nTBC,2026-12-09,9:00,10:00\n")

    assert starts(plan) == [("TBC", "09 09:00")]


def test_rows_without_a_title_are_left_out_or_called_by_their_format(event):
    text = "title,format,date,start,end\nOne,talk,2026-12-09,9:00,10:00\n,Lunch,2026-12-09,12:00,13:00\n"

    asked = planned(event, text)
    called, left = (planned(event, text, {"untitled": answer}) for answer in ("format", "leave"))

    (question,) = asked.open_questions
    assert (question.words, [words for _, words in question.choices]) == (
        "1 row has no title: row 3.",
        ["Their format is their title: “Lunch”", "Leave it out"],
    )
    assert starts(called) == [("One", "09 09:00"), ("Lunch", "09 12:00")]
    assert (starts(left), left.is_ready) == ([("One", "09 09:00")], True)


def test_rows_with_neither_title_nor_format_can_only_be_left_out(event):
    text = "title,date,start,end\nOne,2026-12-09,9:00,10:00\n,2026-12-09,16:40,16:45\n"

    (question,) = planned(event, text).open_questions

    assert question.choices == (("leave", "Leave it out"),)


class TestDaysInFigures:
    def test_the_days_of_the_event_are_counted(self, event):
        plan = planned(event, "day,start,end,title\n1,9:00,10:00,One\n2,9:00,10:00,Two\n")

        assert starts(plan) == [("One", "09 09:00"), ("Two", "10 09:00")]
        assert (plan.questions, plan.notices) == (
            [],
            ["The days of the event are counted: 1 is 9 December 2026."],
        )

    def test_or_they_are_days_of_the_month(self, event):
        plan = planned(event, "day,start,end,title\n9th,9:00,10:00,One\n10th,9:00,10:00,Two\n")

        assert starts(plan) == [("One", "09 09:00"), ("Two", "10 09:00")]
        assert plan.notices == ["Figures are days of the month: 9 is 9 December 2026."]

    def test_both_is_a_question(self):
        event = make.event(first_day=date(2026, 12, 2), last_day=date(2026, 12, 4))
        text = "day,start,end,title\n2,9:00,10:00,One\n3,9:00,10:00,Two\n"

        asked = planned(event, text)
        read = {answer: planned(event, text, {"figures": answer}) for answer in ("nth", "month")}

        (question,) = asked.open_questions
        assert question.words == "Days are written as figures (2, 3)."
        assert starts(read["nth"]) == [("One", "03 09:00"), ("Two", "04 09:00")]
        assert starts(read["month"]) == [("One", "02 09:00"), ("Two", "03 09:00")]

    def test_among_days_that_are_written_out_a_figure_is_a_problem(self, event):
        plan = planned(event, "day,start,end,title\n1,9:00,10:00,One\n2026-12-10,9:00,10:00,Two\n")

        assert [str(problem)[:14] for problem in plan.problems] == ["Row 2, day: “1"]
        assert starts(plan) == [("Two", "10 09:00")]

    def test_neither_is_a_problem(self, event):
        plan = planned(event, "day,start,end,title\n3,9:00,10:00,One\n")

        assert [str(problem) for problem in plan.problems] == [
            "Row 2, day: “3” is not a day such as 9 December 2026, Wednesday 9 December or 09/12/2026."
        ]


@pytest.mark.parametrize(
    ("text", "capacity"),
    [("max 30", 30), ("Up to 30", 30), ("30 max.", 30), ("30 delegates", 30), ("1,200", 1200), ("TBC", None)],
)
def test_places_as_people_write_them(event, text, capacity):
    plan = planned(event, f'title,date,start,end,Max delegates\nOne,2026-12-09,9:00,10:00,"{text}"\n')

    assert [one.row.capacity for one in plan.new] == [capacity]


@pytest.mark.parametrize("text", ["FULL", "30 or 40", "about 30"])
def test_what_is_no_number_of_places_is_refused(event, text):
    plan = planned(event, f"title,date,start,end,Max delegates\nOne,2026-12-09,9:00,10:00,{text}\n")

    assert [str(problem) for problem in plan.problems] == [
        f"Row 2, Max delegates: “{text}” is not a whole number of places. Blank is no limit."
    ]


@pytest.mark.parametrize("text", ["14:00-15:30 Uhr", "14:00 hrs - 15:30 hrs", "14.00–15.30 hr"])
def test_what_stands_behind_a_time_is_no_harm(event, text):
    plan = planned(event, f"title,date,time\nOne,2026-12-09,{text}\n")

    zone = event.zone
    assert [f"{one.row.ends_at.astimezone(zone):%H:%M}" for one in plan.new] == ["15:30"]
    assert starts(plan) == [("One", "09 14:00")]


def test_a_session_that_another_system_does_not_show_stays_out(event):
    text = "Event Name,Event Start,Event End,Active (Y/N)\n"
    text += "One,2026-12-09 09:00,2026-12-09 10:00,Y\nTwo,2026-12-09 10:00,2026-12-09 11:00,N\n"

    plan = planned(event, text)

    assert starts(plan) == [("One", "09 09:00")]
    assert "Left out, because their status is N: rows 3." in plan.notices
