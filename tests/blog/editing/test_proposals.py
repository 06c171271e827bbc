"""Posts that members propose, and what they are told."""

from datetime import timedelta

import pytest
import time_machine

from blog import notices
from blog.editing import proposals, publishing, saving
from blog.editing.proposals import NotAMember, Proposal
from blog.editing.saving import Byline
from blog.models import Post
from blog.refusals import NotPossible, NotReady, StalePost
from members.models import Member
from notifications.models import Message
from notifications.outbox import KINDS
from tests import make
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

LATER, TOMORROW = NOW + timedelta(hours=1), NOW + timedelta(days=1)
Status = Post.Status
PORTERS = Proposal("A porter’s view", "We know *every* corridor.", " Please no picture of me. ")


@pytest.fixture
def ada(db) -> Member:
    return make.member("Ada")


@pytest.fixture
def eve(db) -> Member:
    """An editor."""
    return make.member("Eve")


@pytest.fixture
def sent(ada) -> Post:
    return proposals.send(proposals.begin(PORTERS, by=ada, at=NOW), by=ada, at=NOW)


def letters(kind, at=TOMORROW):
    """What those messages would say, if they were sent now: subject or None."""
    with time_machine.travel(at, tick=False):
        rendered = [KINDS[kind].render(one) for one in Message.objects.filter(kind=kind).order_by("pk")]
    return [letter and letter.subject for letter in rendered]


def test_a_member_begins_a_draft_under_their_name(ada):
    post = proposals.begin(PORTERS, by=ada, at=NOW)

    fresh = Post.objects.get(pk=post.pk)
    assert (fresh.title, fresh.body, fresh.slug) == (
        "A porter’s view",
        "<p>We know <em>every</em> corridor.</p>",
        "a-porters-view",
    )
    assert (fresh.status, fresh.proposed_by, fresh.proposal_note) == (
        Status.DRAFT,
        ada,
        "Please no picture of me.",
    )
    assert [one.member for one in fresh.authors.all()] == [ada]
    assert list(proposals.proposals_of(ada)) == [post]


@pytest.mark.parametrize("membership", ["waiting", "ended", "declined"])
def test_only_members_propose(membership):
    stranger = make.member("Sam", membership=membership)

    with pytest.raises(NotAMember):
        proposals.begin(PORTERS, by=stranger, at=NOW)

    assert not Post.objects.exists()


def test_whose_membership_ends_meanwhile_cannot_send(ada):
    post = proposals.begin(PORTERS, by=ada, at=NOW)
    ada.membership = "ended"

    with pytest.raises(NotAMember):
        proposals.send(post, by=ada, at=NOW)


def test_sent_it_waits_for_an_editor_and_they_are_told_once(ada, sent):
    proposals.send(sent, by=ada, at=LATER)

    assert Post.objects.get().status == Status.REVIEW
    assert [one.member for one in Message.objects.all()] == [ada]
    assert letters("proposal-received") == ["We have your post A porter’s view"]


def test_nothing_written_is_nothing_to_send(ada):
    post = proposals.begin(Proposal("A title"), by=ada, at=NOW)

    with pytest.raises(NotReady, match="a text"):
        proposals.send(post, by=ada, at=NOW)

    assert Post.objects.get().status == Status.DRAFT


def test_what_is_sent_is_not_changed_any_more(ada, sent):
    with pytest.raises(NotPossible, match="The editors have your post"):
        proposals.save(sent, Proposal("Other"), by=ada, at=NOW, seen=None)

    assert Post.objects.get().title == "A porter’s view"


def test_they_take_it_back_change_it_and_send_it_again(ada, sent):
    proposals.take_back_proposal(sent, by=ada, at=LATER)
    proposals.take_back_proposal(sent, by=ada, at=LATER)
    assert letters("proposal-received") == [None]

    proposals.save(sent, Proposal("A cleaner’s view", "Every corner."), by=ada, at=LATER, seen=None)
    proposals.send(sent, by=ada, at=LATER)

    fresh = Post.objects.get()
    assert (fresh.title, fresh.status, fresh.proposal_note) == ("A cleaner’s view", Status.REVIEW, "")
    assert Message.objects.count() == 2


