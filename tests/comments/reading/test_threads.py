"""Reading the conversation: what is shown to whom, in which order, on which page, in two queries."""

from datetime import timedelta

import pytest

from comments.models import Comment
from comments.moderation import decisions
from comments.reading import threads
from comments.reading.threads import PAGE_SIZE, Reader
from comments.writing import authoring
from tests import make
from tests.comments.conversation import GWEN, LATER, moderator, published, says, trusted
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
VISITOR = Reader()


def read(post, number=1, reader=VISITOR, at=LATER):
    """Read a page of the conversation."""
    return threads.page(post, number, reader=reader, at=at)


def told(post, reader=VISITOR, number=1):
    """The page in short: of each thread its number, and the words of all that stands there."""
    found = read(post, number, reader)
    return [
        (thread.first.number, [one.tombstone or one.body.removeprefix("<p>")[:-4] for one in thread])
        for thread in found.threads
    ]


def many(post, number):
    """So many threads, each a minute after the one before."""
    return [
        make.comment(post, body=f"Thread {n}", created_at=NOW - timedelta(days=9) + timedelta(minutes=n))
        for n in range(1, number + 1)
    ]


def test_a_post_without_comments_has_one_empty_page():
    found = read(make.post())

    assert (found.count, found.threads, found.page.paginator.num_pages) == (0, [], 1)


def test_threads_and_replies_stand_in_the_order_in_which_they_were_written():
    post = make.post()
    second = make.comment(post, body="B", created_at=NOW)
    first = make.comment(post, body="A", created_at=NOW - timedelta(hours=1))
    make.comment(post, body="A2", thread=first, created_at=NOW + timedelta(seconds=9))
    make.comment(post, body="B1", thread=second, created_at=NOW + timedelta(seconds=8))
    make.comment(post, body="A1", thread=first, created_at=NOW + timedelta(seconds=7))
    make.comment(make.post(), body="Elsewhere")

    assert told(post) == [(1, ["A", "A1", "A2"]), (2, ["B", "B1"])]
    assert read(post).count == 5


def test_a_reply_to_a_reply_quotes_whom_it_answers():
    post, ada = make.post(), make.member("Ada")
    thread = make.comment(post, body="T")
    reply = make.comment(post, ada, body="What about nights?\n\nAnd weekends?", thread=thread)
    make.comment(post, body="They count.", thread=thread, reply_to=reply, created_at=LATER)

    _, first, second = read(post).threads[0]

    assert (first.reply_to, first.quote) == (None, "")
    assert (second.reply_to, second.quote) == (first, "What about nights? And weekends?")


def test_who_speaks_is_a_guest_an_author_or_a_member():
    ada, bo = make.member("Ada"), make.member("Bo")
    post = make.post(authors=[ada])
    for by in (ada, bo, None):
        make.comment(post, by, created_at=NOW)

    shown = [(one.first.name, one.first.is_author, one.first.is_guest) for one in read(post).threads]

    assert shown == [("Ada", True, False), ("Bo", False, False), ("Gwen", False, True)]


def test_fifty_threads_are_a_page_and_their_numbers_go_on():
    post = make.post()
    many(post, PAGE_SIZE + 2)

    assert [number for number, _ in told(post)] == list(range(1, 51))
    assert told(post, number=2) == [(51, ["Thread 51"]), (52, ["Thread 52"])]
    assert read(post).count == 52


@pytest.mark.parametrize(
    ("number", "page"), [(0, 2), (-1, 2), (99, 2), ("9" * 5000, 1), ("two", 1), ("", 1), (None, 1), ("²", 1)]
)
def test_a_number_that_makes_no_sense_is_a_page_all_the_same(number, page):
    post = make.post()
    many(post, PAGE_SIZE + 1)

    assert read(post, number).page.number == page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("removed", "This comment was removed by a moderator."),
        ("spam", "This comment was removed by a moderator."),
        ("rejected", "This comment was removed by a moderator."),
        ("withdrawn", "This comment was withdrawn by its author."),
        ("pending", "This comment is waiting for a moderator."),
    ],
)
def test_what_is_not_public_leaves_a_tombstone_where_others_have_answered_and_nothing_else(status, words):
    post = make.post()
    answered = make.comment(post, body="S3CRET", status=status)
    make.comment(post, body="Alone", status=status)
    make.comment(post, body="Reply", thread=answered)

    assert told(post) == [(1, [words, "Reply"])]
    assert read(post).count == 1
    assert read(post).threads[0].first.body == ""


def test_a_reply_that_is_gone_leaves_a_tombstone_where_a_reply_answers_it():
    post = make.post()
    thread = make.comment(post, body="T")
    gone = make.comment(post, body="S3CRET", thread=thread, status="removed")
    make.comment(post, body="Alone", thread=thread, status="removed")
    make.comment(post, body="Answer", thread=thread, reply_to=gone, created_at=LATER)

    _, tombstone, answer = read(post).threads[0]

    assert (tombstone.tombstone, answer.reply_to, answer.quote) == (threads.REMOVED, tombstone, "")


