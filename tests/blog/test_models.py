"""What the database refuses of posts."""

from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import IntegrityError

from blog.models import Author, Post
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


def test_a_scheduled_post_is_published_from_its_own_second_on():
    post = make.post(published_at=NOW)

    assert list(Post.objects.published(NOW - timedelta(seconds=1))) == []
    assert list(Post.objects.scheduled(NOW - timedelta(seconds=1))) == [post]
    assert list(Post.objects.published(NOW)) == [post]
    assert (post.is_published(NOW), post.is_scheduled(NOW)) == (True, False)


def test_the_words_of_a_post_are_found():
    post = make.post("Rotas", text="kindness between shifts")
    make.post("Other", standfirst="", text="nothing of it")

    assert list(Post.objects.filter(search=SearchQuery("shift"))) == [post]


def test_a_published_post_needs_its_moment():
    with pytest.raises(IntegrityError, match="a_published_post_has_its_moment"):
        make.post(published_at=None)


def test_an_author_is_a_member_or_a_name():
    with pytest.raises(IntegrityError, match="an_author_is_a_member_or_a_name"):
        Author.objects.create(post=make.post())
