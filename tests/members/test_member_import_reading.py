"""Reading the community's list: its columns, names and regions, and what is wrong by row."""

import pytest

from members.member_import import Entry
from members.regions import region_of
from members.tables import TableRefused
from tests.members.lists import HEADINGS, read

pytestmark = pytest.mark.django_db


def refusal(text: str) -> list[str]:
    with pytest.raises(TableRefused) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def test_a_list_is_read_in_any_order_and_case():
    upload = read(
        "REGION,Job title,E-mail,Full name,Organization\nNorth East,Nurse,ADA@Example.org,Ada  L,NHS\n"
    )

    assert upload.entries == [Entry("ada@example.org", "Ada L", "NHS", "Nurse", "north-east")]
    assert upload.notices == []


def test_problems_come_by_row_all_at_once():
    rows = [
        "ada@example.org,Ada,,,",
        "not an address,Bo,,,",
        ",Cy,,,",
        "ADA@example.org,Ada again,,,",
        f"di@example.org,{'x' * 151},{'x' * 201},{'x' * 201},",
        f"{'e' * 250}@example.org,E,,,",
        "fay@example.org,\u202eyaf,,,",
    ]

    assert refusal(HEADINGS + "\n".join(rows)) == [
        'Row 3, email: "not an address" is not an email address.',
        "Row 4, email: There is no email address.",
        "Row 5, email: ada@example.org is in row 2 already, with other details.",
        "Row 6, name: This is longer than 150 characters.",
        "Row 6, organisation: This is longer than 200 characters.",
        "Row 6, role: This is longer than 200 characters.",
        "Row 7, email: This is longer than 254 characters.",
        "Row 8, name: Enter the name without line breaks and invisible characters.",
    ]


def test_a_row_that_says_the_same_again_counts_once():
    upload = read(HEADINGS + "ada@example.org,Ada,,,\nADA@Example.org , Ada ,,,\nbo@example.org,Bo,,,\n")

    assert [entry.email for entry in upload.entries] == ["ada@example.org", "bo@example.org"]
    assert upload.notices == ["Rows that say the same as one above count once: 1."]


@pytest.mark.parametrize("headings", ["First name,Surname", "Given name,Family name", "forename,last_name"])
def test_a_name_in_two_columns_becomes_one(headings):
    upload = read(f"E-mail address,{headings}\nada@example.org,Ada, King  Lovelace\nbo@example.org,,Bo\n")

    assert [(entry.email, entry.name) for entry in upload.entries] == [
        ("ada@example.org", "Ada King Lovelace"),
        ("bo@example.org", "Bo"),
    ]


def test_two_halves_of_a_name_are_together_no_longer_than_a_name():
    first, last = "x" * 100, "y" * 60

    assert refusal(f"email,first name,last name\nada@example.org,{first},{last}\n") == [
        "Row 2, name: This is longer than 150 characters."
    ]


def test_an_unknown_region_is_left_empty_and_said():
    upload = read("email,region\na@example.org,Atlantis\nb@example.org,scotland\n")

    assert [entry.region for entry in upload.entries] == ["", "scotland"]
    assert upload.notices == ["Left empty, because not known as a nation or region: Atlantis."]


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("London", "london"),
        ("england: london", "london"),
        ("Yorkshire & the Humber", "north-east"),
        ("West Midlands", "midlands"),
        ("East of England", "east"),
        ("Northern Ireland", "northern-ireland"),
        ("northern-ireland", "northern-ireland"),
        ("Republic of Ireland", "ireland"),
        ("Wales ", "wales"),
        ("", ""),
        ("Mars", ""),
    ],
)
def test_regions_are_known_by_the_names_people_use(words, region):
    assert region_of(words) == region
