"""A guest's address: confirming it, and the account that it may belong to."""

import pytest

from comments.models import Comment
from comments.writing import guests
from tests import make
from tests.comments.conversation import GWEN, says
from tests.comments.pages import words
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def confirm_url(comment):
    """The address of the page where they confirm theirs."""
    return f"/comments/confirm/{guests.confirmation_token_of(comment)}/"


def add_url(comment):
    """The address of the page that adds the comment to an account."""
    return f"/comments/add/{guests.account_token_of(comment)}/"


def gwen_with_an_account():
    """A member with the address that a guest's comment was left with."""
    return make.member("Gwen Hughes", email="gwen@guests.example")


def test_opening_the_page_confirms_nothing_and_the_button_does(client):
    comment = says(make.post(), GWEN)

    page = client.get(confirm_url(comment))
    comment.refresh_from_db()
    assert "This is my address" in words(page)
    assert comment.address_confirmed_at is None

    answer = client.post(confirm_url(comment))
    comment.refresh_from_db()
    assert answer["Location"] == f"/comments/mine/{guests.token_of(comment)}/"
    assert comment.address_confirmed_at == NOW
    assert "You have confirmed it." in words(client.get(confirm_url(comment)))


def test_an_address_that_was_erased_cannot_be_confirmed_any_more(client):
    comment = says(make.post(), GWEN)
    Comment.objects.update(guest_email="")

    assert "we erase it after 90 days" in words(client.get(confirm_url(comment)))
    assert client.post(confirm_url(comment)).status_code == 302
    assert Comment.objects.get().address_confirmed_at is None


@pytest.mark.slow
def test_a_token_opens_its_own_page_only(client):
    comment = says(make.post(), GWEN)
    client.force_login(gwen_with_an_account())

    for token in (guests.token_of(comment), guests.account_token_of(comment), "1-1", "²-1"):
        assert client.get(f"/comments/confirm/{token}/").status_code == 404
    for token in (guests.token_of(comment), guests.confirmation_token_of(comment), "1-1"):
        assert client.get(f"/comments/add/{token}/").status_code == 404


def test_a_comment_is_added_to_the_account_with_its_address(client):
    comment, gwen = says(make.post(), GWEN, "From outside"), gwen_with_an_account()
    asked = client.get(add_url(comment))
    client.force_login(gwen)

    page, answer = client.get(add_url(comment)), client.post(add_url(comment))

    assert asked["Location"] == f"/accounts/login/?next={add_url(comment)}"
    assert "From outside" in words(page)
    assert answer["Location"] == f"{comment.post.get_absolute_url()}#comment-{comment.pk}"
    comment.refresh_from_db()
    assert (comment.member, comment.guest_name, comment.guest_email) == (gwen, "", "")
    assert "carries the name of your account" in words(client.get(add_url(comment)))


def test_nobody_adds_the_comment_of_another_address(client):
    comment = says(make.post(), GWEN)
    client.force_login(make.member("Bo"))

    page, answer = client.get(add_url(comment)), client.post(add_url(comment))

    assert "Add this comment to my account" not in words(page)
    assert answer["Location"] == add_url(comment)
    assert "left with another email address than the one of your account" in client.get(add_url(comment)).text
    assert Comment.objects.get().member is None


@pytest.mark.parametrize("page", [confirm_url, add_url])
def test_these_pages_are_kept_and_listed_nowhere_and_name_no_address(client, page):
    comment = says(make.post(), GWEN)
    client.force_login(make.member("Bo"))

    answer = client.get(page(comment))

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "gwen@guests.example" not in answer.text
