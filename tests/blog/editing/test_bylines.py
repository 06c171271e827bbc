"""Authors as an editor writes them."""

import pytest
from django.core.exceptions import ValidationError

from blog.editing import bylines
from blog.editing.saving import Byline
from blog.models import Author
from members.models import Member
from tests import make
from tests.found import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db) -> Member:
    return make.member("Ada Lovelace", email="ada@example.org")


def refused(text):
    with pytest.raises(ValidationError) as refusal:
        bylines.parse_bylines(text)
    return refusal.value.messages[0]


@pytest.mark.parametrize(
    "line", ["Ada Lovelace", " ada  LOVELACE ", "ada@example.org", "ADA@Example.org", "Anything (#{pk})"]
)
def test_a_member_is_found_by_name_address_or_number(ada, line):
    line = line.format(pk=ada.pk)

    assert bylines.parse_bylines(line, known={ada.pk}) == [Byline(member=ada)]
    assert bylines.parse_bylines(f"{line}, Nurse, Ward 7", known={ada.pk}) == [
        Byline(ada, role="Nurse, Ward 7")
    ]


def test_numbers_find_nobody_but_those_who_are_authors_already(ada):
    bo = make.member("Bo")

    assert "There is nobody here" in refused(f"Bo (#{bo.pk})")
    with pytest.raises(ValidationError):
        bylines.parse_bylines(f"Bo (#{bo.pk})", known={ada.pk})


def test_a_closed_account_is_not_found(ada):
    type(ada).objects.update(is_active=False)

    assert "There is nobody here" in refused("ada@example.org")
    assert bylines.parse_bylines("Ada Lovelace") == [Byline(name="Ada Lovelace")]


def test_whoever_is_not_found_by_their_name_is_a_name(ada):
    assert bylines.parse_bylines("Ada\n\n  Flo Nightingale , Ward 7\r\nנוֹעָה, אחות\n") == [
        Byline(name="Ada"),
        Byline(name="Flo Nightingale", role="Ward 7"),
        Byline(name="נוֹעָה", role="אחות"),
    ]


def test_nobody_is_nobody():
    assert bylines.parse_bylines(" \n\n") == []


def test_what_is_written_is_read_as_the_same(ada):
    post = make.post()
    for position, (member, name, role) in enumerate(
        [(ada, "", "Nurse, Ward 7"), (None, "Flo", ""), (make.member("Flo"), "", "")]
    ):
        Author.objects.create(post=post, member=member, name=name, role=role, position=position)

    text = bylines.written(post.authors.select_related("member"))

    assert (
        text == f"Ada Lovelace (#{ada.pk}), Nurse, Ward 7\nFlo\nFlo (#{found(post.authors.last()).member_id})"
    )
    known = set(post.authors.values_list("member_id", flat=True))
    again = bylines.parse_bylines(text.replace("\nFlo\n", "\n"), known=known)
    assert [one.role for one in again] == ["Nurse, Ward 7", ""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nobody@example.org", "There is nobody here with the address “nobody@example.org”."),
        ("Ada (#999999999999999999)", "There is nobody here with the address"),
        ("Bo", "Several people are called “Bo”."),
        (", Nurse", "“, Nurse” has no name before the comma."),
        ("\u200b, Nurse", "has no name before the comma."),
        ("a" * 151, "a name has at most 150 characters"),
        ("Flo, " + "a" * 201, "a role 200"),
        ("Flo\n" * 21, "Name at most 20 authors; there are 21 lines."),
        ("ada@example.org\nAda Lovelace", "“Ada Lovelace” stands twice."),
        ("a" * 100_000, "a name has at most 150 characters"),
    ],
)
def test_what_names_nobody_is_refused_in_words(ada, text, told):
    make.member("Bo")
    make.member("Bo")

    assert told in refused(text)


def test_a_refusal_names_nobody_who_is_here(ada):
    assert "ada" not in refused("Ada (#999999999)").lower().replace("ada (#999999999)", "")
