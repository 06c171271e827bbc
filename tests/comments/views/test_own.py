"""What the author of a comment does with it through its pages, member or guest."""

from datetime import timedelta

import pytest
import time_machine

from comments.models import Comment
from comments.moderation import appeals, decisions
from comments.writing import authoring, guests
from tests import make
from tests.comments.conversation import GWEN, LATER, moderator, published, says, trusted
from tests.comments.pages import fault, typed, url, words
from tests.make import BY, NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ACTS = ("edit", "withdraw", "look-again")


def mine(comment, act=""):
    """The address of a guest's own page, or of something they can do there."""
    return f"/comments/mine/{guests.token_of(comment)}/" + (f"{act}/" if act else "")


def rejected(by, **fields):
    """A comment that a moderator did not publish, twenty minutes ago."""
    comment = says(make.post(), by, "Rude words", at=NOW - timedelta(minutes=30))
    words_ = {"reason": "unkind", "words": "Please put it kindly."} | fields
    decisions.reject(comment, by=moderator(), at=NOW - timedelta(minutes=20), seen=0, **words_)
    comment.refresh_from_db()
    return comment


@pytest.mark.slow
@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_comes_to_what_is_theirs(client, act):
    comment = says(make.post(), make.member("Ada"))
    guests_ = says(comment.post, GWEN)
    expected = (302, comment.post.get_absolute_url()) if act == "look-again" else (404, None)

    assert client.get(url(comment, act)).status_code == 302
    client.force_login(make.member("Bo", is_superuser=True))
    for one in (comment, guests_):
        for answer in (client.get(url(one, act)), client.post(url(one, act), {"body": "x", "words": "x"})):
            where = answer.headers.get("Location")
            assert (answer.status_code, where) == expected
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("Thank you.", "pending")


@pytest.mark.slow
@pytest.mark.parametrize("act", ["", *ACTS])
def test_a_made_up_token_is_not_found(client, act):
    comment = says(make.post(), GWEN)
    token = guests.token_of(comment)
    wrong = [
        token[:-1],
        f"{token}0",
        f"0{token}",
        "1-",
        "x",
        "9" * 5000,
        "1-é",
        guests.confirmation_token_of(comment),
    ]

    for one in wrong:
        path = f"/comments/mine/{one}/" + (f"{act}/" if act else "")
        assert client.get(path).status_code == 404


@pytest.mark.slow
def test_an_edit_changes_a_trusted_members_words_at_once(client):
    post, ada = make.post(), trusted()
    comment = says(post, ada)
    client.force_login(ada)

    page = client.get(url(comment, "edit"))
    answer = client.post(url(comment, "edit"), {"body": "Other words"})

    assert typed(page) == "Thank you."
    assert "You can edit it until 10:10 (UK and Ireland time)." in words(page)
    assert answer["Location"] == f"{post.get_absolute_url()}#comment-{comment.pk}"
    shown = client.get(answer["Location"])
    assert "Other words" in words(shown)
    assert "edited" in words(shown)
    assert "Your comment is changed." in flat(shown.text)


@pytest.mark.slow
def test_an_edit_of_a_comment_that_a_moderator_published_waits_and_the_old_words_stay(client):
    comment = published(make.post(), make.member("Ada"), "First words")
    client.force_login(comment.member)

    answer = client.post(url(comment, "edit"), {"body": "Other words"})
    page = client.get(answer["Location"])

    assert "Your change waits for a moderator." in flat(page.text)
    assert "First words" in words(page)
    assert "Until then everybody reads the words above" in words(page)
    assert typed(client.get(url(comment, "edit"))) == "Other words"


@pytest.mark.parametrize("address", ["member", "guest"])
def test_after_ten_minutes_an_edit_is_refused_with_its_words_kept(client, address):
    ada = make.member("Ada")
    comment = says(make.post(), ada if address == "member" else GWEN)
    client.force_login(ada)
    path = url(comment, "edit") if address == "member" else mine(comment, "edit")

    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        page, answer = client.get(path), client.post(path, {"body": "Long thought about"})

    assert "A comment can be edited for ten minutes" in words(page)
    assert fault(answer) == [
        "A comment can be edited for ten minutes after it was sent. You can still withdraw it."
    ]
    assert typed(answer) == "Long thought about"
    comment.refresh_from_db()
    assert comment.body == "Thank you."


def test_an_edit_says_something(client):
    comment = says(make.post(), GWEN)

    assert fault(client.post(mine(comment, "edit"), {"body": " \n "})) == ["Write your comment."]


def test_a_guest_edits_while_they_wait(client):
    comment = says(make.post(), GWEN)

    answer = client.post(mine(comment, "edit"), {"body": "Better words"})

    assert answer["Location"] == mine(comment)
    assert "Better words" in words(client.get(answer["Location"]))


@pytest.mark.slow
def test_withdrawing_asks_first_and_leaves_a_tombstone_where_others_answered(client):
    post, ada = make.post(), trusted()
    comment = says(post, ada, "S3CRET")
    make.comment(post, thread=comment, body="A reply")
    client.force_login(ada)

    page = client.get(url(comment, "withdraw"))
    answer = client.post(url(comment, "withdraw"))

    assert "Withdraw your comment?" in words(page)
    assert answer["Location"] == post.get_absolute_url()
    shown = client.get(post.get_absolute_url())
    assert "This comment was withdrawn by its author." in words(shown)
    assert "S3CRET" not in shown.text
    assert "There is nothing to withdraw." in words(client.get(url(comment, "withdraw")))


