"""Replying to a comment through its page."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from comments.models import Comment
from tests import make
from tests.comments.conversation import trusted
from tests.comments.pages import FROM_GWEN, box_of, fault, leave_url, typed, url, words
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
LOG_IN = "/accounts/login/"


def member(client: Client, who=None):
    """Log somebody in."""
    who = who or make.member("Ada")
    client.force_login(who)
    return who


def test_a_reply_has_a_page_with_what_it_answers_and_stands_below_it(client):
    post, ada = make.post(), member(client, trusted())
    thread = make.comment(post, body="Who wants which shift?")

    page = client.get(url(thread, "reply"))
    sent = box_of(page, url(thread, "reply"))
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        answer = client.post(url(thread, "reply"), sent | {"body": "Nights."})

    assert "Who wants which shift?" in words(page)
    reply = Comment.objects.get(member=ada, body="Nights.")
    assert (reply.thread, reply.reply_to) == (thread, None)
    assert answer["Location"] == f"{post.get_absolute_url()}#comment-{reply.pk}"


def test_a_refused_reply_keeps_what_was_typed(client):
    thread = make.comment(make.post())

    answer = client.post(url(thread, "reply"), {"body": "My answer"})

    assert fault(answer) == ["Enter your name", "Enter your email address"]
    assert typed(answer) == "My answer"


def test_a_reply_to_what_has_gone_comes_back_in_the_posts_own_box(client):
    post = make.post()
    thread = make.comment(post, status="removed")

    answer = client.post(url(thread, "reply"), {"body": "My answer"} | FROM_GWEN)

    assert fault(answer) == [
        "The comment that you answer is not here any more. You can post yours as a comment of its own."
    ]
    assert box_of(answer, leave_url(post))["body"].strip() == "My answer"
    assert client.get(url(thread, "reply")).status_code == 404
