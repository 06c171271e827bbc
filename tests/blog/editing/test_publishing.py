"""What readers see of a post, and when; whom it mails."""

from datetime import timedelta

import pytest

from audit import history
from blog.editing import publishing, saving
from blog.editing.saving import Byline
from blog.models import Post
from blog.refusals import NotPossible, NotReady
from members.models import Member
from notifications.models import Message
from tests import make
from tests.blog.editing.revisions import draft, proposal
from tests.found import found
from tests.make import NOW

pytestmark = pytest.mark.django_db

Status = Post.Status
TOMORROW, LATER = NOW + timedelta(days=1), NOW + timedelta(days=2)


@pytest.fixture
def eve(db) -> Member:
    """An editor."""
    return make.member("Eve")


def owed():
    """Who is owed an email about a post that is out, and when."""
    rows = Message.objects.filter(kind="post-published", state="queued").order_by("member__name")
    return [(found(row.member).name, row.send_after) for row in rows]


def states(post):
    fresh = Post.objects.get(pk=post.pk)
    return fresh.status, fresh.published_at


def log(post):
    return [(line.who, line.what) for line in reversed(history.lines(history.entries_of(post)))]


def test_a_post_goes_from_draft_by_review_to_its_readers(eve):
    post = draft(by=eve)

    publishing.submit_for_review(post, by=eve, at=NOW)
    in_review = states(post)
    publishing.publish(post, by=eve, at=NOW)

    assert in_review == (Status.REVIEW, None)
    assert states(post) == (Status.PUBLISHED, NOW)
    assert list(Post.objects.published(NOW)) == [post]
    assert log(post) == [
        ("Eve", "Began the post"),
        ("Eve", "Saved the post: standfirst, text"),
        ("Eve", "Sent it to review"),
        ("Eve", "Published it"),
    ]


def test_a_scheduled_post_comes_out_by_itself(eve):
    post = publishing.publish(draft(), by=eve, at=NOW, from_=TOMORROW)

    assert states(post) == (Status.PUBLISHED, TOMORROW)
    assert not post.is_published(TOMORROW - timedelta(seconds=1))
    assert post.is_published(TOMORROW)


def test_a_moment_that_is_past_means_now(eve):
    post = publishing.publish(draft(), by=eve, at=NOW, from_=NOW - timedelta(days=1))

    assert post.published_at == NOW


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        ({"title": " "}, "a title"),
        ({"standfirst": ""}, "a standfirst"),
        ({"body": "<p></p>"}, "a text"),
        ({"authors": []}, "at least one author"),
        ({"standfirst": "", "body": "", "authors": []}, "a standfirst, a text and at least one author"),
    ],
)
def test_what_readers_need_must_be_there_before_it_is_published(eve, lacks, told):
    post = draft(**lacks)

    with pytest.raises(NotReady) as refusal:
        publishing.publish(post, by=eve, at=NOW)

    assert str(refusal.value) == f"Before it goes on, the post needs {told}."
    assert states(post) == (Status.DRAFT, None)


def test_publishing_again_changes_nothing(eve):
    post = publishing.publish(draft(), by=eve, at=NOW)
    before = log(post)

    publishing.publish(post, by=eve, at=TOMORROW)

    assert (states(post), log(post)) == ((Status.PUBLISHED, NOW), before)


def test_another_moment_moves_a_scheduled_post(eve):
    post = publishing.publish(draft(), by=eve, at=NOW, from_=TOMORROW)

    publishing.publish(post, by=eve, at=NOW, from_=LATER)
    later = states(post)
    publishing.publish(post, by=eve, at=NOW)

    assert (later, states(post)) == ((Status.PUBLISHED, LATER), (Status.PUBLISHED, NOW))


def test_a_public_post_cannot_be_scheduled(eve):
    post = publishing.publish(draft(), by=eve, at=NOW)

    with pytest.raises(NotPossible, match="Readers know this post"):
        publishing.publish(post, by=eve, at=NOW, from_=TOMORROW)

    assert states(post) == (Status.PUBLISHED, NOW)


def test_a_scheduled_post_goes_back_to_review_until_its_moment(eve):
    post = publishing.publish(draft(), by=eve, at=NOW, from_=TOMORROW)

    publishing.unschedule(post, by=eve, at=NOW)
    publishing.unschedule(post, by=eve, at=NOW)
    assert states(post) == (Status.REVIEW, None)

    publishing.publish(post, by=eve, at=NOW, from_=TOMORROW)
    with pytest.raises(NotPossible, match="not scheduled"):
        publishing.unschedule(post, by=eve, at=TOMORROW)
    assert states(post) == (Status.PUBLISHED, TOMORROW)


