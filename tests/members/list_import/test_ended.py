"""Who is no member any more does not become one by a list, however the file says it; names turned around."""

import io

import pytest

from members.list_import.reading import read_list
from members.list_import.regions import region_of

pytestmark = pytest.mark.django_db
ADA, BO = "Ada,ada@example.org", "Bo,bo@example.org"


def read(text, answers=None):
    return read_list(io.BytesIO(text.encode()), "people.csv", answers or {})


def addresses(upload):
    return [entry.email for entry in upload.entries]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Approval Status",
            "Unsubscribed",
            "Left",
            "Date left",
            "Lapsed",
            "Opted out",
            "Active?",
            "Bounced",
        ),
        *("Do not contact", "Do you agree to join the mailing list?", "Consent given", "Deceased"),
    ],
)
def test_a_column_that_may_say_who_has_left_is_asked_about(heading):
    upload = read(f"Name,Email,{heading}\n{ADA},no\n{BO},yes\n")

    (question,) = upload.open_questions
    assert question.key == "column:status"
    assert [words for _, words in question.choices] == [f"{heading} (for example no, yes)", "None of them"]


@pytest.mark.parametrize("heading", ["Organisation type", "Phone", "Join year", "Dietary needs"])
def test_any_other_column_is_not(heading):
    assert read(f"Name,Email,{heading}\n{ADA},no\n{BO},yes\n").open_questions == []


@pytest.mark.parametrize(("no", "yes"), [("no", "yes"), ("FALSE", "TRUE"), ("0", "1"), ("N", "Y"), ("", "x")])
def test_a_yes_below_unsubscribed_is_somebody_who_is_not_on_the_list(no, yes):
    text = f"Name,Email,Unsubscribed\n{ADA},{no}\n{BO},{yes}\n"

    upload = read(text, {"column:status": "unsubscribed"})

    assert (addresses(upload), upload.ended) == (["ada@example.org"], ["bo@example.org"])
    assert upload.open_questions == []
    assert f"Left out, because of their status: {yes} (1)." in upload.notices


def test_days_on_which_people_left_are_one_question():
    text = f"Name,Email,Left\n{ADA},\n{BO},03/04/2024\nCy,cy@example.org,2025-01-31\n"

    asked = read(text, {"column:status": "left"})
    left = read(text, {"column:status": "left", "status:a date": "out"})

    (question,) = asked.open_questions
    assert question.words == "What does the status “a date” mean (2)?"
    assert (addresses(left), left.ended) == (["ada@example.org"], ["bo@example.org", "cy@example.org"])


def test_a_word_of_a_chosen_column_that_nobody_knows_is_asked_about():
    text = f"Name,Email,Approval Status\n{ADA},approved\n{BO},pending\n"

    upload = read(text, {"column:status": "approval_status"})

    assert [question.key for question in upload.open_questions] == ["status:pending"]
    assert addresses(upload) == ["ada@example.org"]


class TestTurnedNames:
    TEXT = (
        'Name,Email\n"MENSAH, Ada (Trust A)",ada@example.org\n"Ray, Bo",bo@example.org\n'
        "Cy Roe,cy@example.org\n"
    )

    def test_a_comma_in_names_is_asked_about_with_what_each_answer_makes(self):
        (question,) = read(self.TEXT).open_questions

        assert question.words == "Some names have a comma, such as “MENSAH, Ada (Trust A)”."
        assert [words for _, words in question.choices] == [
            "The family name comes first: Ada MENSAH, of Trust A",
            "It is the name as it stands: MENSAH, Ada (Trust A)",
        ]

    def test_the_family_name_comes_first(self):
        upload = read(self.TEXT, {"names": "turned"})

        assert [(entry.name, entry.organisation) for entry in upload.entries] == [
            ("Ada MENSAH", "Trust A"),
            ("Bo Ray", None),
            ("Cy Roe", None),
        ]

    def test_the_organisation_of_its_own_column_counts_more(self):
        text = 'Name,Email,Organisation\n"Mensah, Ada (Trust A)",ada@example.org,Trust B\n'

        (entry,) = read(text, {"names": "turned"}).entries

        assert (entry.name, entry.organisation) == ("Ada Mensah", "Trust B")

    def test_or_it_is_as_it_stands(self):
        upload = read(self.TEXT, {"names": "whole"})

        assert [entry.name for entry in upload.entries] == ["MENSAH, Ada (Trust A)", "Ray, Bo", "Cy Roe"]

    @pytest.mark.parametrize("name", ["Smith, David", "Roe, Maria", "Ray, Mia", "MENSAH, ADA", "Llwyd, Dai"])
    def test_a_short_or_shouted_first_name_is_one_all_the_same(self, name):
        text = f'Name,Email\n"{name}",ada@example.org\n'

        last, first = name.split(", ")
        assert [question.key for question in read(text).open_questions] == ["names"]
        assert [entry.name for entry in read(text, {"names": "turned"}).entries] == [f"{first} {last}"]

    @pytest.mark.parametrize("name", ["Ada Mensah, MBE", "Bo Ray, PhD", "Cy Roe, Jr.", "Ada Mensah, RN, MSc"])
    def test_what_people_hold_behind_their_name_is_no_first_name(self, name):
        upload = read(f'Name,Email\n"{name}",ada@example.org\n')

        assert (upload.open_questions, [entry.name for entry in upload.entries]) == ([], [name])


@pytest.mark.parametrize(
    ("words", "region"),
    [("Cymru", "wales"), ("Alba", "scotland"), ("N. Ireland", "northern-ireland"), ("England", "")],
)
def test_nations_by_their_other_names(words, region):
    assert region_of(words) == region


def test_what_is_far_too_long_is_not_taken_apart():
    (problem, _) = read(f"Name,Email\nAda,{'<' * 600}a@example.org>\n").problems

    assert str(problem) == "Row 2, email: This is longer than 254 characters."