def test_only_its_author_sees_what_waits():
    post, ada = make.post(), make.member("Ada")
    waiting = make.comment(post, ada, body="Mine", status="pending")
    guests = make.comment(post, body="A guest's", status="pending", created_at=LATER)

    for reader in (VISITOR, Reader(make.member("Bo")), Reader(left=frozenset([waiting.pk]))):
        assert told(post, reader) == []
    assert told(post, Reader(ada)) == [(1, ["Mine"])]
    assert told(post, Reader(left=frozenset([guests.pk]))) == [(1, ["A guest&#x27;s"])]
    assert [one.body for one in read(post, reader=Reader(ada)).waiting] == ["<p>Mine</p>"]


def test_a_waiting_reply_keeps_its_place_below_what_is_gone():
    post, ada = make.post(), make.member("Ada")
    thread = make.comment(post, status="removed")
    make.comment(post, ada, body="Mine", thread=thread, status="pending")

    assert told(post) == []
    assert told(post, Reader(ada)) == [(1, [threads.REMOVED, "Mine"])]


def test_whoever_fell_into_the_trap_sees_their_comment_wait_until_a_moderator_says_that_it_is_spam():
    post, ada, mo = make.post(), make.member("Ada"), moderator()
    trapped = says(post, ada, "Trapped", fell_into_trap=True)
    assert told(post, Reader(ada)) == [(1, ["Trapped"])]

    decisions.publish(trapped, by=mo, at=LATER, seen=0)
    decisions.spam(trapped, by=mo, at=LATER, seen=1)

    assert told(post, Reader(ada)) == []


def test_their_own_can_be_edited_for_ten_minutes_and_withdrawn_any_time():
    post, ada = make.post(), trusted()
    says(post, ada)
    published(post, ada, "Second", at=NOW + timedelta(minutes=5))

    early, late = (
        [
            (one.first.is_mine, one.first.can_edit)
            for one in read(post, reader=Reader(ada), at=NOW + timedelta(minutes=minutes)).threads
        ]
        for minutes in (9, 12)
    )

    assert (early, late) == ([(True, True), (True, True)], [(True, False), (True, True)])
    assert [one.first.is_mine for one in read(post, reader=Reader(make.member("Bo"))).threads] == [False] * 2


def test_only_its_author_is_told_that_a_change_waits():
    post, ada = make.post(), make.member("Ada")
    comment = published(post, ada, "First words")
    authoring.edit(comment, "Other words", by=BY, at=LATER)

    hers = read(post, reader=Reader(ada)).threads[0].first
    others = read(post).threads[0].first

    assert (hers.has_pending_edit, others.has_pending_edit) == (True, False)
    assert hers.body == others.body == "<p>First words</p>"


def test_a_guest_is_led_to_their_own_page_and_nobody_else_is():
    post = make.post()
    comment = published(post, GWEN)

    hers = read(post, reader=Reader(left=frozenset([comment.pk]))).threads[0].first
    others = read(post, reader=Reader(make.member("Bo"), frozenset([comment.pk]))).threads[0].first

    assert hers.token.startswith(f"{comment.pk}-")
    assert others.token == ""


def test_a_member_sees_which_threads_they_follow():
    post, ada = make.post(), trusted()
    says(post, ada, follows=True)
    says(post, ada)

    follows = [one.first.is_followed for one in read(post, reader=Reader(ada)).threads]

    assert follows == [True, False]
    assert [one.first.is_followed for one in read(post).threads] == [False, False]


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_a_page_takes_two_queries_whatever_its_length_and_whoever_reads(number, django_assert_num_queries):
    ada = make.member("Ada")
    post = make.post(authors=[ada])
    for thread in many(post, number):
        reply = make.comment(post, ada, thread=thread)
        make.comment(post, thread=thread, reply_to=reply)

    for reader in (VISITOR, Reader(ada), Reader(left=frozenset([reply.pk]))):
        with django_assert_num_queries(2):
            assert len(read(post, reader=reader).threads) == number


def test_a_comment_is_found_on_its_page():
    post = make.post()
    *_, last = many(post, PAGE_SIZE + 1)
    first = Comment.objects.filter(post=post).earliest("created_at")
    reply = make.comment(post, thread=last)
    address = post.get_absolute_url()

    places = [threads.address_of(one, reader=VISITOR) for one in (first, last, reply)]

    assert places == [
        f"{address}#comment-{first.pk}",
        f"{address}?page=2#comment-{last.pk}",
        f"{address}?page=2#comment-{reply.pk}",
    ]


def test_what_is_shown_to_nobody_stands_nowhere():
    post, ada = make.post(), make.member("Ada")
    waiting = make.comment(post, ada, status="pending")

    assert threads.address_of(waiting, reader=VISITOR) is None
    assert (
        threads.address_of(waiting, reader=Reader(ada)) == f"{post.get_absolute_url()}#comment-{waiting.pk}"
    )


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1\xa0minute ago"),
        (timedelta(hours=5, minutes=7), "5\xa0hours, 7\xa0minutes ago"),
        (timedelta(days=430), "1\xa0year, 2\xa0months ago"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_how_long_ago_is_said_in_two_units(passed, words):
    assert threads.ago(NOW - passed, NOW) == words
