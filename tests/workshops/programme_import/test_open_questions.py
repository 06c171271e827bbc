"""Sessions without an end, on other days, far too long, or in the hour that the clocks show twice."""

from datetime import UTC, date, datetime

import pytest

from common.spreadsheets.tables import TableRefused
from events.models import Event
from tests import make
from tests.workshops.programme_import.programmes import counts, december, load, planned, spans, told

pytestmark = pytest.mark.django_db
ENDLESS = (
    "title,date,start,room\nOne,2026-12-09,9:00,Hall\nTwo,2026-12-09,10:15,Hall\nOther,2026-12-09,9:30,R1\n"
)


@pytest.fixture
def event() -> Event:
    return december()


@pytest.fixture
def night() -> Event:
    """An event over the night in which the clocks go back: 25 October 2026, from 02:00 to 01:00."""
    return make.event(first_day=date(2026, 10, 24), last_day=date(2026, 10, 25))


def utc(plan):
    return [
        tuple(f"{at.astimezone(UTC):%d %H:%M}" for at in (one.row.starts_at, one.row.ends_at))
        for one in plan.new
    ]


def test_sessions_without_an_end_are_asked_about_once_for_all(event):
    plan = planned(event, ENDLESS)

    (question,) = plan.open_questions
    assert told(plan) == []
    assert question.words == (
        "3 sessions have a start and no end: “One” (row 2), “Two” (row 3), “Other” (row 4). "
        "When does each end?"
    )
    assert question.choices[:2] == (
        ("next", "When the next one in the same room starts"),
        ("15", "15 minutes after its start"),
    )
    assert (plan.is_ready, counts(plan)) == (False, (0, 0, 0, 0))


def test_one_length_is_taken_for_all_that_have_no_end(event):
    plan = planned(event, ENDLESS, {"ends": "45"})

    assert (plan.is_ready, spans(plan)) == (
        True,
        [
            ("One", "09 09:00", "09 09:45"),
            ("Two", "09 10:15", "09 11:00"),
            ("Other", "09 09:30", "09 10:15"),
        ],
    )


def test_until_the_next_one_in_the_room_asks_about_the_last_ones(event):
    asked = planned(event, ENDLESS, {"ends": "next"})
    taken = planned(event, ENDLESS, {"ends": "next", "ends-last": "60"})

    (question,) = asked.open_questions
    assert question.words == (
        "No other session follows in the room on that day: “Two” (row 3), “Other” (row 4). "
        "When does each end?"
    )
    assert spans(taken) == [
        ("One", "09 09:00", "09 10:15"),
        ("Two", "09 10:15", "09 11:15"),
        ("Other", "09 09:30", "09 10:30"),
    ]


def test_what_follows_the_next_morning_is_not_the_next_one_in_the_room(event):
    text = "title,start,room\nOne,2026-12-09 17:00,Hall\nTwo,2026-12-10 09:00,Hall\n"

    (question,) = planned(event, text).open_questions

    assert [value for value, _ in question.choices][:2] == ["15", "20"]


def test_sessions_without_an_end_can_be_left_out(event):
    text = f"{ENDLESS}Three,2026-12-09,14:00-15:00,Hall\n"

    assert spans(planned(event, text, {"ends": "leave"})) == [("Three", "09 14:00", "09 15:00")]


def test_a_session_that_is_there_keeps_its_length_where_the_file_has_no_end(event):
    load(event, "One,2026-12-09,9:00,10:30", header="title,date,start,end")

    moved = planned(event, "title,date,start\nOne,2026-12-09,11:00\n")

    assert (moved.is_ready, counts(moved)) == (True, (0, 1, 0, 0))
    assert [(change.column, change.after) for change in moved.changed[0].changes] == [
        ("starts_at", "2026-12-09 11:00"),
        ("ends_at", "2026-12-09 12:30"),
    ]
    assert moved.notices == ["No end in the row, so the session stays as long as it is: “One” (row 2)."]


