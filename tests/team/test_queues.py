"""What stands in which queue, in which order, and how many; what an address asks for."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from blog.models import Post
from comments.moderation import appeals, decisions
from members.models import Member
from team.moderation import queues
from team.moderation.queues import Asked, Queue
from tests import make
from tests.comments.conversation import GWEN, moderator, published, says
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def bodies(queue, **asked):
    return [one.body for one in queues.comments(Asked(queue, **asked))]


@pytest.fixture
def post() -> Post:
    return make.post()


@pytest.fixture
def mo() -> Member:
    return moderator("Mo")


def reject(comment, mo, at=NOW):
    return decisions.reject(
        comment, by=mo, at=at, seen=comment.version, reason="off-topic", words="Not here."
    )


@pytest.mark.slow
def test_pending_has_comments_and_edits_that_wait_the_longest_wait_first(post):
    make.comment(post, status="pending", body="Second", created_at=NOW - MINUTE)
    make.comment(post, body="First", pending_body="First!", created_at=NOW - 2 * MINUTE)
    make.comment(post, body="Public")
    make.comment(post, status="rejected", pending_body="", body="Rejected")

    assert bodies(Queue.PENDING) == ["First", "Second"]


def test_asked_again_has_decisions_that_nobody_has_looked_at_again(post, mo):
    for body, minutes in (("Later", 2), ("Sooner", 1)):
        comment = says(post, GWEN, body)
        reject(comment, mo)
        appeals.appeal(comment, "Please.", by=BY, at=NOW + minutes * MINUTE)
    reject(says(post, GWEN, "Silent"), mo)

    assert bodies(Queue.APPEALS) == ["Sooner", "Later"]


def test_who_was_looked_at_again_is_no_longer_there(post, mo):
    comment = says(post, GWEN)
    reject(comment, mo)
    comment = appeals.appeal(comment, "Please.", by=BY, at=NOW + MINUTE)

    reject(comment, moderator("Nia"), at=NOW + 2 * MINUTE)

    assert bodies(Queue.APPEALS) == []


def test_reported_has_each_published_comment_once_the_first_report_first(post, mo):
    late, early, gone, kept = (make.comment(post, body=body) for body in ("Late", "Early", "Gone", "Kept"))
    for minutes, comment in enumerate((early, late, early, gone, kept)):
        comment.reports.create(reason="spam", created_at=NOW + minutes * MINUTE)
    decisions.spam(gone, by=mo, at=NOW, seen=0)
    decisions.keep(kept, by=mo, at=NOW, seen=0)

    assert bodies(Queue.REPORTED) == ["Early", "Late"]


def test_a_report_of_what_its_author_withdrew_is_nothing_to_decide(post):
    comment = make.comment(post, status="withdrawn", published_at=NOW)
    comment.reports.create(reason="spam", created_at=NOW)

    assert bodies(Queue.REPORTED) == []
    assert queues.counts().reported == 0


def test_spam_has_the_newest_first(post):
    make.comment(post, status="spam", body="Old", created_at=NOW - MINUTE)
    make.comment(post, status="spam", body="New")

    assert bodies(Queue.SPAM) == ["New", "Old"]


def test_one_query_counts_all_queues(post, mo, django_assert_num_queries):
    make.comment(post, status="pending", created_at=NOW - MINUTE)
    make.comment(post, status="spam", created_at=NOW - 5 * MINUTE)
    comment = says(post, GWEN, "Again")
    reject(comment, mo)
    appeals.appeal(comment, "", by=BY, at=NOW + MINUTE)
    reported = published(post, mo=mo)
    reported.reports.create(reason="spam", created_at=NOW - 9 * MINUTE, settled_by=reported.decisions.get())
    for minutes in (4, 3):
        reported.reports.create(reason="spam", created_at=NOW - minutes * MINUTE)

    with django_assert_num_queries(1):
        counts = queues.counts()

    assert counts == queues.Counts(
        pending=1,
        again=1,
        reported=1,
        spam=1,
        pending_since=NOW - MINUTE,
        again_since=NOW + MINUTE,
        reported_since=NOW - 4 * MINUTE,
    )
    assert [counts.since(queue) for queue in (Queue.REPORTED, Queue.SPAM, Queue.DECISIONS)] == [
        NOW - 4 * MINUTE,
        None,
        None,
    ]


def test_nothing_is_counted_where_nothing_is():
    assert queues.counts() == queues.Counts(0, 0, 0, 0)


def test_a_queue_of_one_post_has_and_counts_that_posts_comments_only(post):
    make.comment(post, status="pending", body="Here")
    make.comment(make.post("Another"), status="pending", body="There")

    assert bodies(Queue.PENDING, post=post.pk) == ["Here"]
    assert queues.counts(post.pk).pending == 1


def test_a_filter_offers_the_posts_that_the_queue_has_something_of_and_the_one_asked_for(post):
    make.comment(post, status="pending")
    make.comment(make.post("Of spam"), status="spam")
    asked_for = make.post("Asked for")
    make.comment(asked_for)

    assert list(queues.posts(Asked())) == [(post.pk, "Rota as kindness")]
    assert list(queues.posts(Asked(post=asked_for.pk))) == [
        (asked_for.pk, "Asked for"),
        (post.pk, "Rota as kindness"),
    ]


def test_a_filter_tells_no_moderator_the_title_of_a_post_that_has_no_comment(post):
    draft = make.post("Not out yet", status="draft", published_at=None)

    assert list(queues.posts(Asked(post=draft.pk))) == []


def test_the_log_offers_the_posts_about_which_something_was_decided(post, mo):
    published(post, mo=mo)
    make.comment(make.post("Undecided"), status="pending")

    assert list(queues.posts(Asked(Queue.DECISIONS))) == [(post.pk, "Rota as kindness")]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("", Asked()),
        ("queue=spam&post=4&page=2", Asked(Queue.SPAM, 4, 2)),
        ("queue=nothing&post=all&page=last", Asked()),
        ("queue=&post=-1&page=0", Asked()),
        (f"post={'9' * 40}&page={'9' * 40}", Asked()),
        ("queue=%00&post=%00&page=%D9%A3", Asked()),
    ],
)
def test_an_address_asks_for_a_queue_whatever_stands_in_it(address, asked):
    assert queues.parse_query(QueryDict(address)) == asked


def test_an_address_is_read_back_as_it_was_written():
    asked = Asked(Queue.REPORTED, post=7, page=3)

    assert asked.address == "/team/moderation/?queue=reported&post=7&page=3"
    assert queues.read_address(f"{asked.address}#comment-4") == asked
    assert queues.read_address(Asked().address) == Asked()
    assert queues.read_address("/team/moderation/7/") is None


def test_the_tab_of_another_queue_keeps_the_post_and_begins_at_its_first_page():
    asked = Asked(Queue.PENDING, post=7, page=3)

    assert asked.address_of(Queue.SPAM) == "/team/moderation/?queue=spam&post=7"
    assert asked.address_of(Queue.PENDING) == "/team/moderation/?post=7"


def test_a_page_that_is_not_there_any_more_is_the_last_one(post):
    for _ in range(queues.PAGE_SIZE + 1):
        make.comment(post, status="pending")

    page = queues.page_of(Asked(page=9), queues.PAGE_SIZE + 1)

    assert (page.number, len(page)) == (2, 1)


def test_the_log_has_the_newest_decision_first(post, mo):
    comment = says(post, GWEN)
    first = reject(comment, mo)
    second = decisions.undo(first, by=mo, at=NOW + MINUTE)
    make.comment(make.post(), status="pending")

    assert list(queues.decision_log(Asked(Queue.DECISIONS))) == [second, first]
    assert list(queues.decision_log(Asked(Queue.DECISIONS, post=make.post().pk))) == []