def test_a_guest_withdraws_by_their_own_page(client):
    comment = published(make.post(), GWEN)

    answer = client.post(mine(comment, "withdraw"))

    assert answer["Location"] == mine(comment)
    page = client.get(mine(comment))
    assert "You have withdrawn this comment." in words(page)
    assert "Withdraw:" not in words(page)
    assert Comment.objects.get(pk=comment.pk).status == "withdrawn"


def test_its_author_reads_why_it_was_not_published_and_asks_to_look_again(client):
    comment = rejected(make.member("Ada"))
    client.force_login(comment.member)

    page = client.get(url(comment, "look-again"))
    answer = client.post(url(comment, "look-again"), {"words": "It was meant kindly."})

    assert "Not published The reason: It is unkind to somebody. Please put it kindly." in words(page)
    assert answer.status_code == 302
    comment.refresh_from_db()
    assert (comment.appealed_at, comment.appeal_text) == (NOW, "It was meant kindly.")


def test_a_guest_asks_to_look_again_from_their_own_page(client):
    comment = rejected(GWEN, reason="other")

    page = client.get(mine(comment))
    with time_machine.travel(LATER + timedelta(minutes=5), tick=False):
        answer = client.post(mine(comment, "look-again"), {"words": ""})

    assert "Not published Please put it kindly." in words(page)
    assert "Ask us to look again" in words(page)
    asked = client.get(answer["Location"])
    assert "You have asked us to look again." in words(asked)
    assert mine(comment, "look-again") not in asked.text


def test_a_guest_is_told_to_confirm_the_address_and_what_happens_without(client):
    comment, other = says(make.post(), GWEN, follows=True), says(make.post(), GWEN)
    asks = "We have sent you an email that asks you to confirm your address. Until you do, "

    assert f"{asks}we send you none of the emails about replies" in words(client.get(mine(comment)))
    assert f"{asks}moderators do not know that the address is yours" in words(client.get(mine(other)))
    Comment.objects.update(address_confirmed_at=NOW)
    assert asks not in words(client.get(mine(comment)))


def test_what_a_moderator_can_still_undo_is_not_said_on_their_page_before_it_is_mailed(client):
    comment = says(make.post(), GWEN)
    decisions.reject(comment, by=moderator(), at=NOW, seen=0, reason="unkind")

    assert "Waiting for a moderator" in words(client.get(mine(comment)))
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        assert "Not published" in words(client.get(mine(comment)))


def test_what_was_decided_on_twice_is_not_looked_at_a_third_time(client):
    comment = rejected(GWEN)
    appeals.appeal(comment, "", by=BY, at=LATER)
    decisions.reject(comment, by=moderator("Nia"), at=LATER + timedelta(hours=1), seen=2, reason="unkind")

    page, answer = client.get(mine(comment)), client.post(mine(comment, "look-again"), {"words": "Please"})

    assert "We have looked at it a second time." in words(page)
    assert fault(answer) == ["A second moderator has looked at it already."]


def test_where_nothing_was_decided_there_is_nothing_to_look_at_again(client):
    comment = says(make.post(), GWEN)

    assert fault(client.post(mine(comment, "look-again"), {"words": ""})) == [
        "There is no decision to look at again."
    ]


def test_reasons_that_are_too_long_are_refused_with_their_words_kept(client):
    comment = rejected(GWEN)

    answer = client.post(mine(comment, "look-again"), {"words": "a" * 2001})

    assert fault(answer) == ["Use up to 2,000 characters."]
    assert typed(answer) == "a" * 2001


@pytest.mark.parametrize("act", ["", *ACTS])
def test_a_secret_page_is_kept_and_listed_nowhere_and_names_no_address(client, act):
    comment = says(make.post(), GWEN)

    page = client.get(mine(comment, act))

    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert "gwen@guests.example" not in page.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (None, "Waiting for a moderator Thank you: we have it. A moderator reads it, usually within one"),
        (decisions.publish, "Published Everybody can read your comment."),
        (decisions.spam, "Waiting for a moderator"),
    ],
)
@pytest.mark.usefixtures("site_address")
def test_a_guests_page_says_how_their_comment_stands(client, change, said):
    comment = says(make.post(), GWEN, "My words")
    if change:
        change(comment, by=moderator(), at=LATER, seen=0)

    page = client.get(mine(comment))

    assert said in words(page)
    assert "My words" in words(page)
    assert f'value="https://events.example.org{mine(comment)}"' in page.text


def test_a_guest_reads_the_change_that_waits_beside_the_words_that_are_public(client):
    comment = published(make.post(), GWEN, "First words")
    authoring.edit(comment, "Other words", by=BY, at=LATER)

    assert "First words" in (said := words(client.get(mine(comment))))
    assert "Your change waits for a moderator Until then everybody reads the words above. Other words" in said