def test_sessions_on_other_days_than_the_events_are_asked_about(event):
    text = "title,date,start,end\nOne,2026-12-09,9:00,10:00\nTwo,2025-12-09,9:00,10:00\n"

    asked = planned(event, text)
    taken, left = (planned(event, text, {"other-days": answer}) for answer in ("take", "leave"))

    (question,) = asked.open_questions
    assert question.words == (
        "1 session is not on the event’s days (9 December 2026 to 10 December 2026) "
        "but on 9 December 2025: “Two” (row 3)."
    )
    assert [words for _, words in question.choices] == ["Import it on that day", "Leave it out"]
    assert ([one.row.title for one in taken.new], spans(left)) == (
        ["One", "Two"],
        [("One", "09 09:00", "09 10:00")],
    )


def test_a_session_that_lies_outside_already_is_not_asked_about_again(event):
    row, header = "One,2026-12-11,9:00,10:00", "title,date,start,end"
    load(event, row, header=header, answers={"other-days": "take"})

    again = planned(event, f"{header}\n{row}\n")

    assert (again.questions, counts(again)) == ([], (0, 0, 1, 0))


def test_a_session_longer_than_a_day_is_asked_about(event):
    text = "title,start,end\nOne,2026-12-09 9:00,2026-12-10 17:00\n"

    asked, taken, left = (planned(event, text, {"long": answer}) for answer in ("", "take", "leave"))

    assert [one.words for one in asked.open_questions] == [
        "1 session lasts longer than 16 hours: “One” (row 2)."
    ]
    assert [one.ends for one in taken.new] == ["Thu 10 Dec 2026, 17:00"]
    assert counts(left) == (0, 0, 0, 0)


def test_a_time_that_the_clocks_show_twice_is_asked_about(night):
    text = "title,date,start,end\nWatch,2026-10-25,1:30 AM,3:00 AM\n"

    asked = planned(night, text)
    first, second = (planned(night, text, {"twice:2:starts_at": answer}) for answer in ("first", "second"))

    (question,) = asked.open_questions
    assert question.words == (
        "Row 2: the clocks go back on 25 October 2026 and show 01:30 twice. When is the start?"
    )
    assert question.choices == (
        ("first", "The first 01:30 (UTC+1), before they go back"),
        ("second", "The second 01:30 (UTC), after it"),
    )
    assert (utc(first), utc(second)) == ([("25 00:30", "25 03:00")], [("25 01:30", "25 03:00")])
    assert [one.starts for one in (first.new[0], second.new[0])] == [
        "Sun 25 Oct 2026, 01:30 (UTC+1)",
        "Sun 25 Oct 2026, 01:30 (UTC)",
    ]


def test_start_and_end_may_be_either_side_of_the_clocks_going_back(night):
    text = "title,date,start,end\nWatch,2026-10-25,1:45 AM,1:15 AM\n"

    plan = planned(night, text, {"twice:2:starts_at": "first", "twice:2:ends_at": "second"})

    assert (told(plan), utc(plan)) == ([], [("25 00:45", "25 01:15")])


@pytest.mark.parametrize(
    ("row", "span"),
    [
        ("2026-10-25T01:30+01:00,2026-10-25T01:30+00:00,", ("25 00:30", "25 01:30")),
        ("2026-10-25 01:30 BST,2026-10-25 01:30 GMT,", ("25 00:30", "25 01:30")),
        ("2026-10-25 00:30,,2 hours", ("24 23:30", "25 01:30")),
        ("2026-10-25T01:30+01:00,,90 min", ("25 00:30", "25 02:00")),
    ],
)
def test_an_offset_the_name_of_a_clock_and_a_length_say_which_of_two_it_is(night, row, span):
    plan = planned(night, f"title,start,end,length\nWatch,{row}\n")

    assert (plan.questions, told(plan), utc(plan)) == ([], [], [span])


def test_the_name_of_the_place_does_not_say_which_of_two_it_is(night):
    plan = planned(night, "title,start,length\nWatch,2026-10-25T01:30[Europe/London],60\n")

    assert [question.key for question in plan.open_questions] == ["twice:2:starts_at"]


def test_a_session_in_the_hour_that_is_there_twice_is_the_same_when_it_comes_again(night):
    row, header = "Watch,2026-10-25,1:30 AM,3:00 AM", "title,date,start,end"
    answers = {"twice:2:starts_at": "second"}
    load(night, row, header=header, answers=answers)

    again = planned(night, f"{header}\n{row}\n", answers)

    assert counts(again) == (0, 0, 1, 0)


