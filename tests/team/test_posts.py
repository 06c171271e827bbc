"""The team's list of posts, beginning one, and what a paste becomes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.editing import publishing, saving
from blog.models import Post
from tests import make
from tests.blog.editing.revisions import draft, proposal
from tests.make import NOW
from tests.team.posts import form_of, page_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

LIST, NEW = reverse("team:posts"), reverse("team:post_new")
TOMORROW = NOW + timedelta(days=1)


def rows(client, stage=""):
    page = client.get(LIST, {"status": stage})
    return [(row.post.title, row.stage.label, row.authors, row.changed_by) for row in page.context["rows"]]


# ---- The list --------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_list_has_what_waits_for_an_editor_first(client, eve):
    draft("A draft", by=eve)
    publishing.publish(draft("Out"), by=eve, at=NOW)
    publishing.publish(draft("To come"), by=eve, at=NOW, from_=TOMORROW)
    publishing.submit_for_review(draft("In review"), by=eve, at=NOW)
    gone = publishing.publish(draft("Gone"), by=eve, at=NOW)
    publishing.withdraw(gone, "Why", by=eve, at=NOW)
    proposal(make.member("Ada"), "Not sent yet")

    found = rows(client)
    assert [row[:2] for row in found[:2]] == [("In review", "In review"), ("A draft", "Draft")]
    assert sorted(found[2:]) == [
        ("Gone", "Withdrawn", "Flo", "Eve"),
        ("Out", "Published", "Flo", "Eve"),
        ("To come", "Scheduled", "Flo", "Eve"),
    ]
    for stage, title in (
        ("review", "In review"),
        ("draft", "A draft"),
        ("scheduled", "To come"),
        ("published", "Out"),
        ("withdrawn", "Gone"),
    ):
        assert [row[0] for row in rows(client, stage)] == [title]


def test_a_status_that_there_is_not_shows_all(client, eve):
    draft("A draft")

    assert [row[0] for row in rows(client, "nonsense")] == ["A draft"]


def test_the_empty_list_offers_the_first_post(client, eve):
    assert "Write the first post" in text_of(client.get(LIST))
    draft()
    assert "No post has this status" in text_of(client.get(LIST, {"status": "withdrawn"}))


# ---- Beginning -------------------------------------------------------------------------------


def test_a_post_begins_with_its_title_and_goes_on_in_its_form(client, eve):
    answer = client.post(NEW, {"title": " Rota as kindness "})

    post = Post.objects.get()
    assert (post.title, post.slug, post.created_by, post.status) == (
        "Rota as kindness",
        "rota-as-kindness",
        eve,
        "draft",
    )
    assert answer["Location"] == page_of(post)


@pytest.mark.parametrize("title", ["", "  ", "a" * 151, "a\u202eb"])
def test_a_title_that_is_none_is_refused_and_kept(client, eve, title):
    page = client.post(NEW, {"title": title})

    assert (page.status_code, Post.objects.count()) == (200, 0)
    assert page.context["form"].errors["title"]


def test_who_may_change_but_not_add_begins_none(client, eve):
    eve.groups.get().permissions.remove(*eve.groups.get().permissions.filter(codename="add_post"))

    assert client.get(NEW).status_code == 403
    assert "Write a post" not in text_of(client.get(LIST))


# ---- The form --------------------------------------------------------------------------------


def test_a_paste_is_answered_with_what_saving_makes_of_it_and_what_is_left_out(client, eve):
    html = '<p style="x"><b style="font-weight:normal">One</b><img src="x"></p>'

    answer = client.post(page_of(draft(), "paste/"), {"html": html}).json()

    note = "1 picture was not pasted. Add it with Add a picture."
    assert answer == {"html": "<p>One</p>", "notes": [note]}


@pytest.mark.slow
def test_without_a_script_the_save_says_what_it_left_out(client, eve):
    post = draft()

    page = client.post(page_of(post), form_of(post, body='<p>One<img src="x"></p>'), follow=True)

    said = [str(one) for one in page.context["messages"]]
    assert said == ["1 picture was not pasted. Add it with Add a picture.", "Saved."]
    assert Post.objects.get().body == "<p>One</p>"


# ---- Who ---------------------------------------------------------------------------------------

PAGES = ["", "new/", "{pk}/", "{pk}/publish/", "{pk}/withdraw/", "{pk}/pictures/new/", "{pk}/revisions/"]


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_editors_only(client, page):
    path = LIST + page.format(pk=draft().pk)

    assert client.get(path)["Location"].startswith(reverse("account_login"))
    client.force_login(make.member("Ada", is_staff=True))
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == (405 if page in ("", "{pk}/revisions/") else 403)


def queries(client, django_assert_num_queries, path, number):
    client.get(path)  # what is looked up once a process
    with django_assert_num_queries(number):
        assert client.get(path).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_thirty(client, eve, django_assert_num_queries, many):
    for number in range(many):
        draft(f"Post {number}", by=eve, authors=[saving.Byline(make.member("Ada"))])

    queries(client, django_assert_num_queries, LIST, 8)
