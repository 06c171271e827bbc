"""Leaving a comment through its pages: the box below a post, replying, logging in on the way."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from blog.models import Author
from comments.models import Comment
from members.models import SiteSettings
from tests import make
from tests.comments.conversation import moderator, trusted
from tests.comments.pages import FROM_GWEN, box_of, fault, leave, leave_url, typed, words
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
LOG_IN = "/accounts/login/"


def member(client: Client, who=None):
    """Log somebody in."""
    who = who or make.member("Ada")
    client.force_login(who)
    return who


def later(client, post, **fields):
    """Send the box of a page that was opened a minute ago."""
    sent = box_of(client.get(post.get_absolute_url()), leave_url(post))
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        return client.post(leave_url(post), sent | fields)


@pytest.mark.slow
def test_a_trusted_member_sees_their_comment_at_once(client):
    post, ada = make.post(), member(client, trusted())

    answer = later(client, post, body="Thank you.")

    comment = Comment.objects.get(post=post)
    assert answer["Location"] == f"{post.get_absolute_url()}#comment-{comment.pk}"
    assert (comment.member, comment.status) == (ada, "published")
    page = client.get(answer["Location"])
    assert "Thank you. Your comment is published." in flat(page.text)
    assert "1 comment" in words(page)


@pytest.mark.slow
def test_a_newcomer_sees_theirs_wait_with_what_comes_next_and_nobody_else_does(client):
    post = make.post()
    member(client)

    answer = later(client, post, body="My first.")

    comment = Comment.objects.get(post=post)
    assert answer["Location"] == f"{post.get_absolute_url()}#comment-{comment.pk}"
    hers, others = client.get(answer["Location"]), Client().get(post.get_absolute_url())
    assert "waits for a moderator, usually for less than one working day" in flat(hers.text)
    assert "Waiting for a moderator. Until then only you see it." in words(hers)
    assert "My first." not in others.text


@pytest.mark.slow
def test_a_guest_is_led_to_their_own_page_and_finds_their_comment_below_the_post(client):
    post = make.post()

    answer = later(client, post, body="From outside.", **FROM_GWEN)

    assert answer["Location"].startswith("/comments/mine/")
    assert "Waiting for a moderator" in words(client.get(answer["Location"]))
    assert "From outside." in client.get(post.get_absolute_url()).text
    assert "From outside." not in Client().get(post.get_absolute_url()).text


def test_pressing_twice_is_one_comment(client):
    post = make.post()
    sent = box_of(client.get(post.get_absolute_url()), leave_url(post))

    for _ in range(2):
        answer = client.post(leave_url(post), sent | {"body": "Once"} | FROM_GWEN)
        assert answer.status_code == 302

    assert Comment.objects.filter(post=post).count() == 1


def test_going_back_and_writing_another_comment_loses_neither(client):
    post = make.post()
    sent = box_of(client.get(post.get_absolute_url()), leave_url(post)) | FROM_GWEN

    client.post(leave_url(post), sent | {"body": "One"})
    client.post(leave_url(post), sent | {"body": "Another"})

    assert sorted(Comment.objects.filter(post=post).values_list("body", flat=True)) == ["Another", "One"]


def test_whoever_knows_the_id_of_a_box_does_not_come_to_the_comment_of_somebody_else(client):
    post = make.post()
    sent = box_of(client.get(post.get_absolute_url()), leave_url(post)) | {"body": "Mine"}
    client.post(leave_url(post), sent | FROM_GWEN)

    stranger = Client()
    answer = stranger.post(leave_url(post), sent | {"name": "Mal", "email": "mal@guests.example"})

    hers, his = Comment.objects.filter(post=post).order_by("pk")
    assert answer["Location"].startswith(f"/comments/mine/{his.pk}-")
    assert stranger.session["comments_left"] == [his.pk]
    assert hers.guest_name == "Gwen"


def test_a_refused_comment_comes_back_in_its_box_with_all_that_was_typed(client):
    post = make.post()

    answer = leave(client, post, "Long thoughts", name="Gwen", email="gwen", follows="on")

    assert answer.status_code == 200
    assert fault(answer) == ["Enter an email address in the format name@example.org"]
    assert "<title>Error: " in flat(answer.text)
    sent = box_of(answer, leave_url(post))
    assert (sent["body"].strip(), sent["name"], sent["email"]) == ("Long thoughts", "Gwen", "gwen")
    assert not Comment.objects.exists()


def test_a_program_that_fills_in_the_trap_is_answered_as_everybody(client):
    answer = leave(client, make.post(), "Buy", website="https://buy.example", **FROM_GWEN)

    assert answer["Location"].startswith("/comments/mine/")
    assert Comment.objects.get().status == "spam"


def test_what_is_sent_faster_than_people_type_waits(client):
    member(client, ada := trusted())

    leave(client, make.post(), "Quick")

    assert Comment.objects.filter(member=ada, body="Quick").get().held_for == "quick"


def test_a_closed_post_says_since_when_and_gives_back_what_was_typed(client):
    post = make.post(comments_close_at=NOW - timedelta(days=3))

    page, answer = client.get(post.get_absolute_url()), leave(client, post, "Too late", **FROM_GWEN)

    assert "Comments on this post are closed since Friday 30 October, 10:00" in words(page)
    assert "Post comment" not in words(page)
    assert fault(answer) == ["Comments on this post are closed. What you wrote has not been sent."]
    assert "Too late" in typed(answer)


@pytest.mark.parametrize(
    "fields", [{"status": "draft"}, {"status": "withdrawn"}, {"published_at": NOW + timedelta(days=1)}]
)
def test_a_post_that_nobody_can_read_takes_no_comment(client, fields):
    post = make.post(**fields)

    assert leave(client, post, **FROM_GWEN).status_code == 404
    assert not Comment.objects.exists()


def test_loading_a_refused_comments_page_again_leads_to_the_conversation(client):
    post = make.post()

    assert client.get(leave_url(post))["Location"] == f"{post.get_absolute_url()}#comments"


def test_a_network_that_sends_too_much_is_told_so_and_loses_no_word(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"comment": "1/10m/ip"}
    post = make.post()
    leave(client, post, "One", **FROM_GWEN)

    answer = leave(client, post, "Two", name="Bo", email="bo@guests.example")

    assert fault(answer)[0].startswith("Too much was sent from your network in a short time.")
    assert "Two" in typed(answer)
    assert Comment.objects.count() == 1


@pytest.mark.slow
def test_one_address_that_leaves_too_many_is_told_so(client):
    post = make.post()
    for number in range(10):
        leave(client, post, f"No. {number}", **FROM_GWEN)

    answer = leave(client, post, "One more", **FROM_GWEN)

    assert fault(answer) == [
        "You have posted many comments in a short time. Wait ten minutes, then send this one."
    ]


@pytest.mark.slow
def test_a_member_posts_under_their_name_and_a_visitor_is_asked_to_log_in(client):
    post = make.post()

    visitors = client.get(post.get_absolute_url())
    member(client, make.member("Ada Okafor"))
    members = client.get(post.get_absolute_url())

    assert "If you have an account please log in before posting your comment." in words(visitors)
    assert "This will not be publicly visible." in words(visitors)
    assert "erase it after 90 days unless you follow the conversation" in words(visitors)
    assert "Posting as Ada Okafor." in words(members)
    assert "not be publicly visible" not in words(members)
    assert f'href="{LOG_IN}?next=%2Fblog%2F{post.slug}%2F%23comment-box"' in visitors.text


@pytest.mark.slow
def test_logging_in_on_the_way_keeps_the_words(client):
    post = make.post()
    ada = make.member("Ada", password="four old green bottles")

    answer = leave(client, post, "Half a thought", log_in="1")
    login = client.post(answer["Location"], {"login": ada.email, "password": "four old green bottles"})

    assert answer["Location"] == f"{LOG_IN}?next={post.get_absolute_url()}%23comment-box"
    assert login["Location"] == f"{post.get_absolute_url()}#comment-box"
    assert typed(client.get(post.get_absolute_url())) == "Half a thought"
    assert typed(Client().get(post.get_absolute_url())) == ""
    assert typed(client.get(make.post().get_absolute_url())) == ""
    leave(client, post, "Half a thought, and the rest")
    assert typed(client.get(post.get_absolute_url())) == ""


def test_words_that_cannot_be_kept_are_refused_before_logging_in(client):
    answer = leave(client, make.post(), "a" * 5001, log_in="1")

    assert fault(answer) == ["A comment can have 5,000 characters. Shorten it, or post it in two parts."]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "usual"),
    [(None, "Comments of guests are read"), (make.member, "If it is one of your first comments")],
)
def test_the_box_says_whose_comments_wait(client, who, usual):
    post = make.post()
    if who:
        member(client, who())

    def said():
        return words(client.get(post.get_absolute_url()))

    assert usual in said()
    SiteSettings.objects.update_or_create(pk=1, defaults={"are_all_comments_held": True})
    assert "All comments here are read" in said()
    SiteSettings.objects.update(are_all_comments_held=False)
    type(post).objects.update(comment_policy="held")
    assert "All comments here are read" in said()


def an_author(post):
    ada = make.member("Ada")
    Author.objects.create(post=post, member=ada)
    return ada


@pytest.mark.parametrize("who", [an_author, lambda post: moderator()])
def test_authors_and_the_team_are_not_told_of_moderators(client, who):
    post = make.post()
    member(client, who(post))

    page = words(client.get(post.get_absolute_url()))

    assert "Posting as" in page
    assert "moderator" not in page


def test_a_guest_is_told_that_a_mail_will_ask_and_what_happens_without(client):
    page = words(client.get(make.post().get_absolute_url()))

    assert (
        "An email will ask you to confirm your address: until you do, we send you nothing about replies."
        in page
    )


@pytest.mark.slow
def test_a_box_that_is_kept_is_each_readers_own_with_an_id_of_its_own_each_time():
    post, readers = make.post(), [Client() for _ in range(3)]
    for client, name in zip(readers, ("Ada", "Bo"), strict=False):
        client.force_login(make.member(name))

    pages = [client.get(post.get_absolute_url()) for client in (*readers, readers[0])]

    boxes = [box_of(page, leave_url(post)) for page in pages]
    own = [{box[name] for box in boxes} for name in ("submission", "csrfmiddlewaretoken")]
    assert [len(values) for values in own] == [4, 4]
    assert [box.get("typed_by") == boxes[0]["typed_by"] for box in boxes] == [True, False, False, True]
    assert [re.findall(r"Posting as (\w+)", words(page)) for page in pages] == [["Ada"], ["Bo"], [], ["Ada"]]
    assert ["email" in box for box in boxes] == [False, False, True, False]


def test_the_box_follows_what_becomes_of_the_post_and_of_a_name(client):
    post, ada = make.post(), member(client)
    said = [words(client.get(post.get_absolute_url()))]
    for one, field, value in (
        (post, "comment_policy", "held"),
        (ada, "name", "Ada B"),
        (post, "comment_policy", "closed"),
    ):
        setattr(one, field, value)
        one.save()
        said.append(words(client.get(post.get_absolute_url())))

    assert ["All comments here are read" in text for text in said] == [False, True, True, False]
    assert ["Posting as Ada B." in text for text in said] == [False, False, True, False]
    assert ["are closed" in text for text in said] == [False, False, False, True]
