"""Where a post is on its way, in one word."""

from datetime import timedelta

import pytest

from blog.editing import stages
from blog.models import Post
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(days=1)
MOMENTS = {
    "draft": None,
    "review": None,
    "scheduled": SOON,
    "published": NOW,
    "withdrawn": NOW,
}


@pytest.fixture
def posts(db) -> dict[str, Post]:
    """One at each stage, by its stage."""
    return {
        stage: make.post(stage, status="published" if stage == "scheduled" else stage, published_at=moment)
        for stage, moment in MOMENTS.items()
    }


@pytest.mark.usefixtures("ordinary_monday")
def test_each_stage_has_a_word_and_a_moment(posts):
    today = "Monday 2 November, 10:00 (UK and Ireland time)"

    assert {
        name: (one.value, one.label, one.moment)
        for name, one in ((name, stages.stage_of(post, NOW)) for name, post in posts.items())
    } == {
        "draft": ("draft", "Draft", ""),
        "review": ("review", "In review", ""),
        "scheduled": ("scheduled", "Scheduled", "Tuesday 3 November, 10:00 (UK and Ireland time)"),
        "published": ("published", "Published", today),
        "withdrawn": ("withdrawn", "Withdrawn", today),
    }


def test_each_stage_finds_its_own(posts):
    found = {name: list(stages.only(Post.objects.all(), name, NOW)) for name in stages.LABELS}

    assert found == {name: [post] for name, post in posts.items()}
    assert stages.only(Post.objects.all(), "", NOW).count() == len(posts)
    assert list(stages.only(Post.objects.all(), "scheduled", SOON)) == []


def test_the_clock_makes_a_scheduled_post_a_published_one(posts):
    assert stages.stage_of(posts["scheduled"], SOON).value == "published"


def test_what_asks_for_an_editor_comes_first(posts):
    assert [post.title for post in stages.in_order(Post.objects.all())][:2] == ["review", "draft"]


def test_the_preview_says_what_it_is(posts):
    told = {name: stages.preview_words(post, NOW) for name, post in posts.items()}

    assert {words.partition(". ")[0] for words in told.values()} == {
        "This is a preview, for those who have its link"
    }
    assert told["scheduled"].endswith("It comes out on Tuesday 3 November, 10:00 (UK and Ireland time).")
    assert len(set(told.values())) == len(posts)
