"""Revisions on the team's pages."""

import pytest
from django.urls import reverse

from blog.editing import saving
from blog.models import Post
from common.edit_conflicts import stamp
from tests.blog.editing.revisions import draft
from tests.make import NOW
from tests.markup import flat
from tests.team.posts import saved_meanwhile, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def post(eve) -> Post:
    """Three revisions: begun, written by Eve, and rewritten by Bo."""
    written = draft("Rota", by=eve, body="<p>We asked every nurse.</p>")
    saved_meanwhile(written, "<b>Bo", body="<p>We asked each nurse.</p>")
    return written


def listed(post):
    return reverse("team:post_revisions", args=[post.pk])


def compared(client, post, **asked):
    return client.get(reverse("team:post_compare", args=[post.pk]), asked)


def test_the_revisions_say_who_and_when(client, post):
    page = client.get(listed(post))

    assert [(one.number, str(one.saved_by), moment) for one, moment in page.context["rows"]] == [
        (3, "<b>Bo", "Monday 2 November, 10:01 (UK and Ireland time)"),
        (2, "Eve", "Monday 2 November, 10:00 (UK and Ireland time)"),
        (1, "Eve", "Monday 2 November, 10:00 (UK and Ireland time)"),
    ]
    assert "<b>Bo" not in text_of(page)


@pytest.mark.slow
def test_a_choice_says_when_it_was_saved_and_by_whom(client, post):
    page = client.get(listed(post))

    choices = page.context["compare_form"].fields["new"].choices
    assert [words for _, words in choices] == [
        "Revision 3: Mon 2 Nov, 10:01, <b>Bo",
        "Revision 2: Mon 2 Nov, 10:00, Eve",
        "Revision 1: Mon 2 Nov, 10:00, Eve",
    ]
    assert "<b>Bo" not in page.text
    assert 'type="submit">Compare</button>' in flat(page.text)


def test_two_revisions_are_compared_with_words_for_what_colours_say(client, post):
    page = text_of(compared(client, post, old="2", new="3"))

    assert '<del><span class="visually-hidden">taken out: </span>every</del>' in flat(page)
    assert '<ins><span class="visually-hidden">put in: </span>each</ins>' in flat(page)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, (2, 3)),
        ({"new": "2"}, (1, 2)),
        ({"old": "3", "new": "1"}, (1, 3)),
        ({"old": "x", "new": "9" * 30}, (2, 3)),
        ({"new": "1"}, (1, 1)),
        ({"old": "²", "new": "٣"}, (2, 3)),
    ],
)
def test_which_are_compared(client, post, asked, numbers):
    context = compared(client, post, **asked).context

    assert (context["old"].number, context["new"].number) == numbers


@pytest.mark.slow
def test_an_older_text_is_brought_back(client, post):
    answer = client.post(reverse("team:post_restore", args=[post.pk, 2]), {"seen": stamp(Post.objects.get())})

    assert answer["Location"] == reverse("team:post_edit", args=[post.pk])
    assert Post.objects.get().body == "<p>We asked every nurse.</p>"
    assert "brought back 2" in text_of(client.get(listed(post)))


@pytest.mark.parametrize("seen", ["", "2026-11-02T09:00:00+00:00", "x"])
def test_it_is_not_brought_back_over_what_was_not_seen(client, post, seen):
    answer = client.post(reverse("team:post_restore", args=[post.pk, 2]), {"seen": seen})

    page = client.get(answer["Location"])
    assert [str(message) for message in page.context["messages"]] == [
        "Nothing was brought back. <b>Bo changed it on Monday 2 November, 10:01 (UK and Ireland time)."
    ]
    assert Post.objects.get().body == "<p>We asked each nurse.</p>"


def test_a_revision_that_there_is_not(client, post):
    assert client.post(reverse("team:post_restore", args=[post.pk, 9])).status_code == 404
    assert client.post(reverse("team:post_restore", args=[post.pk, 10**30])).status_code == 404


def test_one_revision_has_nothing_to_be_compared_with(client, eve):
    bare = saving.create("Bare", by=eve, at=NOW)

    assert "only one revision" in text_of(compared(client, bare))
    assert client.get(listed(bare)).context["compare_form"] is None


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries(client, eve, django_assert_num_queries, many):
    post = draft(by=eve)
    for number in range(many):
        saving.save(post, {"title": f"Title {number}"}, by=eve, at=NOW, seen=None)
    client.get(listed(post))

    with django_assert_num_queries(7):
        client.get(listed(post))
