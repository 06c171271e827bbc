"""Comments as they are kept for all: what changes is seen at once, and nobody sees what is another's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timesince import timesince

from blog.models import Author
from comments.models import Comment
from comments.moderation import decisions
from comments.reading import articles, threads
from comments.writing import authoring
from tests import make
from tests.comments.conversation import fresh, moderator, published, trusted
from tests.comments.pages import part
from tests.make import BY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def said():
    """A reply to the reply of somebody, below a comment of somebody else."""
    thread = make.comment(make.post(), make.member("Ada"), body="First words")
    reply = make.comment(thread.post, make.member("Bo"), body="What about nights?", thread=thread)
    return make.comment(thread.post, make.member("Cy"), body="They count.", thread=thread, reply_to=reply)


def seen(comment, client=None):
    """What a page shows of a comment, in one line; ``None`` where it is not there."""
    page = (client or Client()).get(comment.post.get_absolute_url())
    return part(page, f"comment-{comment.pk}")


def edited(comment):
    Comment.objects.filter(pk=comment.pk).update(body="Other words", edited_at=LATER)


def removed(comment):
    decisions.remove(comment, by=moderator(), at=LATER, seen=comment.version, reason="unkind")


def withdrawn(comment):
    authoring.withdraw(comment, by=BY, at=LATER)


def redacted(comment):
    decisions.redact(comment, "Words", by=moderator(), at=LATER, seen=comment.version)


def renamed(comment):
    comment.member.name = "Another name"
    comment.member.save()


def made_author(comment):
    Author.objects.create(post=comment.post, member=comment.member)


def closed(comment):
    comment.post.comment_policy = "closed"
    comment.post.save()


def another_before(comment):
    make.comment(comment.post, created_at=NOW - timedelta(days=1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (edited, "Other words"),
        (removed, "This comment was removed by a moderator."),
        (withdrawn, "This comment was withdrawn by its author."),
        (redacted, "Personal data was taken out by the team."),
        (renamed, "Another name"),
        (made_author, "Author"),
        (another_before, "2 Ada"),
    ],
)
def test_what_becomes_of_a_comment_is_seen_at_once(said, act, words):
    thread = said.thread
    before = seen(thread)

    act(thread)

    after = seen(fresh(thread))
    assert words not in before
    assert words in after


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (edited, "In answer to Bo: Other words"),
        (removed, "In answer to a comment that is gone"),
        (renamed, "In answer to Another name: What about nights?"),
    ],
)
def test_what_becomes_of_a_reply_is_seen_where_it_is_answered(said, act, words):
    before = seen(said)

    act(said.reply_to)

    assert "In answer to Bo: What about nights?" in before
    assert words in seen(said)


def test_a_comment_that_answers_nothing_shown_is_gone_with_its_words(said):
    assert "They count." in seen(said)

    removed(said)

    assert seen(said) is None
    assert "They count." not in Client().get(said.post.get_absolute_url()).text


def test_no_comment_can_be_answered_once_comments_are_closed(said):
    assert "Reply" in seen(said)

    closed(said)

    assert "Reply" not in seen(said)


@pytest.mark.slow
def test_each_reader_has_what_is_theirs_to_do_and_nobody_else_has():
    ada, bo = trusted("Ada"), make.member("Bo")
    comment = published(make.post(), ada, at=NOW)
    hers, his, visitor = Client(), Client(), Client()
    hers.force_login(ada)
    his.force_login(bo)

    shown = {name: seen(comment, one) for name, one in (("ada", hers), ("bo", his), ("visitor", visitor))}

    acts = {name: re.findall("Edit|Withdraw|Report", text) for name, text in shown.items()}
    assert acts == {"ada": ["Edit", "Withdraw"], "bo": ["Report"], "visitor": ["Report"]}


@pytest.mark.slow
def test_the_button_that_follows_carries_the_token_of_who_reads_and_says_what_it_does():
    ada, bo = make.member("Ada"), make.member("Bo")
    comment = make.comment(make.post(), make.member("Cy"))
    hers, his = Client(), Client()
    hers.force_login(ada)
    his.force_login(bo)
    hers.post(f"{comment.get_absolute_url()}follow/")

    pages = [client.get(comment.post.get_absolute_url()).text for client in (hers, his, Client())]

    forms = [re.findall(r'<form class="comment-follow".*?</form>', page, re.DOTALL) for page in pages]
    assert ["Stop emails" in form for (form,) in forms[:2]] == [True, False]
    assert forms[2] == []
    for (form,), page in zip(forms[:2], pages, strict=False):
        tokens = set(re.findall(r'name="typed_by" value="([^"]+)"', page))
        assert re.findall(r'name="typed_by" value="([^"]+)"', form) == list(tokens)


def test_what_was_just_done_is_said_once_and_to_its_reader_only():
    ada = make.member("Ada")
    comment = make.comment(make.post(), make.member("Bo"))
    hers = Client()
    hers.force_login(ada)
    hers.post(f"{comment.get_absolute_url()}follow/")

    told = [seen(comment, one) for one in (Client(), hers, hers)]

    assert ["We will email you" in text for text in told] == [False, True, False]


def test_how_long_ago_it_was_is_told_anew_of_a_comment_that_is_kept(said):
    told = []
    for minutes in (1, 2, 90):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            told.append(seen(said))

    plain = [text.replace("\N{NO-BREAK SPACE}", " ") for text in told]
    words = ["1 minute ago", "2 minutes ago", "1 hour, 30 minutes ago"]
    assert [one in text for one, text in zip(words, plain, strict=True)] == [True] * 3


def test_a_comment_is_written_once_for_all(monkeypatch, said):
    seen(said)
    monkeypatch.setattr(articles, "COMMENT", "comments/there_is_no_such_template.html")

    assert "They count." in seen(said)


@pytest.mark.parametrize("seconds", [0, 1, 59])
@pytest.mark.parametrize(
    "passed",
    [
        *(timedelta(minutes=n) for n in (1, 2, 59, 60, 61)),
        *(timedelta(hours=n) for n in (23, 24, 25, 47, 48, 167, 168, 169)),
        *(
            timedelta(days=n)
            for n in (7, 8, 13, 14, 27, 28, 29, 30, 31, 32, 58, 59, 60, 364, 365, 366, 400, 731)
        ),
        timedelta(days=30, hours=23, minutes=59),
        timedelta(days=6, hours=23, minutes=59),
    ],
)
def test_how_long_ago_is_what_django_says(passed, seconds):
    at = NOW + passed + timedelta(seconds=seconds)

    assert threads.ago(NOW, at) == f"{timesince(NOW, at)} ago"
