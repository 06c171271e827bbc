"""Reading the community's list: its columns, names and regions, and what is wrong by row."""

import io

import pytest

from common.spreadsheets.tables import TableRefused
from members.list_import.reading import Entry, Upload, read_list
from members.list_import.regions import region_of
from tests.members.list_import.lists import HEADINGS, read

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
        "Row 6, name: This is longer than 150 characters.",
        "Row 6, organisation: This is longer than 200 characters.",
        "Row 6, role: This is longer than 200 characters.",
        "Row 7, email: This is longer than 254 characters.",
        "Row 8, name: Enter the name without line breaks and invisible characters.",
        "ada@example.org is in rows 2 and 5 with other details. Who is it?",
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


def test_an_unknown_region_changes_nothing_and_is_said():
    upload = read("email,region\na@example.org,Atlantis\nb@example.org,scotland\n")

    assert [entry.region for entry in upload.entries] == [None, "scotland"]
    assert upload.notices == ["Not taken over, because not known as a nation or region: Atlantis."]


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


# ---- As other systems write it -----------------------------------------------------------------


def asked(text: str, **answers: str):
    """What is read of a file, with answers by the question's key (a colon is an underscore)."""
    given = {key.replace("_", ":", 1): value for key, value in answers.items()}
    return read_list(io.BytesIO(text.encode()), "list.csv", given)


def people(upload: Upload) -> list[tuple[str | None, ...]]:
    return [(one.email, one.name, one.organisation, one.role, one.region) for one in upload.entries]


MAILCHIMP = (
    "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_IP,TIMEZONE,CC,REGION,LEID,EUID,NOTES,TAGS\n"
    'ada.b@example.org,Ada,Bright,2,,Europe/London,GB,London,1,a,,"""vip"",""blog"""\n'
    "wang@example.org,\u5c0f\u660e,\u738b,2,,Europe/London,GB,ENG,1,a,,\n"
)


def test_a_mailchimp_export_says_nothing_of_regions():
    upload = asked(MAILCHIMP)

    assert people(upload) == [
        ("ada.b@example.org", "Ada Bright", None, None, None),
        ("wang@example.org", "\u738b\u5c0f\u660e", None, None, None),
    ]
    assert any("Mailchimp guesses" in notice for notice in upload.notices)
    assert upload.open_questions == []


def test_two_tickets_of_one_buyer_are_a_question_and_who_does_not_come_stays_out():
    text = (
        "Order #,First Name,Last Name,Email,Attendee Status\n"
        "1,Ada,Bright,ada.b@example.org,Attending\n1,Jo,Kim,ADA.B@example.org,Attending\n"
        "2,Iv,,,Attending\n3,Cy,Ray,cy@example.org,Not Attending\n4,Di,Sol,di@example.org,Checked In\n"
    )

    before, then = asked(text), asked(text, **{"twice_ada.b@example.org": "3"})
    neither = asked(text, **{"twice_ada.b@example.org": "-"})

    assert [one.words for one in before.open_questions] == [
        "ada.b@example.org is in rows 2 and 3 with other details. Who is it?"
    ]
    assert [words for _, words in before.open_questions[0].choices] == [
        *("Row 2: Ada Bright", "Row 3: Jo Kim", "Leave it out")
    ]
    assert [one.name for one in before.entries] == ["Di Sol"]
    assert [one.name for one in then.entries] == ["Jo Kim", "Di Sol"]
    assert [one.name for one in neither.entries] == ["Di Sol"]
    assert [str(one) for one in before.problems] == ["Row 4, email: There is no email address."]
    assert before.ended == ["cy@example.org"]
    assert "Left out, because of their status: Not Attending (1)." in before.notices


def test_rows_of_one_address_that_do_not_differ_are_put_together():
    upload = asked("email,name,role\na@example.org,Ada,\nA@example.org,ada,Nurse\n")

    assert people(upload) == [("a@example.org", "Ada", None, "Nurse", None)]


def test_a_status_that_nobody_knows_is_asked_about():
    text = "email,name,Membership status\na@example.org,A,Gold\nb@example.org,B,Lapsed\nc@example.org,C,\n"

    before = asked(text)
    in_, out = asked(text, status_Gold="in"), asked(text, status_Gold="out")

    assert [one.words for one in before.open_questions] == ["What does the status \u201cGold\u201d mean (1)?"]
    assert [one.email[0] for one in in_.entries] == ["a", "c"]
    assert [one.email[0] for one in out.entries] == ["c"]
    assert (in_.ended, out.ended) == (["b@example.org"], ["a@example.org", "b@example.org"])


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ID,Email,Firstname,Lastname,Company,Position\n7,z@e.org,Zo\u00eb,Bront\u00eb,Ward 6,Nurse\n",
         ("z@e.org", "Zo\u00eb Bront\u00eb", "Ward 6", "Nurse", None)),
        ("Work email,Full Name,Employer\nz@e.org,Zo,Ward 6\n", ("z@e.org", "Zo", "Ward 6", None, None)),
        ("ID,Start time,Completion time,Email,Name,Work email,Your name\n1,x,y,anonymous,,z@e.org,Zo\n",
         ("z@e.org", "Zo", None, None, None)),
        ("Given Name,Family Name,E-mail 1 - Value,Organization 1 - Name,Organization 1 - Title\n"
         "Zo,B,z@e.org,W,N\n",
         ("z@e.org", "Zo B", "W", "N", None)),
        ("Email\nZo B <Z@e.org>\n", ("z@e.org", "Zo B", None, None, None)),
        ('Email\n"""B, Zo"" <z@e.org>"\n', ("z@e.org", "B, Zo", None, None, None)),
        ("Email\nmailto:z@e.org\n", ("z@e.org", None, None, None, None)),
        ("First,Last,E-mail Address,Job Title\n'+1,B,z@e.org,'=Nurse\n",
         ("z@e.org", "+1 B", None, "=Nurse", None)),
    ],
)  # fmt: skip
def test_headings_of_other_systems_are_known(text, person):
    assert people(asked(text)) == [person]


def test_headings_that_nobody_knows_are_asked_about():
    text = "Contact,Called,Ward\na@example.org,Ada,Ward 6\nb@example.org,Bo,\n"

    before = asked(text)
    then = asked(text, column_email="contact", column_name="called", column_organisation="ward")

    assert [(one.key, one.is_open) for one in before.questions] == [
        ("column:email", True),
        *((f"column:{name}", False) for name in ("name", "organisation", "role", "region", "status")),
    ]
    assert before.questions[0].choices[0] == ("contact", "Contact (for example a@example.org, b@example.org)")
    assert before.entries == []
    assert people(then) == [
        ("a@example.org", "Ada", "Ward 6", None, None),
        ("b@example.org", "Bo", None, None, None),
    ]
    assert then.open_questions == []
    assert then.questions[0].answer_in_words == "Contact"


def test_a_file_without_anything_like_an_address_is_refused():
    assert refusal("name\nAda\n") == ['There is no column "email". The first row must hold the headings.']


def test_one_bad_address_among_many_leaves_the_others():
    rows = [f"p{number}@example.org,P" for number in range(200)]
    rows[77] = "p77 at example.org,P"

    upload = asked("email,name\n" + "\n".join(rows))

    assert len(upload.entries) == 199
    assert [str(one) for one in upload.problems] == [
        'Row 79, email: "p77 at example.org" is not an email address.'
    ]