def test_a_withdrawn_post_says_why_and_comes_back_under_its_first_date(eve):
    post = publishing.publish(draft(), by=eve, at=NOW)

    publishing.withdraw(post, " It named a patient. ", by=eve, at=TOMORROW)
    publishing.withdraw(post, "Another reason.", by=eve, at=TOMORROW)
    post.refresh_from_db()
    assert (post.status, post.withdrawn_reason) == (Status.WITHDRAWN, "It named a patient.")

    with pytest.raises(NotPossible):
        publishing.publish(post, by=eve, at=TOMORROW, from_=LATER)
    publishing.publish(post, by=eve, at=TOMORROW)
    post.refresh_from_db()
    assert (post.status, post.published_at, post.withdrawn_reason) == (Status.PUBLISHED, NOW, "")


def test_withdrawing_needs_a_reason_and_readers(eve):
    public = publishing.publish(draft(), by=eve, at=NOW)
    scheduled = publishing.publish(draft(), by=eve, at=NOW, from_=TOMORROW)

    with pytest.raises(NotReady, match="a sentence that tells readers why"):
        publishing.withdraw(public, "  ", by=eve, at=NOW)
    for post in (draft(), scheduled):
        with pytest.raises(NotPossible, match="readers can see"):
            publishing.withdraw(post, "Why not", by=eve, at=NOW)

    assert states(public) == (Status.PUBLISHED, NOW)


def test_only_a_draft_with_a_text_goes_to_review(eve):
    with pytest.raises(NotReady, match="needs a text"):
        publishing.submit_for_review(saving.create("Bare", by=eve, at=NOW), by=eve, at=NOW)
    with pytest.raises(NotPossible):
        publishing.submit_for_review(publishing.publish(draft(), by=eve, at=NOW), by=eve, at=NOW)


def test_only_a_post_in_review_becomes_a_draft_again(eve):
    post = publishing.submit_for_review(draft(), by=eve, at=NOW)

    publishing.back_to_draft(post, by=eve, at=NOW)
    publishing.back_to_draft(post, by=eve, at=NOW)
    assert states(post) == (Status.DRAFT, None)

    with pytest.raises(NotPossible):
        publishing.back_to_draft(publishing.publish(post, by=eve, at=NOW), by=eve, at=NOW)


def test_a_new_link_to_the_preview_ends_the_old_one_and_makes_nobody_stale(eve):
    post = draft()
    before = Post.objects.get(pk=post.pk)

    publishing.renew_preview(post, by=eve, at=NOW)

    after = Post.objects.get(pk=post.pk)
    assert after.preview_token != before.preview_token
    assert len(after.preview_token) == 43
    assert after.changed_at == before.changed_at


def test_editors_do_not_see_what_a_member_has_not_sent(eve):
    ours, hers = draft(), proposal(make.member("Ada"))
    assert list(publishing.for_the_team()) == [ours]

    publishing.submit_for_review(hers, by=found(hers.proposed_by), at=NOW)
    assert set(publishing.for_the_team()) == {ours, hers}


# ---- Whom it mails ----------------------------------------------------------------------------


def test_its_authors_are_told_at_the_moment_when_it_comes_out(eve):
    ada, bo = make.member("Ada"), make.member("Bo")
    authors = [Byline(member=ada), Byline(member=bo), Byline(member=eve), Byline(name="Flo")]

    publishing.publish(draft(by=eve, authors=authors), by=eve, at=NOW, from_=TOMORROW)

    assert owed() == [("Ada", TOMORROW), ("Bo", TOMORROW)]


def test_who_proposed_it_is_told_though_others_stand_as_authors(eve):
    post = proposal(make.member("Ada"))
    saving.save(post, {"standfirst": "x", "authors": [Byline(name="Ward 7")]}, by=eve, at=NOW, seen=None)

    publishing.publish(post, by=eve, at=NOW)

    assert owed() == [("Ada", NOW)]


def test_another_moment_moves_the_email_and_none_takes_it_back(eve):
    post = draft(authors=[Byline(member=make.member("Ada"))])
    publishing.publish(post, by=eve, at=NOW, from_=TOMORROW)
    publishing.publish(post, by=eve, at=NOW, from_=LATER)
    moved = owed()

    publishing.unschedule(post, by=eve, at=NOW)

    assert (moved, owed()) == ([("Ada", LATER)], [])


def test_an_author_who_is_added_to_a_scheduled_post_is_told_too(eve):
    post = publishing.publish(draft(), by=eve, at=NOW, from_=TOMORROW)

    saving.save(post, {"authors": [Byline(member=make.member("Ada"))]}, by=eve, at=NOW, seen=None)

    assert owed() == [("Ada", TOMORROW)]


def test_withdrawing_takes_back_what_is_owed_and_coming_back_tells_nobody_again(eve):
    post = publishing.publish(draft(authors=[Byline(member=make.member("Ada"))]), by=eve, at=NOW)
    Message.objects.update(state="sent")

    publishing.withdraw(post, "Why", by=eve, at=TOMORROW)
    publishing.publish(post, by=eve, at=TOMORROW)

    assert owed() == []
    assert Message.objects.count() == 1