def texts(post):
    return list(post.revisions.order_by("number").values_list("body", flat=True))


def test_editors_see_what_they_send_and_nothing_that_they_wrote_before(ada):
    post = proposals.begin(Proposal("Porters", "Mrs Smith of bed four."), by=ada, at=NOW)
    proposals.save(post, Proposal("Porters", "A patient."), by=ada, at=NOW, seen=None)

    proposals.send(post, by=ada, at=NOW)

    assert texts(post) == ["<p>A patient.</p>"]


def test_what_editors_have_made_of_it_stays_when_they_send_it_again(ada, eve, sent):
    saving.save(sent, {"body": "<p>By Eve.</p>"}, by=eve, at=LATER, seen=None)
    publishing.back_to_draft(sent, by=eve, at=LATER)
    for words in ("For herself.", "For everybody."):
        proposals.save(sent, Proposal("Porters", words), by=ada, at=LATER, seen=None)

    proposals.send(sent, by=ada, at=LATER)

    assert texts(sent) == [
        "<p>We know <em>every</em> corridor.</p>",
        "<p>By Eve.</p>",
        "<p>For everybody.</p>",
    ]


def test_taken_back_its_preview_is_theirs_alone(ada, sent):
    known_to_editors = sent.preview_token

    back = proposals.take_back_proposal(sent, by=ada, at=LATER)

    assert back.preview_token != known_to_editors
    assert not Post.objects.filter(preview_token=known_to_editors).exists()


def test_once_an_editor_has_changed_it_they_cannot_take_it_back(ada, eve, sent):
    saving.save(sent, {"standfirst": "In short."}, by=eve, at=LATER, seen=None)

    assert proposals.is_taken_on(sent)
    with pytest.raises(NotPossible, match="An editor is working on your post"):
        proposals.take_back_proposal(sent, by=ada, at=LATER)

    assert Post.objects.get().status == Status.REVIEW


def test_an_editor_gives_it_back(ada, eve, sent):
    saving.save(sent, {"standfirst": "In short."}, by=eve, at=LATER, seen=None)
    publishing.back_to_draft(sent, by=eve, at=LATER)

    proposals.save(sent, Proposal("Shorter", "Short."), by=ada, at=LATER, seen=None)

    assert (Post.objects.get().title, proposals.is_taken_on(sent)) == ("Shorter", False)


def test_their_words_are_shown_to_them_as_they_typed_them_until_an_editor_has_changed_them(ada, eve, sent):
    assert proposals.typed(sent) == "We know *every* corridor."

    changed = saving.save(sent, {"body": "<p>In short.</p>"}, by=eve, at=LATER, seen=None)

    assert proposals.typed(changed) == "<p>In short.</p>"


def test_their_two_windows_do_not_overwrite_each_other(ada):
    post = proposals.begin(PORTERS, by=ada, at=NOW)

    with pytest.raises(StalePost):
        proposals.save(post, Proposal("Other"), by=ada, at=NOW, seen="an older state")


def test_a_published_proposal_cannot_be_taken_back_and_is_told_when_it_is_out(ada, eve, sent):
    saving.save(sent, {"standfirst": "In short."}, by=eve, at=LATER, seen=None)
    publishing.publish(sent, by=eve, at=LATER, from_=TOMORROW)

    with pytest.raises(NotPossible):
        proposals.take_back_proposal(sent, by=ada, at=LATER)
    assert letters("post-published", TOMORROW - timedelta(seconds=1)) == [None]
    assert letters("post-published") == ["Your post is published: A porter’s view"]


def test_nobody_is_told_of_a_post_that_is_withdrawn_or_theirs_no_longer(eve):
    ada = make.member("Ada")
    posts = [make.post(published_at=NOW, authors=[ada]) for _ in range(2)]
    for post in posts:
        notices.queue_publication(post, by=eve, at=NOW)

    saving.save(posts[0], {"authors": [Byline(name="Ward 7")]}, by=eve, at=NOW, seen=None)
    Post.objects.filter(pk=posts[1].pk).update(status=Status.WITHDRAWN)

    assert letters("post-published") == [None, None]
