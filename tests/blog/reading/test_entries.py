"""Posts in lists, as they are kept for all: what changes is seen at once."""

from datetime import timedelta

import pytest

from blog.reading import entries
from tests import make
from tests.comments.pages import words
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def post():
    return make.post("Rota as kindness", authors=[make.member("Ada"), make.member("Bo")])


def listed():
    """What the list of posts says, in one line."""
    return words(people.reader().get("/blog/"))


def saved(post, **fields):
    """Save the post with other facts."""
    for name, value in fields.items():
        setattr(post, name, value)
    post.save()


def renamed(post):
    author = post.authors.get(position=1)
    author.member.name = "Another name"
    author.member.save()


def signed(post):
    post.authors.filter(position=0).update(name="Ada as she signs")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda post: saved(post, title="Another title"), "Another title"),
        (lambda post: saved(post, standfirst="Another standfirst."), "Another standfirst."),
        (lambda post: saved(post, kind="reflection"), "Reflection Rota as kindness"),
        (lambda post: saved(post, text="word " * 900), "4 minutes to read"),
        (lambda post: saved(post, published_at=NOW - timedelta(days=40)), "23 September 2026"),
        (renamed, "Another name"),
        (signed, "Ada as she signs"),
        (make.comment, "1 comment"),
        (lambda post: saved(post, status="withdrawn"), "Nothing has been published yet"),
    ],
)
def test_what_becomes_of_a_post_is_seen_in_the_list_at_once(post, act, said):
    before = listed()

    act(post)

    assert said not in before
    assert said in listed()


def test_an_entry_is_written_once_for_all(monkeypatch, post):
    listed()
    monkeypatch.setattr(entries, "TEMPLATE", "blog/there_is_no_such_template.html")

    assert "Rota as kindness" in listed()


def test_a_name_on_the_post_stands_for_that_of_the_account_and_authors_are_in_their_order(post):
    signed(post)

    assert "Ada as she signs, Bo ·" in listed()
