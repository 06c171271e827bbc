"""Permalinks of comments, and what a comment looks like on its page."""

from datetime import timedelta

import pytest

from tests import make
from tests.comments.conversation import published
from tests.comments.pages import leave_url, url
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_a_comment_is_asked_for_below_its_own_post_only(client):
    comment = make.comment(make.post())
    elsewhere = f"{make.post().get_absolute_url()}comments/{comment.pk}/"

    for act in ("", "reply/", "report/"):
        assert client.get(f"{elsewhere}{act}").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 5000])
def test_a_number_that_no_comment_has_is_not_found(client, number):
    post = make.post()

    for act in ("", "reply/", "edit/", "withdraw/", "report/", "follow/", "look-again/"):
        client.force_login(make.member())
        assert client.get(f"{leave_url(post)}{number}/{act}").status_code == 404


@pytest.mark.slow
def test_a_permalink_finds_the_page(client):
    post = make.post()
    for minute in range(51):
        last = make.comment(post, created_at=NOW - timedelta(days=1) + timedelta(minutes=minute))

    answer = client.get(url(last))

    assert answer["Location"] == f"{post.get_absolute_url()}?page=2#comment-{last.pk}"
    assert f'id="comment-{last.pk}"' in client.get(answer["Location"]).text


def test_a_permalink_of_what_nobody_can_read_is_not_found_and_tells_its_author_what_was_decided(client):
    ada = make.member("Ada")
    comment = make.comment(make.post(), ada, status="rejected")

    assert client.get(url(comment)).status_code == 404
    client.force_login(ada)
    assert client.get(url(comment))["Location"] == url(comment, "look-again")


def test_the_text_of_a_comment_is_on_the_page_escaped(client):
    post = make.post()
    published(post, body="<script>pwned()</script>\n\nhttps://a.example")

    page = client.get(post.get_absolute_url())

    assert "&lt;script&gt;pwned()" in page.text
    assert "<script>pwned" not in page.text
    assert 'rel="ugc nofollow noopener">https://a.example</a>' in flat(page.text)
