"""Programmes as other systems and people wrote them, each standing for a kind; times are the event's."""

import io
from datetime import date
from pathlib import Path

import pytest

from events.models import Event
from tests import make
from workshops.programme_import.importing import look

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"


@pytest.fixture
def event() -> Event:
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def looked_at(event, name, answers=None):
    return look(event, io.BytesIO((FILES / name).read_bytes()), name, answers=answers)


def times(plan):
    zone = plan.event.zone
    return [
        (
            one.row.title,
            f"{one.row.starts_at.astimezone(zone):%d.%m. %H:%M:%S}",
            f"{one.row.ends_at.astimezone(zone):%H:%M:%S}",
        )
        for one in plan.new
    ]


@pytest.mark.parametrize(
    ("name", "spans"),
    [
        ("dot-times.csv", [("Croeso", "09.12. 09:30", "10:15"), ("Rhywbeth", "09.12. 13:45", "14:30")]),
        (
            "import-clock-times.csv",
            [
                ("Morning", "09.12. 09:00", "09:45"),
                ("Noon", "09.12. 12:00", "12:45"),
                ("Afternoon", "09.12. 13:00", "13:45"),
            ],
        ),
        (
            "import-duration.csv",
            [("Forty-five minutes", "09.12. 09:00", "09:45"), ("As a clock", "09.12. 10:00", "10:45")],
        ),
        (
            "import-uk-dates.csv",
            [
                ("Sitting beside the ward clerk", "22.12. 09:00", "09:45"),
                ("What the porters know", "23.12. 09:30", "10:15"),
            ],
        ),
        ("import-start-date-start-time.csv", [("Becomes an on-demand session", "09.12. 13:00", "14:00")]),
        ("import-rows-that-are-no-sessions.csv", [("A real session", "09.12. 09:00", "09:45")]),
        ("prog-frab-json-keys.csv", [("Shorter waits", "09.12. 09:30", "10:15")]),
        ("prog-indico-contributions.csv", [("Shorter waits", "09.12. 09:30", "10:15")]),
        (
            "prog-sessionize-accepted.csv",
            [("Shorter waits", "09.12. 09:30", "10:15"), ("Listening", "09.12. 14:00", "14:30")],
        ),
        ("sessionize-flat.csv", [("Letters people can read", "09.12. 10:00", "10:30")]),
        ("xlsx-duration-minutes.xlsx", [("Sitting well", "09.12. 09:00", "09:45")]),
        ("xlsx-empty-formatted-rows.xlsx", [("Sitting well", "09.12. 09:00", "09:45")]),
        ("xlsx-merged-date.xlsx", [("One", "09.12. 09:00", "09:45"), ("Two", "09.12. 10:00", "10:45")]),
        ("xlsx-title-rows.xlsx", [("Sitting well", "09.12. 09:00", "09:45")]),
    ],
)
def test_the_times_of_a_file_are_those_that_are_meant(event, name, spans):
    plan = looked_at(event, name)

    assert plan.problems == []
    assert times(plan) == [(title, f"{start}:00", f"{end}:00") for title, start, end in spans]


def test_times_that_were_cut_to_five_decimals_are_whole_minutes(event):
    plan = looked_at(event, "five-decimals.xlsx")

    assert {(start[-2:], end[-2:]) for _, start, end in times(plan)} == {("00", "00")}
    assert times(plan)[0] == ("Opening – croeso", "09.12. 09:30:00", "10:00:00")
    assert times(plan) == times(looked_at(event, "libreoffice-uk-semicolon.csv"))


def test_days_that_have_two_readings_are_said_and_can_be_read_otherwise(event):
    plan = looked_at(event, "libreoffice-uk-semicolon.csv")

    otherwise = looked_at(event, "libreoffice-uk-semicolon.csv", {"order": "month"})

    (question,) = plan.questions
    assert (question.key, question.answer, question.is_open) == ("order", "day", False)
    assert question.words == "“09/12/2026 09:30” can be read in two ways. Here it is:"
    assert question.choices == (
        ("day", "9 December 2026 (the day comes first)"),
        ("month", "12 September 2026 (the month comes first)"),
    )
    assert times(otherwise)[0][1] == "12.09. 09:30:00"


def test_days_and_totals_are_said_to_be_no_sessions(event):
    plan = looked_at(event, "import-rows-that-are-no-sessions.csv")

    assert plan.notices == [
        "Read as a day, not as a session: row 2 “Wednesday 9 December”.",
        "Read as a total, not as a session: row 4 “Total: 1”.",
    ]


def test_words_for_formats_are_mapped_once_and_one_that_nobody_knows_is_asked_about(event):
    plan = looked_at(event, "import-formats.csv")
    answered = looked_at(event, "import-formats.csv", {"format:Other": "networking"})

    assert [(one.key, one.answer) for one in plan.questions] == [
        ("format:Talk 30 min + 10 min questions", "talk"),
        ("format:Workshop 90 min", "workshop"),
        ("format:Short plenary", "plenary"),
        ("format:Other", ""),
    ]
    assert (plan.is_ready, answered.is_ready) == (False, True)
    assert [one.session.format for one in answered.new] == ["talk", "workshop", "plenary", "networking"]


def test_handles_beside_names_are_left_out_and_said(event):
    plan = looked_at(event, "import-handles.csv")

    assert [host.name for host in plan.new[0].row.hosts] == ["Sam", "@porter_jo"]
    assert plan.notices == ["Not kept, because hosts have no handles here: @sam_improves."]


def test_html_becomes_what_is_written_here(event):
    row = looked_at(event, "import-html-description.csv").new[0].row

    assert row.summary == "Bring a pen & paper"
    assert row.description == "We meet at [the hall](https://example.org).\n\n- One\n- Two"


def test_pretalx_comes_through_with_its_speakers_and_without_its_escapes(event):
    plan = looked_at(event, "pretalx-sessions-newline.csv")

    titles = [one.row.title for one in plan.new]
    assert [question.key for question in plan.open_questions] == ["other-days"]
    assert (plan.problems, len(plan.new), plan.new[0].row.external_id) == ([], 12, "9XBT93")
    assert plan.notices == [
        "Not read, because not known: Pending proposal state, Created, Tags, Notes, Internal notes, "
        "Slot Count, Language, Show this session in public list of featured sessions., "
        "Don’t record this session., Session image, Median score, Average (mean) score, Resources.",
        "Left out, because “Start” is read in its place: “Start (time)”.",
        "Left out, because “End” is read in its place: “End (time)”.",
    ]
    assert [host.name for host in plan.new[0].row.hosts] == ["王小明", "Smith, Jo"]
    assert titles[1] == "@home: care in the community"
    assert times(plan)[3] == ("Night shift, live", "28.03. 00:30:00", "02:30:00")


def test_sessionize_tells_by_its_ids_what_commas_part(event):
    plan = looked_at(event, "prog-sessionize-accepted.csv")

    assert [[host.name for host in one.row.hosts] for one in plan.new] == [
        ["Ada Bright", "Siân Rees"],
        ["Siân Rees"],
    ]


@pytest.mark.parametrize(("answer", "names"), [("turned", ["Ada Bright"]), ("people", ["Bright", "Ada"])])
def test_indico_is_asked_what_its_commas_mean(event, answer, names):
    asked = looked_at(event, "prog-indico-contributions.csv")
    plan = looked_at(event, "prog-indico-contributions.csv", {"commas": answer})

    assert [question.key for question in asked.open_questions] == ["commas"]
    assert [host.name for host in plan.new[0].row.hosts] == names
    assert plan.new[0].row.hosts[-1].organisation == "Trust A"
