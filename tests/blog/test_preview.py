"""The preview: a post as it is now, for whoever has its link."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.editing import publishing
from blog.models import Post
from tests import make
from tests.blog.editing.revisions import draft
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def preview(client, post):
    return client.get(reverse("blog:preview", args=[Post.objects.get(pk=post.pk).preview_token]))


def test_who_has_the_link_sees_the_draft_and_that_it_is_one(client):
    page = preview(client, draft(body="<p>We asked <em>everybody</em>.</p>"))

    words = page.content.decode()
    assert page.status_code == 200
    assert "<p>We asked <em>everybody</em>.</p>" in flat(words)
    assert "This is a preview, for those who have its link. It is a draft, and not published." in words
    assert "<title>Rota as kindness (preview) -" in flat(words)


def test_nothing_keeps_it_and_nobody_finds_it(client):
    page = preview(client, draft())

    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in flat(page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("status", ["draft", "review", "published", "withdrawn"])
def test_it_works_at_every_stage_and_without_comments(client, status):
    post = make.post(status=status, authors=[make.member("Ada")])
    make.comment(post, body="Said below it.")

    page = preview(client, post)

    words = page.content.decode()
    assert page.status_code == 200
    for absent in ("Said below it.", 'id="comments"', "Contact the author", "Edit this post"):
        assert absent not in words


def test_a_scheduled_post_says_when_it_comes_out(client):
    eve = make.member("Eve")
    post = publishing.publish(draft(by=eve), by=eve, at=NOW, from_=NOW + timedelta(days=1))

    assert (
        "It comes out on Tuesday 3 November, 10:00 (UK and Ireland time)."
        in preview(client, post).content.decode()
    )
    assert client.get(post.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 5_000, "%20", "%F0%9F%98%80", "%ED%A0%80"])
def test_a_link_that_was_guessed_leads_nowhere(client, token):
    draft()

    assert client.get(f"/blog/preview/{token}/").status_code == 404


def test_the_link_of_a_post_that_was_withdrawn_leads_nowhere(client):
    post = make.post()

    known = reverse("blog:preview", args=[post.preview_token])

    publishing.withdraw(post, "Its numbers were wrong.", by=make.member("Eve"), at=NOW)

    assert client.get(known).status_code == 404
    assert preview(client, post).status_code == 200


def test_reading_a_preview_changes_nothing(client):
    post = draft()
    before = Post.objects.values().get(pk=post.pk)

    preview(client, post)

    assert Post.objects.values().get(pk=post.pk) == before
    assert client.post(reverse("blog:preview", args=[post.preview_token])).status_code == 405
