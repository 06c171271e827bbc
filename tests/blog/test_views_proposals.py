"""Members propose posts on the site's own pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.editing import proposals, publishing, saving
from blog.models import Post
from common.edit_conflicts import stamp
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PROPOSE = reverse("blog:propose")
WORDS = {"title": "A porter’s view", "text": "We know *every* corridor.", "note": "No picture, please."}


@pytest.fixture
def ada(client) -> Member:
    """A member, logged in."""
    member = make.member("Ada")
    client.force_login(member)
    return member


@pytest.fixture
def begun(ada) -> Post:
    return proposals.begin(proposals.Proposal(**WORDS), by=ada, at=NOW)


def page_of(post):
    return reverse("blog:proposal", args=[post.pk])


def words(response):
    return flat(response.content.decode())


def said(client, answer):
    return [str(message) for message in client.get(answer["Location"]).context["messages"]]


def test_a_draft_is_saved_for_them_alone(client, ada):
    answer = client.post(PROPOSE, WORDS)

    post = Post.objects.get()
    assert answer["Location"] == page_of(post)
    assert said(client, answer) == ["Your draft is saved. Only you can see it."]
    assert (post.status, post.proposed_by, post.proposal_note) == ("draft", ada, "No picture, please.")
    assert not Message.objects.exists()


def test_it_can_be_sent_at_once(client, ada):
    answer = client.post(PROPOSE, WORDS | {"send": "1"})

    assert said(client, answer) == ["Thank you. The editors have your post."]
    assert Post.objects.get().status == "review"
    assert Message.objects.get().kind == "proposal-received"


def test_their_words_come_back_as_they_typed_them(client, begun):
    form = client.get(page_of(begun)).context["form"]

    assert {name: form[name].value() for name in WORDS} == WORDS


def test_they_change_and_send_it(client, begun):
    seen = stamp(Post.objects.get())
    client.post(page_of(begun), WORDS | {"text": "We know every stair.", "seen": seen, "send": "1"})

    post = Post.objects.get()
    assert (post.status, post.text) == ("review", "We know every stair.")
    page = words(client.get(page_of(post)))
    assert "Until one of them changes it you can take it back" in page
    assert "<textarea" not in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 151}, "title"),
        ({"title": "a\x07b"}, "title"),
        ({"text": "a" * 100_001}, "text"),
        ({"text": "a\u202eb"}, "text"),
        ({"note": "a" * 2_001}, "note"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, begun, typed, field):
    for path in (PROPOSE, page_of(begun)):
        page = client.post(path, WORDS | {"seen": "x"} | typed)
        assert (page.status_code, bool(page.context["form"].errors[field])) == (200, True)
        assert page.context["form"]["note"].value() == (WORDS | typed)["note"]
    assert Post.objects.get().title == WORDS["title"]


@pytest.mark.parametrize("text", ["", "<p> </p>"])
def test_a_title_alone_is_kept_but_not_sent(client, ada, text):
    answer = client.post(PROPOSE, {"title": "A title", "text": text, "send": "1"})

    assert said(client, answer) == [
        "Your draft is saved, but it was not sent. Before it goes on, the post needs a text."
    ]
    assert Post.objects.get().status == "draft"


def test_of_two_windows_the_slower_loses_nothing(client, begun):
    page = client.post(page_of(begun), WORDS | {"title": "Other", "seen": "an older state"})

    assert page.status_code == 200
    assert "Nothing has been saved" in words(page)
    assert page.context["form"]["title"].value() == "Other"
    assert Post.objects.get().title == WORDS["title"]


def test_they_take_it_back(client, ada, begun):
    proposals.send(begun, by=ada, at=NOW)

    answer = client.post(reverse("blog:proposal_take_back", args=[begun.pk]))

    assert said(client, answer) == ["It is your draft again. The editors do not see it any more."]
    assert Post.objects.get().status == "draft"


@pytest.mark.slow
def test_once_an_editor_has_changed_it_they_read_how_it_is(client, ada, begun):
    eve = make.member("Eve")
    proposals.send(begun, by=ada, at=NOW)
    saving.save(begun, {"standfirst": "In short."}, by=eve, at=NOW, seen=None)

    assert "An editor is working on your post." in words(client.get(page_of(begun)))
    answer = client.post(reverse("blog:proposal_take_back", args=[begun.pk]))
    assert said(client, answer)[0].startswith("An editor is working on your post.")
    late = client.post(page_of(begun), WORDS | {"text": "Typed meanwhile.", "seen": "x"})
    assert late.status_code == 200
    assert "Typed meanwhile." in words(late)
    assert "The editors have your post" in words(late)

    publishing.publish(begun, by=eve, at=NOW, from_=NOW + timedelta(days=1))
    assert "It comes out on Tuesday 3 November, 10:00" in words(client.get(page_of(begun)))
    publishing.publish(begun, by=eve, at=NOW)
    assert "Read your post" in words(client.get(page_of(begun)))
    publishing.withdraw(begun, "It named a ward.", by=eve, at=NOW)
    assert "It has been withdrawn: It named a ward." in words(client.get(page_of(begun)))


@pytest.mark.parametrize("membership", ["waiting", "ended", "declined"])
def test_who_is_no_member_reads_why_they_cannot(client, membership):
    client.force_login(make.member("Sam", membership=membership))

    page = words(client.get(PROPOSE))
    assert "Members propose posts." in page
    assert "<textarea" not in page
    assert client.post(PROPOSE, WORDS).status_code == 200
    assert not Post.objects.exists()


def test_a_visitor_logs_in_first(client):
    assert client.get(PROPOSE)["Location"] == f"{reverse('account_login')}?next={PROPOSE}"
    assert client.post(PROPOSE, WORDS).status_code == 302
    assert not Post.objects.exists()


@pytest.mark.slow
def test_nobody_sees_or_takes_back_anothers(client, ada, begun):
    proposals.send(begun, by=ada, at=NOW)
    client.force_login(make.member("Bo"))

    assert client.get(page_of(begun)).status_code == 404
    assert client.post(page_of(begun), WORDS).status_code == 404
    assert client.post(reverse("blog:proposal_take_back", args=[begun.pk])).status_code == 404
    assert client.get(f"{PROPOSE}{'9' * 30}/").status_code == 404
    assert "A porter’s view" not in words(client.get(PROPOSE))


def test_their_posts_stand_below_with_their_stage(client, ada, begun):
    page = client.get(PROPOSE)

    assert [(post.title, stage.label) for post, stage in page.context["mine"]] == [
        ("A porter’s view", "Draft")
    ]
