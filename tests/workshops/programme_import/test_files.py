"""Files of a programme as people write them: columns, times and names, and each problem named by row."""

import io
from datetime import UTC, date, datetime

import pytest

from common.spreadsheets.tables import TableRefused
from events.models import Contributor, Session
from tests import make
from tests.workshops.programme_import.programmes import (
    CLINIC,
    WELCOME,
    counts,
    load,
    load_file,
    plan,
    problems,
)

pytestmark = pytest.mark.django_db


def test_columns_in_any_order_and_case_with_bom_and_semicolons():
    event = make.event()
    heading, row = (
        "Ends At;TITLE;Starts at;Format",
        "2026-11-18T11:00Z;Élan “vital”;2026-11-18T10:00Z;Workshop",
    )
    text = f"\ufeff{heading}\r\n{row}\r\n"

    load_file(event, io.BytesIO(text.encode()), "p.csv")

    assert list(Session.objects.values_list("title", "slug", "format")) == [
        ("Élan “vital”", "elan-vital", "workshop")
    ]


def test_a_column_that_is_missing_leaves_what_is_there():
    event = make.event()
    load(event, CLINIC)

    planned = load(event, "Clinic", header="title")

    assert counts(planned) == (0, 0, 1, 0)


def test_a_title_without_latin_letters_has_an_address_all_the_same():
    event = make.event()

    load(event, "Добро пожаловать,on-demand", "歓迎,on demand", header="title,format")

    assert sorted(Session.objects.values_list("slug", flat=True)) == ["session-2", "session-3"]


def test_a_time_without_an_offset_is_the_events():
    july = date(2026, 7, 1)
    event = make.event(time_zone="Europe/Paris", first_day=july, last_day=july)

    load(event, "Clinic,2026-07-01 10:00,2026-07-01 11:00", header="title,starts_at,ends_at")

    assert Session.objects.get().starts_at == datetime(2026, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            CLINIC.replace("2026-11-18T10:00:00+00:00", "soon"),
            "Row 2, starts_at: “soon” is not a time such as ",
        ),
        (
            CLINIC.replace("2026-11-18T10:00:00+00:00", "2026-11-18"),
            "Row 2, starts_at: There is a day without a time: 18 November 2026.",
        ),
        (
            CLINIC.replace("2026-11-18T10:00:00+00:00", "2026-03-29T01:30"),
            "Row 2, starts_at: There is no 01:30",
        ),
        (
            CLINIC.replace("2026-11-18T10:00:00+00:00", ""),
            "Row 2, starts_at: There is an end without a start.",
        ),
        (CLINIC.replace("T11:00", "T09:00"), "Row 2, ends_at: The session ends before it starts."),
        (
            CLINIC.replace(",12,", ",a dozen,"),
            "Row 2, capacity: “a dozen” is not a whole number of places. Blank is no limit.",
        ),
        (
            CLINIC.replace(",12,", ",-1,"),
            "Row 2, capacity: “-1” is not a whole number of places. Blank is no limit.",
        ),
        (CLINIC.replace("Bo; Cy", "Bo <bo@>"), "Row 2, hosts: “Bo <bo@>” should be a name, or a name with "),
        (CLINIC.replace("Clinic", "C" * 251), "Row 2, title: This has 251 characters; 250 are the most."),
    ],
)
def test_each_problem_is_named_by_row_and_nothing_is_imported(row, told):
    event = make.event()

    with pytest.raises(TableRefused) as refused:
        plan(event, row, WELCOME)

    assert problems(refused)[0].startswith(told)
    assert Session.objects.count() == 0


def test_the_same_session_in_two_rows_is_a_problem():
    event = make.event()

    with pytest.raises(TableRefused) as refused:
        plan(event, CLINIC, WELCOME, CLINIC)

    assert problems(refused) == ["Row 4, title: This is the same session as in row 2."]


def test_a_name_that_two_contributors_have_asks_for_the_address():
    event = make.event()
    for number in (1, 2):
        Contributor.objects.create(name="Bo", email=f"bo{number}@example.org")

    with pytest.raises(TableRefused) as refused:
        plan(event, CLINIC)
    load(event, CLINIC.replace("Bo; Cy", "Bo <bo2@example.org>"))

    assert problems(refused) == ["Row 2, hosts: Several contributors are called Bo. Write Bo <address>."]
    assert Session.objects.get().contributors.get().email == "bo2@example.org"


def test_a_host_is_found_again_however_the_name_is_typed():
    event = make.event()
    known = [Contributor.objects.create(name=name) for name in ("Siân Fôn-Jones", "Zoë O’Malley")]

    load(event, CLINIC.replace("Bo; Cy", "Fon Jones Sian; ZOE O'MALLEY"))
    again = plan(event, CLINIC.replace("Bo; Cy", "Sian Fonjones; Zoe O`Malley"))

    assert list(Session.objects.get().contributors.order_by("pk")) == known
    assert counts(again) == (0, 0, 1, 0)


def test_two_contributors_whose_names_are_the_same_as_people_type_them_are_asked_about():
    event = make.event()
    Contributor.objects.create(name="Róisín Ní Bhriain", email="one@example.org")
    Contributor.objects.create(name="Ni Bhriain, Roisin", email="two@example.org")

    with pytest.raises(TableRefused) as refused:
        plan(event, CLINIC.replace("Bo; Cy", "Roisin Ni Bhriain"))

    assert "Several contributors are called Roisin Ni Bhriain" in problems(refused)[0]


def test_another_conferences_words_and_headings_are_understood_and_said():
    event = make.event()

    planned = load(
        event,
        "Opening words,Keynote,Main,2026-11-18 09:00,2026-11-18 10:00,Hall,no limit,Ann Lee; Bo,Text",
        header="Session title,Session type,Track,Start,End,Location,Places,Speakers,Abstract",
    )

    session = Session.objects.get()
    names = list(session.contributors.values_list("name", flat=True))
    assert (session.title, session.format, session.room, session.description, sorted(names)) == (
        "Opening words", "plenary", "Hall", "Text", ["Ann Lee", "Bo"],
    )  # fmt: skip
    assert planned.notices == ["Formats that have another name here: Keynote as plenary."]


def test_times_alone_are_of_their_date_and_may_reach_past_midnight():
    event = make.event()

    load(event, "Supper,2026-11-18,22:30,0:30", header="title,date,starts_at,ends_at")

    session = Session.objects.get()
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 11, 18, 22, 30, tzinfo=UTC),
        datetime(2026, 11, 19, 0, 30, tzinfo=UTC),
    )


def test_a_date_beside_whole_moments_is_not_needed_and_not_judged():
    event = make.event()
    row = "Supper,Day 1,2026-11-18T18:00Z,2026-11-18T19:00Z"

    load(event, row, header="title,date,starts_at,ends_at")

    assert Session.objects.get().starts_at == datetime(2026, 11, 18, 18, tzinfo=UTC)


def test_a_session_without_length_is_refused_in_its_own_words():
    with pytest.raises(TableRefused) as refused:
        plan(make.event(), CLINIC.replace("T11:00", "T10:00"))

    assert problems(refused) == ["Row 2, ends_at: The session ends when it starts."]


def test_a_bad_time_is_one_problem_not_also_one_of_its_places():
    with pytest.raises(TableRefused) as refused:
        plan(make.event(), CLINIC.replace("2026-11-18T10:00:00+00:00", "31/11/2026 10:00"))

    assert problems(refused) == ["Row 2, starts_at: “31/11/2026” is no day of the calendar."]
