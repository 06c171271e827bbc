"""What waits for moderators and editors: for whom it is shown, and what it says."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from team.front.comments import waiting as waiting_comments
from tests import make
from tests.comments.conversation import moderator
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def page(member):
    client = Client()
    client.force_login(member)
    return client.get("/team/")


def lines(member):
    """The words of each line of what to do, and where it leads."""
    found = re.findall(r'class="todo-link" href="([^"]+)">([^<]+)', page(member).text)
    return [(words, path) for path, words in found]


def test_a_moderator_sees_what_waits_for_them():
    post = make.post()
    make.comment(post, status="pending", created_at=NOW - timedelta(hours=3))
    make.comment(post, pending_body="New")
    make.comment(post, status="rejected", appealed_at=NOW)
    make.comment(post).reports.create(reason="spam", created_at=NOW)
    make.post(status="review")

    assert lines(moderator()) == [
        ("2 comments wait for a moderator", "/team/moderation/"),
        ("1 author asks to look again at a decision", "/team/moderation/?queue=again"),
        ("1 comment is reported", "/team/moderation/?queue=reported"),
    ]
    assert "The oldest has waited for 3 hours." in page(moderator()).text


def test_a_broken_promise_is_said():
    make.comment(make.post(), status="pending", created_at=NOW - timedelta(days=4))

    assert "Longer than one working day, which we promise" in page(moderator()).text


def test_the_promise_is_kept_or_broken_for_each_line_of_its_own():
    post, long_ago = make.post(), NOW - timedelta(days=9)
    make.comment(post, status="pending", created_at=NOW - timedelta(hours=3))
    make.comment(post, status="rejected", status_changed_at=long_ago, appealed_at=NOW - timedelta(days=4))
    make.comment(post).reports.create(reason="spam", created_at=NOW - timedelta(hours=5))

    assert [(line.detail, line.is_late) for line in waiting_comments(moderator(), at=NOW)] == [
        ("The oldest has waited for 3 hours.", False),
        ("The oldest has waited for 4 days.", True),
        ("The oldest has waited for 5 hours.", False),
    ]


def appealed(post, by, at):
    """A comment that somebody did not publish, and whose author asks to look again."""
    comment = make.comment(post, status="rejected", status_changed_at=at, appealed_at=at)
    comment.decisions.create(kind="reject", by=by, at=at)


@pytest.mark.parametrize("number", [1, 30])
def test_what_they_decided_themselves_waits_for_another(number, django_assert_num_queries):
    mo, nia, post = moderator("Mo"), moderator("Nia"), make.post()
    for _ in range(number):
        appealed(post, mo, NOW - timedelta(hours=9))
    appealed(post, nia, NOW - timedelta(hours=2))

    with django_assert_num_queries(4):
        (hers,) = waiting_comments(mo, at=NOW)

    assert (hers.text, hers.detail) == (
        "1 author asks to look again at a decision",
        "The oldest has waited for 2 hours.",
    )
    (anothers,) = waiting_comments(nia, at=NOW)
    assert anothers.text.startswith(f"{number} author")
    assert anothers.detail == "The oldest has waited for 9 hours."


def test_where_all_is_left_to_another_nothing_waits_for_them():
    mo, post = moderator("Mo"), make.post()
    appealed(post, mo, NOW)
    assert len(waiting_comments(mo, at=NOW)) == 1

    moderator("Nia")

    assert waiting_comments(mo, at=NOW) == []


def test_an_editor_sees_posts_in_review_and_scheduled_ones():
    make.post(status="review", published_at=None)
    for _ in range(2):
        make.post(published_at=NOW + timedelta(days=1))
    make.comment(make.post(), status="pending")

    assert lines(people.staff("Blog editor")) == [
        ("1 post is in review", "/team/posts/?status=review"),
        ("2 posts are scheduled", "/team/posts/?status=scheduled"),
    ]


def test_where_nothing_waits_it_says_what_will_be_there():
    text = page(people.admin()).text

    assert "No comment waits." in text
    assert "No post is in review, and none is scheduled." in text
    assert "/admin/" in text


def test_staff_without_rights_are_led_to_the_admin():
    answer = page(people.staff())

    assert answer.status_code == 200
    assert "/admin/" in answer.text
    assert "Moderation" not in answer.text


def test_a_member_may_not_and_a_visitor_logs_in():
    assert page(make.member()).status_code == 403
    assert Client().get("/team/")["Location"] == "/accounts/login/?next=/team/"


@pytest.mark.parametrize(("who", "is_shown"), [("staff", True), ("member", False)])
def test_the_head_leads_there_for_the_team(who, is_shown):
    client = Client()
    client.force_login(people.staff() if who == "staff" else make.member())

    assert ('href="/team/"' in client.get("/contact/").text) == is_shown
