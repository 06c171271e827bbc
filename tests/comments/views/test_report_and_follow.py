"""Reporting a comment, following a conversation, and stopping its emails by a button or a mail program."""

import pytest
from django.test import Client

from comments import following
from comments.models import Follow, Report
from tests import make
from tests.comments.conversation import GWEN, published
from tests.comments.pages import fault, part, typed, url, words
from tests.found import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def stop_url(follow):
    """The address of the page that stops the emails."""
    return f"/comments/follow/{following.token_of(follow)}/"


@pytest.mark.parametrize("who", [None, "Bo"])
def test_anybody_reports_a_comment_with_a_reason(client, who):
    comment = make.comment(make.post(), body="Rude words")
    bo = make.member(who) if who else None
    if bo:
        client.force_login(bo)

    page = client.get(url(comment, "report"))
    answer = client.post(url(comment, "report"), {"reason": "unkind", "words": "It hurts."})

    assert "Rude words" in words(page)
    assert answer["Location"] == url(comment)
    report = Report.objects.get()
    assert (report.comment, report.member, report.reason, report.words) == (
        comment,
        bo,
        "unkind",
        "It hurts.",
    )


THANKS = "Thank you. A moderator will look at this comment."


@pytest.mark.slow
def test_what_was_done_is_said_once_in_the_comment_and_not_on_top(client):
    other, comment = (make.comment(make.post()) for _ in range(2))
    reply = make.comment(comment.post, thread=comment)

    page = client.post(url(reply, "report"), {"reason": "spam"}, follow=True)

    assert page.redirect_chain[-1][0].endswith(f"#comment-{reply.pk}")
    assert found(part(page, f"comment-{reply.pk}")).startswith(THANKS)
    assert page.text.count(THANKS) == 1
    assert part(page, "messages") == ""
    assert THANKS not in client.get(other.post.get_absolute_url()).text
    assert THANKS not in client.get(comment.post.get_absolute_url()).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "We will email you each new reply in this conversation."),
        ({"stop": "1"}, "We will not email you about this conversation any more."),
    ],
)
def test_following_and_stopping_are_said_in_the_comment(client, fields, said):
    comment = make.comment(make.post())
    client.force_login(make.member("Ada"))

    page = client.post(url(comment, "follow"), fields, follow=True)

    assert found(part(page, f"comment-{comment.pk}")).startswith(said)
    assert part(page, "messages") == ""


@pytest.mark.slow
def test_what_was_done_with_a_comment_of_another_page_is_said_above_the_comments(client):
    post = make.post()
    first, *_, last = (make.comment(post, created_at=make.NOW) for _ in range(51))
    client.post(url(last, "report"), {"reason": "spam"})

    page = client.get(post.get_absolute_url())

    assert part(page, f"comment-{last.pk}") is None
    assert found(part(page, "comments")).startswith(f"51 comments {THANKS}")
    assert THANKS not in found(part(page, f"comment-{first.pk}"))


def test_two_acts_are_each_said_in_their_own_comment(client):
    post = make.post()
    both = [make.comment(post), make.comment(post)]
    for one in both:
        client.post(url(one, "report"), {"reason": "spam"})

    page = client.get(post.get_absolute_url())

    assert [found(part(page, f"comment-{one.pk}")).startswith(THANKS) for one in both] == [True, True]


def test_on_a_page_without_the_comments_it_is_said_on_top(client):
    client.post(url(make.comment(make.post()), "report"), {"reason": "spam"})

    assert part(client.get("/contact/"), "messages") == THANKS


def test_a_report_without_a_reason_keeps_its_words(client):
    comment = make.comment(make.post())

    answer = client.post(url(comment, "report"), {"words": "It hurts."})

    assert fault(answer) == ["Choose what is wrong with it"]
    assert typed(answer) == "It hurts."
    assert not Report.objects.exists()


def test_too_many_reports_from_one_network_are_refused_in_words(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"report": "1/10m/ip"}
    comment = make.comment(make.post())
    client.post(url(comment, "report"), {"reason": "spam"})

    answer = client.post(url(comment, "report"), {"reason": "spam"})

    assert fault(answer)[0].startswith("Too much was sent from your network")
    assert Report.objects.count() == 1


@pytest.mark.parametrize("status", ["pending", "removed", "withdrawn"])
def test_what_nobody_can_read_cannot_be_reported(client, status):
    comment = make.comment(make.post(), status=status)

    assert client.get(url(comment, "report")).status_code == 404
    assert client.post(url(comment, "report"), {"reason": "spam"}).status_code == 404


@pytest.mark.slow
def test_a_member_follows_a_conversation_and_stops(client):
    ada, comment = make.member("Ada"), make.comment(make.post())
    reply = make.comment(comment.post, thread=comment)
    client.force_login(ada)

    for _ in range(2):
        answer = client.post(url(reply, "follow"))
        assert answer["Location"] == url(reply)
    assert [(one.thread, one.member) for one in Follow.objects.all()] == [(comment, ada)]
    assert "Stop emails about this conversation" in words(client.get(comment.post.get_absolute_url()))

    client.post(url(comment, "follow"), {"stop": "1"})
    assert not Follow.objects.exists()
    assert "Email me new replies in this conversation" in words(client.get(comment.post.get_absolute_url()))


def test_controls_of_several_conversations_have_names_of_their_own(client):
    post = make.post()
    for name in ("Ada", "Bo"):
        make.comment(post, make.member(name))
    client.force_login(make.member("Cy"))

    said = words(client.get(post.get_absolute_url()))

    for name in ("Ada", "Bo"):
        assert f"Email me new replies in this conversation that {name} began" in said
        assert f"Comment of {name}, " in said


def test_opening_the_address_of_following_changes_nothing(client):
    comment = make.comment(make.post())

    assert client.get(url(comment, "follow")).status_code == 302
    client.force_login(make.member("Ada"))
    assert client.get(url(comment, "follow"))["Location"] == url(comment)
    assert not Follow.objects.exists()


def test_the_page_stops_the_emails_by_its_button_only(client):
    follow = following.follow_own(published(make.post(), GWEN), at=make.NOW)
    path = stop_url(follow)

    page = client.get(path)
    assert "Stop these emails?" in words(page)
    assert Follow.objects.exists()

    assert client.post(path)["Location"] == path
    assert not Follow.objects.exists()
    assert "These emails have stopped" in words(client.get(path))
    assert client.post(path).status_code == 302


def test_a_mail_program_stops_the_emails_without_a_token_of_ours():
    follow = following.follow_own(published(make.post(), GWEN), at=make.NOW)
    program = Client(enforce_csrf_checks=True)

    assert program.post(stop_url(follow)).status_code == 403
    assert Follow.objects.exists()
    for _ in range(2):
        assert program.post(stop_url(follow), ONE_CLICK).status_code == 200
    assert not Follow.objects.exists()


def test_a_made_up_token_stops_nothing(client):
    follow = following.follow_own(published(make.post(), GWEN), at=make.NOW)

    for token in (f"{follow.pk}-{'0' * 64}", "x", "9" * 5000):
        assert client.post(f"/comments/follow/{token}/", ONE_CLICK).status_code == 200
    assert Follow.objects.exists()
