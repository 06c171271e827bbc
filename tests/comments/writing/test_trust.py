"""Who speaks at once, and whose comments wait (P6)."""

from datetime import timedelta

import pytest

from comments.models import Comment
from comments.moderation import decisions
from members.models import SiteSettings
from tests import make
from tests.comments.conversation import GWEN, moderator, published, says, trusted
from tests.make import NOW

pytestmark = pytest.mark.django_db
Status = Comment.Status


def became(comment):
    return comment.status, comment.held_for


def test_a_guest_waits():
    assert became(says(make.post(), GWEN)) == (Status.PENDING, "guest")


def test_a_member_waits_until_one_of_their_comments_was_published():
    post, ada, mo = make.post(), make.member("Ada"), moderator()

    first = says(post, ada)
    second = says(post, ada)
    decisions.publish(first, by=mo, at=NOW, seen=0)
    third = says(post, ada)

    assert [became(one) for one in (first, second, third)] == [
        (Status.PENDING, "newcomer"),
        (Status.PENDING, "newcomer"),
        (Status.PUBLISHED, ""),
    ]


def test_what_others_have_said_makes_nobody_trusted():
    post = make.post()
    make.comment(post, make.member("Bo"))

    assert became(says(post, make.member("Ada"))) == (Status.PENDING, "newcomer")


def test_a_comment_of_somebody_else_that_was_taken_away_takes_nothing_back():
    post, ada, mo = make.post(), trusted(), moderator()
    bos = published(post, trusted("Bo"), mo=mo)

    decisions.remove(bos, by=mo, at=NOW, seen=bos.version, reason="unkind")

    assert became(says(post, ada)) == (Status.PUBLISHED, "")


@pytest.mark.parametrize("membership", ["waiting", "declined", "ended"])
def test_who_is_no_member_waits_whatever_was_published(membership):
    ada = trusted()
    ada.membership = membership
    ada.save()

    assert became(says(make.post(), ada)) == (Status.PENDING, "newcomer")


def test_how_many_it_takes_is_a_setting():
    SiteSettings.objects.update(comments_until_trusted=2)
    post, ada = make.post(), trusted()

    one_is_too_few = says(post, ada)
    make.comment(post, ada)

    assert became(one_is_too_few) == (Status.PENDING, "newcomer")
    assert became(says(post, ada)) == (Status.PUBLISHED, "")


def test_with_the_setting_at_nought_members_speak_at_once_and_guests_still_wait():
    SiteSettings.objects.update(comments_until_trusted=0)

    assert became(says(make.post(), make.member())) == (Status.PUBLISHED, "")
    assert became(says(make.post(), GWEN)) == (Status.PENDING, "guest")


@pytest.mark.parametrize("act", ["remove", "spam"])
def test_a_comment_that_was_taken_away_takes_the_trust_back(act):
    post, ada, mo = make.post(), trusted(), moderator()
    bad = says(post, ada, "Something unkind")
    more = {"reason": "unkind"} if act == "remove" else {}

    decision = getattr(decisions, act)(bad, by=mo, at=NOW, seen=0, **more)
    after = says(post, ada)
    decisions.undo(decision, by=mo, at=NOW)
    again = says(post, ada)

    assert became(after) == (Status.PENDING, "newcomer")
    assert became(again) == (Status.PUBLISHED, "")


def test_after_a_removal_one_more_published_comment_earns_it_again():
    post, ada, mo = make.post(), trusted(), moderator()
    decisions.remove(says(post, ada), by=mo, at=NOW, seen=0, reason="unkind")

    held = says(post, ada)
    decisions.publish(held, by=mo, at=NOW + timedelta(minutes=1), seen=0)

    assert became(says(post, ada)) == (Status.PUBLISHED, "")


def test_a_comment_that_was_never_public_takes_nothing_back():
    post, ada, mo = make.post(), trusted(), moderator()
    SiteSettings.objects.update(are_all_comments_held=True)
    decisions.spam(says(post, ada), by=mo, at=NOW, seen=0)
    SiteSettings.objects.update(are_all_comments_held=False)

    assert became(says(post, ada)) == (Status.PUBLISHED, "")


def test_authors_and_the_team_are_exempt():
    ada, mo = make.member("Ada"), moderator()
    post = make.post(authors=[ada])

    assert became(says(make.post(), ada)) == (Status.PENDING, "newcomer")
    assert became(says(post, ada)) == (Status.PUBLISHED, "")
    assert became(says(post, mo)) == (Status.PUBLISHED, "")
    assert became(says(post, make.member("Bo"))) == (Status.PENDING, "newcomer")


def test_a_post_or_the_whole_site_can_hold_everybody_but_the_team():
    ada, mo = make.member("Ada"), moderator()
    held = make.post(authors=[ada], comment_policy="held")

    assert became(says(held, ada)) == (Status.PENDING, "post")
    assert became(says(held, mo)) == (Status.PUBLISHED, "")

    SiteSettings.objects.update(are_all_comments_held=True)
    assert became(says(make.post(authors=[ada]), ada)) == (Status.PENDING, "site")
    assert became(says(make.post(), mo)) == (Status.PUBLISHED, "")


@pytest.mark.parametrize(
    ("body", "held_for"),
    [
        ("See https://a.example and http://b.example", ""),
        ("https://a.example https://b.example www.c.example", "links"),
        ('<a href="x">a</a> [url=x] HTTPS://A.EXAMPLE', "links"),
    ],
)
def test_many_links_make_a_comment_wait_and_refuse_nothing(body, held_for):
    assert says(make.post(), trusted(), body).held_for == held_for


def test_what_is_sent_faster_than_people_type_waits():
    post, ada = make.post(), trusted()

    assert says(post, ada, took=timedelta(seconds=2.9)).held_for == "quick"
    assert says(post, ada, took=timedelta(seconds=3)).held_for == ""


def test_whoever_fills_in_what_people_do_not_see_is_put_with_the_spam_and_nothing_is_lost():
    comment = says(make.post(), GWEN, "Buy this", fell_into_trap=True)

    assert (became(comment), comment.body) == ((Status.SPAM, "trap"), "Buy this")


def test_a_published_guest_is_no_proof_for_anybody():
    post = make.post()
    published(post, GWEN)

    assert became(says(post, GWEN, "And more.")) == (Status.PENDING, "guest")
