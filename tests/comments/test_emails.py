"""The emails about comments: what they say when they go out, and when nothing is left to say."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import translation

from comments import following
from comments.emails import without_links
from comments.models import Comment, Follow
from comments.moderation import appeals, decisions, digest, reporting
from comments.writing import authoring, guests
from notifications.models import Message
from tests import letters, make
from tests.comments.conversation import GWEN, LATER, fresh, moderator, published, says, trusted
from tests.make import BY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]
SITE = "https://events.example.org"
MUCH_LATER = NOW + timedelta(hours=1)


def sent(at=MUCH_LATER):
    """What goes out by then: to whom, and the subject."""
    return [(one.to[0], one.subject) for one in letters.deliver(at)]


def mine(comment):
    """A guest's own page."""
    return f"{SITE}/comments/mine/{guests.token_of(comment)}/"


def on_the_page(comment):
    """The permalink."""
    return SITE + comment.get_absolute_url()


def forget_first_letters():
    """Send what is due at once, so that a test sees what comes after."""
    letters.deliver(NOW)


def test_a_guest_gets_both_their_links_and_nothing_that_was_typed_in():
    comment = says(
        make.post("Rotas"), authoring.Guest("BUY NOW", "victim@a.example"), "BUY https://buy.example"
    )

    email = letters.only(letters.deliver(NOW))

    confirm = f"{SITE}/comments/confirm/{guests.confirmation_token_of(comment)}/"
    assert (email.to, email.subject) == (["victim@a.example"], "We have your comment on Rotas")
    assert {confirm, mine(comment)} <= letters.links(email)
    assert "It waits for a moderator, usually for less than one working day." in email.body
    assert "BUY" not in email.message().as_string()


def test_a_guest_with_the_address_of_an_account_is_told_of_it_by_mail_alone():
    make.member("Gwen Hughes", email="gwen@guests.example")
    comment = says(make.post("Rotas"), GWEN)

    email = letters.only(letters.deliver(NOW))

    assert (email.to, email.subject) == (["gwen@guests.example"], "A comment with your address on Rotas")
    assert f"{SITE}/comments/add/{guests.account_token_of(comment)}/" in letters.links(email)


def test_a_comment_that_was_withdrawn_or_added_before_is_not_confirmed():
    withdrawn, added = says(make.post(), GWEN), says(make.post(), GWEN)
    authoring.withdraw(withdrawn, by=BY, at=NOW)
    guests.add_to_account(added, make.member(email="gwen@guests.example"), at=NOW)

    assert sent() == []


def test_an_author_is_told_that_their_comment_is_published():
    comment = published(make.post("Rotas"), make.member("Ada", email="ada@a.example"))

    email = letters.only(letters.deliver(MUCH_LATER))

    assert (email.to, email.subject) == (["ada@a.example"], "Your comment is published: Rotas")
    assert email.body.startswith("Hello Ada,\n\nYour comment on “Rotas” is published.")
    assert on_the_page(comment) in letters.links(email)


@pytest.mark.parametrize(
    ("is_confirmed", "hello"), [(False, "Your comment on"), (True, "Hello Gwen,\n\nYour comment on")]
)
def test_a_guest_is_told_by_name_once_their_address_is_confirmed(is_confirmed, hello):
    comment = says(make.post(), GWEN)
    if is_confirmed:
        guests.confirm_address(comment, at=NOW)
    forget_first_letters()
    decisions.publish(comment, by=moderator(), at=NOW, seen=comment.version)

    email = letters.only(letters.deliver(MUCH_LATER))

    assert email.body.startswith(hello)
    assert mine(comment) in letters.links(email)


