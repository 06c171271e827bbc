"""Publishing, scheduling, withdrawing on the team's pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.editing import autosave, proposals, publishing
from blog.editing.saving import Byline
from blog.models import Post
from notifications.models import Message
from tests import make
from tests.blog.editing.revisions import draft, proposal
from tests.make import NOW
from tests.markup import flat
from tests.team.posts import form_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

TOMORROW = NOW + timedelta(days=1)


def act(client, post, verb, **fields):
    return client.post(reverse(f"team:post_{verb}", args=[post.pk]), fields)


def said(answer, client):
    return [str(message) for message in client.get(answer["Location"]).context["messages"]]


def state(post):
    fresh = Post.objects.get(pk=post.pk)
    return fresh.status, fresh.published_at


@pytest.mark.slow
def test_a_post_is_published_now_and_its_authors_are_named_before(client, eve):
    post = draft(authors=[Byline(make.member("Ada")), Byline(make.member("Bo")), Byline(eve)])

    asked = text_of(client.get(reverse("team:post_publish", args=[post.pk])))
    answer = act(client, post, "publish", when="now")

    assert "This mails Ada, Bo, when it comes out." in asked
    assert answer["Location"] == post.get_absolute_url()
    assert state(post) == ("published", NOW)
    assert sorted(Message.objects.values_list("member__name", flat=True)) == ["Ada", "Bo"]


@pytest.mark.slow
def test_a_time_is_that_of_the_uk_and_ireland(client, eve):
    post = draft()

    answer = act(client, post, "publish", when="later", moment_0="2027-06-01", moment_1="09:00")

    assert said(answer, client) == ["The post comes out on Tuesday 1 June 2027, 09:00 (UK and Ireland time)."]
    assert state(post)[1].isoformat() == "2027-06-01T08:00:00+00:00"  # British summer time


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({}, "when", "Choose an answer: When"),
        ({"when": "never"}, "when", "Select a valid choice"),
        ({"when": "later"}, "moment", "Say when: a day and a time."),
        ({"when": "later", "moment_0": "2026-11-02", "moment_1": "10:00"}, "moment", "This time is past."),
        ({"when": "later", "moment_0": "2026-11-31", "moment_1": "10:00"}, "moment", "Enter a day."),
        ({"when": "later", "moment_0": "2026-12-01", "moment_1": ""}, "moment", "Enter a time"),
        ({"when": "later", "moment_0": "99999-12-01", "moment_1": "10:00"}, "moment", "Enter a day."),
    ],
)
def test_a_time_that_is_none_is_refused(client, eve, sent, field, told):
    post = draft()

    page = act(client, post, "publish", **sent)

    assert page.status_code == 200
    assert page.context["form"].errors[field][0].startswith(told)
    assert state(post) == ("draft", None)


@pytest.mark.slow
def test_what_is_missing_is_said_before_and_refused(client, eve):
    post = draft(standfirst="", authors=[])

    asked = text_of(client.get(reverse("team:post_publish", args=[post.pk])))
    page = act(client, post, "publish", when="now")

    assert "<li>a standfirst</li><li>at least one author</li>" in flat(asked)
    assert "Before it goes on, the post needs a standfirst and at least one author." in text_of(page)
    assert state(post) == ("draft", None)


@pytest.mark.slow
def test_a_scheduled_post_gets_another_time_or_leaves_the_schedule(client, eve):
    post = publishing.publish(draft(), by=eve, at=NOW, from_=TOMORROW)

    form = client.get(reverse("team:post_publish", args=[post.pk])).context["form"]
    assert (form["when"].value(), form["moment"].value()) == ("later", TOMORROW)
    said(act(client, post, "publish", when="later", moment_0="2026-11-05", moment_1="09:00"), client)
    assert state(post)[1].isoformat() == "2026-11-05T09:00:00+00:00"

    answer = act(client, post, "unschedule")
    assert said(answer, client) == ["The post is off the schedule, and in review."]
    assert state(post) == ("review", None)
    assert said(act(client, draft(), "unschedule"), client) == ["The post is not scheduled."]


@pytest.mark.slow
def test_withdrawing_asks_why_and_can_be_undone(client, eve):
    post = publishing.publish(draft(), by=eve, at=NOW)

    asked = text_of(client.get(reverse("team:post_withdraw", args=[post.pk])))
    assert "its pictures and audio stay at their addresses until you remove them" in asked

    empty = act(client, post, "withdraw", reason=" ")
    assert list(empty.context["form"].errors["reason"]) == ["Say in a sentence why"]

    act(client, post, "withdraw", reason="Its numbers were wrong.")
    gone = client.get(post.get_absolute_url())
    assert (gone.status_code, "Its numbers were wrong." in text_of(gone)) == (410, True)

    again = client.get(reverse("team:post_publish", args=[post.pk]))
    assert list(again.context["form"].fields) == []
    act(client, post, "publish")
    assert client.get(post.get_absolute_url()).status_code == 200


def test_what_readers_do_not_see_cannot_be_withdrawn(client, eve):
    post = draft()

    assert "nothing to withdraw" in text_of(client.get(reverse("team:post_withdraw", args=[post.pk])))
    page = act(client, post, "withdraw", reason="Because")
    assert (page.status_code, state(post)) == (200, ("draft", None))


def test_pressing_publish_on_what_is_published_changes_nothing(client, eve):
    post = publishing.publish(draft(), by=eve, at=NOW)

    assert "It is published since" in text_of(client.get(reverse("team:post_publish", args=[post.pk])))
    assert act(client, post, "publish")["Location"] == post.get_absolute_url()
    assert state(post) == ("published", NOW)


@pytest.mark.slow
def test_to_review_and_back(client, eve):
    post = draft()

    assert said(act(client, post, "edit", **form_of(post, then="review")), client) == [
        "The post is in review."
    ]
    assert state(post) == ("review", None)
    assert said(act(client, post, "draft"), client) == ["The post is a draft again."]
    assert said(act(client, publishing.publish(post, by=eve, at=NOW), "draft"), client) == [
        "Only a post in review can become a draft again."
    ]


@pytest.mark.slow
def test_a_members_post_goes_back_to_them(client, eve):
    ada = make.member("Ada")
    post = proposals.send(proposal(ada), by=ada, at=NOW)

    assert "As a draft it is" in text_of(client.get(reverse("team:post_edit", args=[post.pk])))
    answer = act(client, post, "draft")

    assert answer["Location"] == reverse("team:posts")
    assert said(answer, client) == ["“A porter’s view” is Ada’s draft again, and comes back when it is sent."]
    assert client.get(reverse("team:post_edit", args=[post.pk])).status_code == 404


@pytest.mark.slow
def test_a_new_link_ends_the_old_one_and_saves_still_go_through(client, eve):
    post = draft()
    opened = form_of(post, title="Typed before")

    act(client, post, "new_link")

    assert client.get(reverse("blog:preview", args=[post.preview_token])).status_code == 404
    fresh = Post.objects.get()
    assert client.get(reverse("blog:preview", args=[fresh.preview_token])).status_code == 200
    client.post(reverse("team:post_edit", args=[post.pk]), opened)
    assert Post.objects.get().title == "Typed before"


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["draft", "unschedule", "new_link"])
def test_a_button_beside_the_form_loses_nothing_that_stands_in_it(client, eve, verb):
    post = draft()
    if verb == "draft":
        publishing.submit_for_review(post, by=eve, at=NOW)
    if verb == "unschedule":
        publishing.publish(post, by=eve, at=NOW, from_=TOMORROW)

    answer = act(client, post, verb, **form_of(post, title="Half a ti", kind="news"))

    form = client.get(answer["Location"]).context["form"]
    assert (form["title"].value(), form["kind"].value()) == ("Half a ti", "news")
    assert Post.objects.get().title == "Rota as kindness"


def test_publishing_shows_what_is_typed_and_not_saved(client, eve):
    post = draft()
    autosave.store(post, {"title": "Half a ti", "standfirst": "", "body": ""}, by=eve, at=NOW)

    page = text_of(client.get(reverse("team:post_publish", args=[post.pk])))

    assert "You typed something that is not saved" in page
