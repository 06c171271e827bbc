"""The secret link of a guest's comment is ended by the team: it opens nothing; a new one comes by mail."""

import pytest
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from comments import tokens
from comments.models import Comment
from comments.refusals import LinkEnded, NotPossible
from comments.writing import guests
from notifications.models import Message
from tests import letters, make
from tests.comments.conversation import GWEN, says
from tests.comments.pages import words
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def page_of(comment: Comment, act: str = "") -> str:
    return f"/comments/mine/{guests.token_of(comment)}/{act}"


def ended(comment: Comment) -> Comment:
    return guests.end_link(comment, by=people.staff("Moderator"), at=NOW)


def letters_of(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind))


def test_a_link_that_was_made_before_there_was_a_count_opens_still(client):
    comment = make.comment(make.post())

    assert guests.token_of(comment) == tokens.make("status", comment.pk)
    assert client.get(page_of(comment)).status_code == 200


@pytest.mark.parametrize("act", ["", "edit/", "withdraw/", "look-again/"])
def test_once_it_is_ended_no_page_of_it_opens_and_each_says_so(client, act):
    comment = make.comment(make.post(), body="Private till then.", status="pending")
    path = page_of(comment, act)
    ended(comment)

    shown, sent = client.get(path), client.post(path, {"body": "Changed"})

    for answer in (shown, sent) if act else (shown,):
        assert answer.status_code == 410
        assert "This link has been ended" in words(answer)
        assert "Private till then." not in words(answer)
        assert "no-store" in answer["Cache-Control"]
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("Private till then.", "pending")


def test_the_other_links_that_were_mailed_are_ended_with_it(client):
    comment = make.comment(make.post())
    confirm = f"/comments/confirm/{guests.confirmation_token_of(comment)}/"
    add = f"/comments/add/{guests.account_token_of(comment)}/"
    ended(comment)
    client.force_login(make.member("Gwen", email=comment.guest_email))

    assert [client.post(path).status_code for path in (confirm, add)] == [410, 410]
    comment.refresh_from_db()
    assert (comment.address_confirmed_at, comment.member) == (None, None)


def test_a_guest_asks_for_a_new_one_and_gets_it_by_mail_once_a_day(client):
    comment = says(make.post(), GWEN)
    old = page_of(comment)
    letters.deliver(NOW)
    comment = ended(comment)

    answers = [client.post(f"{old}new-link/", follow=True) for _ in range(3)]
    told = letters.only(letters.deliver(NOW))

    assert all("We are emailing a new link" in answer.content.decode() for answer in answers)
    assert told.to == [GWEN.email]
    assert page_of(comment) in told.body
    assert client.get(page_of(comment)).status_code == 200
    assert client.get(old).status_code == 410
    assert len(letters_of("comment-new-link")) == 1
    assert Entry.objects.filter(act=Act.LINK_ASKED).count() == 1


def test_a_link_that_is_ended_twice_is_ended_and_so_is_the_one_between():
    comment = make.comment(make.post())
    first = guests.token_of(comment)
    comment = ended(comment)
    second = guests.token_of(comment)
    comment = ended(comment)

    for token in (first, second):
        with pytest.raises(LinkEnded):
            guests.comment_of(token)
    assert guests.comment_of(guests.token_of(comment)) == comment


def test_ending_one_leaves_those_of_other_comments(client):
    one, other = make.comment(make.post()), make.comment(make.post())
    ended(one)

    assert client.get(page_of(other)).status_code == 200


def test_a_link_that_was_made_up_is_not_found_and_mails_nobody(client):
    comment = ended(make.comment(make.post()))

    for token in (f"{comment.pk}-{'0' * 64}", tokens.make("confirm", comment.pk), "x"):
        assert client.get(f"/comments/mine/{token}/").status_code == 404
        assert client.post(f"/comments/mine/{token}/new-link/").status_code == 404
    assert letters_of("comment-new-link") == []


def test_a_link_that_opens_asks_for_no_new_one(client):
    comment = make.comment(make.post())

    answer = client.post(page_of(comment, "new-link/"))

    assert answer["Location"] == page_of(comment)
    assert letters_of("comment-new-link") == []


def test_where_no_address_is_kept_the_page_leads_to_a_person(client):
    comment = make.comment(make.post(), guest_email="")
    path = page_of(comment)
    ended(comment)

    answer = client.post(f"{path}new-link/")

    assert answer.status_code == 410
    assert "We no longer have the address" in words(answer)
    assert "Email me a new link" not in words(answer)


def test_the_browser_it_was_left_from_does_not_lead_to_it_any_more(client):
    post = make.post(comment_policy="open")
    sent = {"body": "Mine.", "name": "Gwen", "email": "g@guests.example"}
    client.post(f"{post.get_absolute_url()}comments/", sent)
    comment = Comment.objects.get()
    before = page_of(comment) in client.get(post.get_absolute_url()).content.decode()

    comment = ended(comment)
    after = client.get(post.get_absolute_url()).content.decode()

    assert before
    assert "/comments/mine/" not in after
    assert "Mine." not in after


def test_a_members_comment_has_no_link_to_end():
    with pytest.raises(NotPossible):
        ended(make.comment(make.post(), make.member("Ada")))


def test_the_team_ends_it_on_the_comments_page():
    comment = make.comment(make.post())
    path, mo = page_of(comment), people.reader(people.staff("Moderator"))
    team = f"/team/moderation/{comment.pk}/"

    assert "End this link" in words(mo.get(team))
    answer = mo.post(f"{team}end-link/", follow=True)

    assert "The link is ended." in answer.content.decode()
    assert Client().get(path).status_code == 410
    of_a_member = make.comment(make.post(), make.member("Ada"))
    assert "End this link" not in words(mo.get(f"/team/moderation/{of_a_member.pk}/"))
