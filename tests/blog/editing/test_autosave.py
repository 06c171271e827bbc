"""What is typed and not saved."""

from datetime import timedelta

import pytest

from blog import body as bodies
from blog.editing import autosave
from blog.models import UnsavedDraft
from members.models import Member
from tests import make
from tests.blog.editing.revisions import draft
from tests.make import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(seconds=10)


@pytest.fixture
def eve(db) -> Member:
    return make.member("Eve")


def test_the_last_of_what_they_typed_is_kept(eve):
    post = draft()

    autosave.store(post, {"title": "Ro", "body": "<p>W"}, by=eve, at=NOW)
    autosave.store(post, {"title": "Rota", "body": "<p>We"}, by=eve, at=LATER)

    kept = UnsavedDraft.objects.get()
    assert (kept.title, kept.standfirst, kept.body, kept.kept_at) == ("Rota", "", "<p>We", LATER)
    assert autosave.kept_of(post, eve) == kept
    assert autosave.kept_of(post, make.member("Bo")) is None


def test_what_says_the_same_as_the_post_is_not_offered(eve):
    post = draft()

    autosave.store(post, {name: getattr(post, name) for name in autosave.MAX_CHARS_OF}, by=eve, at=NOW)

    assert autosave.kept_of(post, eve) is None


def test_whatever_is_typed_can_be_kept(eve):
    post = draft()

    autosave.store(post, {"title": "a\0b\ud800c" + "x" * 200, "body": "é" * 300_000}, by=eve, at=NOW)

    kept = UnsavedDraft.objects.get()
    assert (kept.title, len(kept.body)) == (("abc" + "x" * 200)[:150], bodies.MAX_BODY_CHARS)


def test_thrown_away_it_is_gone_and_nobody_elses(eve):
    post, bo = draft(), make.member("Bo")
    for one in (eve, bo):
        autosave.store(post, {"title": one.name}, by=one, at=NOW)

    autosave.discard(post, eve)
    autosave.discard(post, eve)

    assert [kept.member for kept in UnsavedDraft.objects.all()] == [bo]
