"""The box: what it asks of whom, and how it tells the rules in which way it was sent."""

from datetime import timedelta
from uuid import UUID

import pytest

from comments.forms import CommentForm, ReportForm
from comments.writing.authoring import MAX_BODY_CHARS, Guest
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
GUEST = {"name": "Gwen", "email": "gwen@guests.example"}


def box(member=None, at=NOW, **data):
    """A box that was sent."""
    blank = CommentForm(member=member, at=NOW)
    unseen = {name: blank[name].value() for name in ("submission", "opened")}
    return CommentForm({"body": "Thank you."} | unseen | data, member=member, at=at)


def test_a_member_is_asked_for_their_words_only_and_a_guest_for_name_and_address_too():
    assert list(CommentForm(member=make.member(), at=NOW).fields)[:2] == ["body", "follows"]
    assert list(CommentForm(member=None, at=NOW).fields)[:4] == ["body", "name", "email", "follows"]


def test_whose_words_they_are():
    ada = make.member("Ada")
    members, guests = box(ada), box(**GUEST)

    assert (members.is_valid(), guests.is_valid()) == (True, True)
    assert (members.by, guests.by) == (ada, Guest("Gwen", "gwen@guests.example"))


def test_nothing_typed_is_said_beside_each_field():
    assert box(body="  \n").errors == {
        "body": ["Write your comment."],
        "name": ["Enter your name"],
        "email": ["Enter your email address"],
    }


@pytest.mark.parametrize("name", ["\u202eneG", "a\nb", "\u200b", "a" * 151])
def test_a_name_that_nobody_can_read_is_refused(name):
    assert list(box(**(GUEST | {"name": name})).errors) == ["name"]


@pytest.mark.parametrize(
    "email", ["gwen", "a@b", "gwen@guests.example\nBcc: x", "ſam@a.example", "a@münchen.example"]
)
def test_an_address_that_no_mail_of_ours_reaches_is_refused(email):
    assert list(box(**(GUEST | {"email": email})).errors) == ["email"]


def test_a_comment_has_five_thousand_characters_and_a_line_break_is_one():
    assert box(**GUEST, body="a\r\n" * (MAX_BODY_CHARS // 2)).errors == {}
    assert box(**GUEST, body="a" * (MAX_BODY_CHARS + 1)).errors == {
        "body": ["A comment can have 5,000 characters. Shorten it, or post it in two parts."]
    }


@pytest.mark.parametrize("body", ["a\x00b", "a\x1bb", "a\u202eb"])
def test_what_cannot_be_seen_is_refused(body):
    assert list(box(**GUEST, body=body).errors) == ["body"]


def sent(form, post=None, reply_to=None):
    """How the rules are told that a box was sent."""
    assert form.is_valid(), form.errors
    return form.sent(post or make.post(), reply_to)


def test_the_rules_are_told_how_it_was_sent():
    told = sent(box(**GUEST, at=NOW + timedelta(seconds=40), follows="on"))

    assert (told.took, told.fell_into_trap, told.follows) == (timedelta(seconds=40), False, True)


def test_the_trap_is_told_and_never_said():
    form = box(**GUEST, website="https://buy.example\x00")

    assert sent(form).fell_into_trap
    assert form.errors == {}


@pytest.mark.parametrize("opened", ["", "1", "1:x", "9" * 5000, "²:²"])
def test_a_made_up_moment_of_opening_is_no_time_at_all(opened):
    assert sent(box(**GUEST, opened=opened)).took == timedelta(0)


def test_the_same_box_with_the_same_words_is_one_submission_and_anything_else_another():
    post, one, other = (
        make.post(),
        "9f2c3a7e-0000-4000-8000-000000000001",
        "9f2c3a7e-0000-4000-8000-000000000002",
    )
    answered = make.comment(post)
    first = sent(box(**GUEST, submission=one), post).submission

    assert first == sent(box(**GUEST, submission=one), post).submission
    assert first not in {
        sent(box(**GUEST, submission=other), post).submission,
        sent(box(**GUEST, submission=one, body="Besides"), post).submission,
        sent(box(**GUEST, submission=one), post, answered).submission,
        sent(box(**GUEST, submission=one), make.post()).submission,
        sent(box(**(GUEST | {"email": "else@guests.example"}), submission=one), post).submission,
        sent(box(make.member(), submission=one), post).submission,
        UUID(one),
    }


@pytest.mark.parametrize("submission", ["", "x", "9" * 5000, "{}"])
def test_a_made_up_id_is_no_error(submission):
    assert sent(box(**GUEST, submission=submission)).submission


def test_before_logging_in_only_the_words_matter():
    assert box(body="").is_valid_to_log_in()
    assert box(body="Some", email="none").is_valid_to_log_in()
    assert not box(body="a" * 5001).is_valid_to_log_in()


def test_a_report_needs_a_reason_and_no_words():
    assert ReportForm({"reason": "unkind"}).is_valid()
    assert ReportForm({"words": "Look."}).errors == {"reason": ["Choose what is wrong with it"]}
    assert list(ReportForm({"reason": "worse"}).errors) == ["reason"]