def test_a_time_that_the_clocks_skip_is_refused_where_it_stands():
    event = make.event(first_day=date(2026, 3, 28), last_day=date(2026, 3, 29))

    plan = planned(event, "title,date,start,end\nWatch,2026-03-29,12:30 AM,1:30 AM\n")

    assert told(plan) == ["Row 2, end: There is no 01:30 on 29 March 2026: the clocks go forward."]


def test_more_repeated_times_than_can_be_asked_about_are_refused(night):
    rows = [f"Watch {n},2026-10-25,1:30 AM,3:00 AM" for n in range(21)]

    plan = planned(night, "\n".join(["title,date,start,end", *rows]))

    assert len(plan.open_questions) == 20
    assert told(plan) == [
        "Row 22, start: There are two 01:30 on 25 October 2026: the clocks go back. Write the offset too."
    ]


def test_headings_that_lost_to_a_better_one_are_not_called_unknown(event):
    text = (
        "title,Start,Start (date),Start (time),Room,Location,End,Shoe size\n"
        "One,2026-12-09 09:00,2026-12-09,09:00,Hall,Hall,2026-12-09 10:00,39\n"
    )

    plan = planned(event, text)

    assert plan.notices == [
        "Not read, because not known: Shoe size.",
        "Left out, because “Start” is read in its place: “Start (time)”.",
        "Left out, because “Room” says the same: “Location”.",
    ]
    assert [(one.words, one.answer) for one in plan.questions] == [
        ("“Start (time)” (09:00), besides “Start”", "-"),
        ("“Location” (Hall), besides “Room”", "-"),
        ("“Shoe size” (39)", "-"),
    ]
    assert plan.new[0].row.starts_at == datetime(2026, 12, 9, 9, tzinfo=UTC)


def test_a_session_whose_title_says_that_it_is_cancelled_is_asked_about(event):
    titles = ["CANCELLED: One", "Two (cancelled)", "Cancelled clinics, and what we learnt", "Three"]
    rows = [f'"{title}",2026-12-09,9:00,10:00' for title in titles]
    text = "\n".join(["title,date,start,end", *rows])

    asked, left = planned(event, text), planned(event, text, {"called-off": "leave"})

    assert [one.words for one in asked.open_questions] == [
        "2 titles say that the sessions are cancelled: “CANCELLED: One” (row 2), “Two (cancelled)” (row 3)."
    ]
    assert [one.row.title for one in left.new] == titles[2:]


def test_a_heading_that_lost_and_says_more_is_asked_about(event):
    text = "title,date,start,end,Room,Location\nOne,2026-12-09,9:00,10:00,,Hall\n"

    asked = planned(event, text)
    room, none = (planned(event, text, {"heading:location": answer}) for answer in ("room", "-"))

    assert [one.words for one in asked.open_questions] == [
        "“Room” is read, but it is blank in 1 row where “Location” (Hall) is not. “Location” is:"
    ]
    assert [plan.new[0].row.room for plan in (room, none)] == ["Hall", ""]
    assert (room.open_questions, none.open_questions) == ([], [])


def test_an_end_in_the_small_hours_is_asked_about_before_it_is_called_wrong(event):
    text = "title,date,start,end\nOne,2026-12-09,11:00,1:00\n"

    asked, day, night = (planned(event, text, {"night": answer}) for answer in ("", "afternoon", "night"))

    assert ([question.key for question in asked.open_questions], told(asked)) == (["night"], [])
    assert (told(day), spans(day)) == ([], [("One", "09 11:00", "09 13:00")])
    assert told(night) == ["Row 2, end: The session ends before it starts."]


@pytest.mark.parametrize(
    "header",
    [
        "Meeting ID,Topic,Start Time,End Time,User Email\n7,Waits,,,a@x.org\nName (Original Name),User Email",
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)",
        "Name,First join,Last leave,In-meeting duration,Email",
    ],
)
def test_who_was_in_a_meeting_is_no_programme(event, header):
    with pytest.raises(TableRefused) as refused:
        planned(event, f"{header}\n1,2,3,4,5\n")

    assert str(refused.value) == "This is a list of who was in a meeting (Zoom, Teams), and no programme."
