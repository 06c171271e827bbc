"""What an edit changes, how long somebody has waited, which buttons a comment has."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comments.models import Decision
from comments.moderation.canned_replies import WORDS, words_for
from comments.notices import UNDO_TIME
from common.word_changes import Piece
from team import response_time
from team.moderation.actions import actions
from team.moderation.text_changes import changes
from tests import make
from tests.make import NOW

UK = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 where the team works; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UK)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (at(2, 10), at(3, 10)),
        (at(5, 23, 59), at(6, 23, 59)),
        (at(6, 15), at(9, 15)),
        (at(7, 15), at(10, 0)),
        (at(8, 23), at(10, 0)),
    ],
    ids=["Monday", "Thursday night", "Friday", "Saturday", "Sunday"],
)
def test_somebody_looks_within_one_working_day(since, until):
    assert response_time.due(since) == until
    assert not response_time.is_broken(since, until)
    assert response_time.is_broken(since, until + timedelta(seconds=1))


def test_the_same_time_of_the_next_day_is_on_the_clock_when_clocks_change():
    before = datetime(2026, 3, 27, 12, tzinfo=UK)

    assert response_time.due(before) == datetime(2026, 3, 30, 12, tzinfo=UK)


def test_where_nothing_waits_no_promise_is_broken():
    assert not response_time.is_broken(None, NOW)
    assert response_time.waited(None, NOW) == ""


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=5, minutes=59), "5 hours"),
        (timedelta(days=3, hours=2), "3 days"),
    ],
)
def test_how_long_somebody_has_waited_is_said_in_one_unit(ago, words):
    assert response_time.waited(NOW - ago, NOW) == words


def test_an_edit_is_shown_word_by_word():
    assert changes("We asked all the nurses.", "We asked most of the nurses.") == [
        Piece("same", "We asked "),
        Piece("removed", "all"),
        Piece("added", "most of"),
        Piece("same", " the nurses."),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "All new"),
        ("Gone", ""),
        ("  two  spaces\n\nand lines ", "two spaces\nand lines"),
        ("a " * 2500, "b a " * 1250),
        ("<b>&amp;</b>", "<i>\ud83d\ude00</i>"),
    ],
)
def test_the_parts_of_an_edit_are_both_texts(old, new):
    parts = changes(old, new)

    assert "".join(part.words for part in parts if part.kind != "added") == old
    assert "".join(part.words for part in parts if part.kind != "removed") == new


def names(comment, *, is_reported=False, moment=NOW):
    return [act.name for act in actions(comment, is_reported=is_reported, at=moment)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_reported", "expected"),
    [
        ({"status": "pending"}, False, ["publish", "reply", "reject", "spam", "redact"]),
        ({"status": "spam"}, False, ["publish", "reply", "reject", "redact"]),
        ({"status": "rejected"}, False, ["publish", "spam", "redact"]),
        ({"status": "removed", "appealed_at": NOW}, False, ["publish", "reject", "spam", "redact"]),
        ({"status": "withdrawn"}, False, []),
        ({}, False, ["remove", "spam", "redact"]),
        ({}, True, ["keep", "remove", "spam", "redact"]),
        ({"pending_body": "New"}, False, ["publish", "reject", "remove", "spam", "redact"]),
        ({"pending_body": "New"}, True, ["publish", "reject", "keep", "remove", "spam", "redact"]),
    ],
)
def test_a_comment_has_the_buttons_that_its_state_allows(fields, is_reported, expected):
    comment = make.comment(make.post(), **fields)

    assert names(comment, is_reported=is_reported) == expected


@pytest.mark.django_db
def test_no_key_stands_twice_on_a_comment():
    for fields in ({"status": "pending"}, {}, {"pending_body": "New"}, {"status": "spam"}):
        comment = make.comment(make.post(), **fields)
        keys = [act.key for act in actions(comment, is_reported=True, at=NOW) if act.key]

        assert len(keys) == len(set(keys)), fields


@pytest.mark.django_db
def test_nobody_replies_where_comments_are_closed():
    comment = make.comment(make.post(comment_policy="closed"), status="pending")

    assert "reply" not in names(comment)


def test_each_reason_but_another_one_has_usual_words_that_fit_the_form():
    assert set(WORDS) == set(Decision.Reason.values)
    assert [reason for reason, words in WORDS.items() if not words] == ["other"]
    assert all(len(words) < 500 for words in WORDS.values())
    assert words_for("unheard-of") == ""


def test_the_page_promises_the_time_that_the_letters_keep():
    assert timedelta(minutes=10) == UNDO_TIME  # "ten minutes later" stands in templates/team/moderation/