@pytest.mark.parametrize(
    ("decide", "reason", "subject"),
    [
        (decisions.publish, {}, "Your change is published: Rotas"),
        (decisions.reject, {"reason": "unkind"}, "Your change is not published: Rotas"),
    ],
)
def test_an_author_is_told_what_became_of_a_change(decide, reason, subject):
    comment = published(make.post("Rotas"), make.member("Ada", email="ada@a.example"))
    letters.deliver(MUCH_LATER)
    comment = authoring.edit(comment, "Other words", by=BY, at=LATER)
    decide(comment, by=moderator(), at=MUCH_LATER, seen=comment.version, **reason)

    email = letters.only(letters.deliver(MUCH_LATER + timedelta(hours=1)))

    assert (email.to, email.subject) == (["ada@a.example"], subject)
    assert "look again" not in email.body


def test_an_author_is_told_why_in_the_moderators_words_and_can_ask_to_look_again():
    comment = says(make.post("Rotas"), ada := make.member("Ada", email="ada@a.example"))
    decisions.reject(comment, by=moderator(), at=NOW, seen=0, reason="off-topic", words="Ask in the forum.")

    email = letters.only(letters.deliver(MUCH_LATER))

    assert (email.to, email.subject) == (["ada@a.example"], "Your comment is not published: Rotas")
    assert "The reason: It is about something else.\n\nAsk in the forum." in email.body
    assert f"{on_the_page(comment)}look-again/" in letters.links(email)
    assert SITE + reverse("members:policy", args=["comments"]) in letters.links(email)
    assert ada.name in email.body


def test_a_guest_asks_to_look_again_by_their_secret_address():
    comment = says(make.post(), GWEN)
    forget_first_letters()
    decisions.reject(comment, by=moderator(), at=NOW, seen=0, reason="other", words="Not here.")

    email = letters.only(letters.deliver(MUCH_LATER))

    assert f"{mine(comment)}look-again/" in letters.links(email)
    assert "The reason:" not in email.body


def test_a_second_look_that_changes_nothing_says_so_and_offers_no_third():
    comment = says(make.post(), make.member("Ada"))
    decisions.reject(comment, by=moderator(), at=NOW, seen=0, reason="unkind")
    letters.deliver(MUCH_LATER)
    appeals.appeal(comment, "", by=BY, at=MUCH_LATER)
    decisions.reject(comment, by=moderator("Nia"), at=MUCH_LATER, seen=2, reason="unkind")

    email = letters.only(letters.deliver(MUCH_LATER + timedelta(hours=1)))

    assert "We have looked again at your comment" in email.body
    assert "Ask us to look again" not in email.body


def test_an_author_is_told_that_their_comment_was_removed():
    comment = published(make.post("Rotas"), make.member("Ada"))
    letters.deliver(MUCH_LATER)
    decisions.remove(comment, by=moderator(), at=MUCH_LATER, seen=comment.version, reason="personal-data")

    email = letters.only(letters.deliver(MUCH_LATER + timedelta(hours=1)))

    assert email.subject == "Your comment was removed: Rotas"
    assert "The reason: It names patients or private details." in email.body


def test_what_was_undone_in_the_hands_of_a_worker_is_not_told():
    comment = says(make.post(), make.member("Ada"))
    decision = decisions.reject(comment, by=moderator(), at=NOW, seen=0, reason="unkind")
    type(decision).objects.update(undone_at=LATER)

    assert sent() == []


def test_who_follows_is_told_of_a_reply_and_can_stop_by_one_click():
    post, ada = make.post("Rotas"), trusted("Ada")
    thread = says(post, ada, follows=True)
    reply = says(post, trusted("Bo"), "Nights first: https://a.example/x", reply_to=thread)

    email = letters.only(letters.deliver(MUCH_LATER))

    stop = f"{SITE}/comments/follow/{following.token_of(Follow.objects.get())}/"
    assert email.subject == "Bo replied: Rotas"
    assert email.body.startswith("Hello Ada,\n\nBo has replied in a conversation that you follow")
    assert "Nights first: [link]" in email.body
    assert {on_the_page(reply), stop} <= letters.links(email)
    assert email.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.slow
def test_nobody_is_told_of_a_reply_once_they_stopped_or_it_was_removed():
    post, ada = make.post(), trusted("Ada")
    first, second = says(post, ada, follows=True), says(post, ada, follows=True)
    says(post, trusted("Bo"), reply_to=first)
    removed = says(post, trusted("Cleo"), reply_to=second)
    Follow.objects.filter(thread=first).delete()
    Comment.objects.filter(pk=removed.pk).update(status="removed")

    assert sent() == []


def test_an_author_turns_emails_about_comments_on_their_posts_off_in_one_press():
    ada = make.member("Ada", email="ada@a.example")
    post = make.post("Rotas", authors=[ada])
    says(post, trusted("Bo"), "One.")
    email = letters.only(letters.deliver(MUCH_LATER))
    assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    stop = email.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    says(post, trusted("Cleo"), "Two.")

    assert sent() == []


def test_an_author_of_the_post_is_told_of_a_comment_on_it():
    ada = make.member("Ada", email="ada@a.example")
    comment = says(make.post("Rotas", authors=[ada]), trusted("Bo"), "Well\n\nsaid.")

    email = letters.only(letters.deliver(MUCH_LATER))

    assert (email.to, email.subject) == (["ada@a.example"], "Bo commented on Rotas")
    assert "Well said." in email.body
    assert on_the_page(comment) in letters.links(email)


def test_nobody_without_a_confirmed_address_is_written_to():
    ada = make.member("Ada")
    EmailAddress.objects.filter(user=ada).update(verified=False)
    published(make.post(), ada)

    assert sent() == []


def test_moderators_are_told_what_waits():
    mo = moderator(email="mo@team.example")
    post, nia = make.post(), moderator("Nia", is_active=False)
    says(post, GWEN)
    says(post, make.member("Ada"))
    reporting.report(published(post, body="Buy this", mo=nia), by=None, reason="spam", words="", at=NOW)
    asked = says(post, make.member("Bo"))
    decisions.reject(asked, by=nia, at=NOW, seen=0, reason="unkind")
    appeals.appeal(asked, "", by=BY, at=NOW)
    letters.deliver(MUCH_LATER)
    digest.tell_moderators(at=NOW + timedelta(hours=2))

    email = letters.only(letters.deliver(NOW + timedelta(hours=2)))

    assert (email.to, email.subject) == (["mo@team.example"], "Comments wait for a moderator")
    assert "2 comments wait for a moderator. The oldest has waited for 2\xa0hours." in email.body
    assert "1 author asks us to look again at a decision." in email.body
    assert "1 comment is reported." in email.body
    assert f"{SITE}/team/moderation/" in letters.links(email)
    assert mo.email == "mo@team.example"


def test_moderators_are_told_nothing_once_nothing_waits():
    mo, comment = moderator(), says(make.post(), make.member("Ada"))
    digest.tell_moderators(at=NOW + timedelta(hours=2))
    decisions.spam(comment, by=mo, at=NOW, seen=0)

    assert sent(NOW + timedelta(hours=2)) == []


def test_what_people_write_makes_no_link_in_a_letter():
    assert without_links("A https://a.example/b. WWW.a.example/?c and so") == "A [link] [link] and so"
    assert len(without_links("word " * 200)) <= 301


def test_a_guest_is_written_to_in_the_language_of_the_page_where_they_wrote_whoever_causes_it():
    post = make.post("Rotas")
    with translation.override("cy"):
        theirs = says(post, GWEN, follows=True)
    guests.confirm_address(theirs, at=NOW)
    decisions.publish(theirs, by=moderator(), at=NOW, seen=fresh(theirs).version)

    says(post, trusted("Ada"), reply_to=fresh(theirs))

    to_gwen = Message.objects.filter(email=GWEN.email).order_by("pk")
    assert [(message.kind, message.language) for message in to_gwen] == [
        ("comment-received", "cy"),
        ("comment-published", "cy"),
        ("comment-reply", "cy"),
    ]
