"""Ways around a moderator, and around the truth of what was decided: none of them leads anywhere."""

import contextlib
from datetime import timedelta

import pytest

from comments.models import Comment, Report
from comments.moderation import appeals, decisions, reporting
from comments.refusals import AnotherModerator, ChangedMeanwhile, CommentRefused
from comments.writing import authoring, guests
from members.models import SiteSettings
from notifications.models import Message
from tests import make
from tests.comments.conversation import GWEN, LATER, fresh, moderator, owed, published, remove, says, trusted
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status = Comment.Status
MINUTE = timedelta(minutes=1)
LINKS = "https://a.example https://b.example https://c.example"


def test_words_that_were_taken_out_do_not_come_back_by_an_edit():
    comment, mo = says(make.post(), trusted(), "Call Bo on 01234"), moderator()
    decisions.redact(comment, "Call Bo", by=mo, at=LATER, seen=0)
    edited = authoring.edit(comment, "Call Bo on 01234", by=BY, at=LATER)

    assert edited.body == "Call Bo"


def test_an_edit_that_needs_not_wait_replaces_one_that_does():
    comment = says(make.post(), trusted(), "Agreed")
    authoring.edit(comment, LINKS, by=BY, at=LATER)
    edited = authoring.edit(comment, "Agreed twice", by=BY, at=LATER)

    assert (edited.body, edited.pending_body) == ("Agreed twice", "")


def test_a_removal_takes_the_trust_back_while_an_edit_waits_too():
    post, ada, mo = make.post(), trusted(), moderator()
    bad = says(post, ada, "Bad")
    authoring.edit(bad, LINKS, by=BY, at=NOW)
    says(post, ada, "Good", at=NOW + MINUTE)
    remove(bad, mo, at=NOW + 2 * MINUTE)

    assert fresh(bad).status_changed_at == NOW + 2 * MINUTE
    assert says(post, ada, at=NOW + 3 * MINUTE).status == Status.PENDING


def test_withdrawing_what_was_marked_as_spam_gives_no_trust_back():
    post, ada, mo = make.post(), trusted(), moderator()
    bad = says(post, ada, "Bad")
    decisions.spam(bad, by=mo, at=NOW, seen=0)
    authoring.withdraw(bad, by=BY, at=LATER)

    assert says(post, ada, at=LATER).status == Status.PENDING


def test_asking_to_look_again_costs_no_trust_that_was_earned_since():
    post, ada, mo, nia = make.post(), trusted(), moderator(), moderator("Nia")
    bad = says(post, ada, "Bad")
    remove(bad, mo, at=NOW)
    good = says(post, ada, at=NOW + MINUTE)
    decisions.publish(good, by=mo, at=NOW + MINUTE, seen=0)
    appeals.appeal(bad, "", by=BY, at=NOW + 2 * MINUTE)
    decisions.reject(bad, by=nia, at=NOW + 3 * MINUTE, seen=fresh(bad).version, reason="unkind")

    assert says(post, ada, at=NOW + 4 * MINUTE).status == Status.PUBLISHED


@pytest.mark.parametrize("membership", ["waiting", "ended"])
def test_an_account_without_a_membership_waits_whatever_the_setting(membership):
    SiteSettings.objects.update(comments_until_trusted=0)

    assert says(make.post(), make.member(membership=membership)).status == Status.PENDING


def test_keeping_it_does_not_let_the_first_moderator_look_again():
    post, mo, nia = make.post(), moderator(), moderator("Nia")
    comment = published(post, GWEN, mo=mo)
    remove(comment, mo)
    appeals.appeal(comment, "", by=BY, at=LATER)
    with contextlib.suppress(CommentRefused):
        decisions.keep(comment, by=nia, at=LATER, seen=fresh(comment).version)

    with pytest.raises(AnotherModerator):
        decisions.reject(comment, by=mo, at=LATER, seen=fresh(comment).version, reason="unkind")


def test_taking_data_out_does_not_let_the_first_moderator_look_again():
    post, mo, nia = make.post(), moderator(), moderator("Nia")
    comment = published(post, GWEN, mo=mo)
    remove(comment, mo)
    appeals.appeal(comment, "", by=BY, at=LATER)
    decisions.redact(comment, "Thank", by=nia, at=LATER, seen=fresh(comment).version)

    with pytest.raises(AnotherModerator):
        decisions.reject(comment, by=mo, at=LATER, seen=fresh(comment).version, reason="unkind")


def test_undoing_opens_no_second_report_of_whoever_has_reported_again():
    post, mo, ada = make.post(), moderator(), make.member()
    comment = published(post, GWEN, mo=mo)
    reporting.report(comment, by=ada, reason="unkind", words="", at=NOW)
    decision = decisions.keep(comment, by=mo, at=LATER, seen=comment.version)
    reporting.report(comment, by=ada, reason="unkind", words="Still", at=LATER)
    decisions.undo(decision, by=mo, at=LATER)

    assert Report.objects.filter(settled_by=None).count() == 1


def test_undoing_opens_the_reports_of_everybody_else_again():
    post, mo, ada = make.post(), moderator(), make.member()
    comment = published(post, GWEN, mo=mo)
    for by in (ada, make.member("Bo"), None):
        reporting.report(comment, by=by, reason="unkind", words="", at=NOW)
    decision = decisions.keep(comment, by=mo, at=LATER, seen=comment.version)
    for by in (ada, None):
        reporting.report(comment, by=by, reason="unkind", words="Still", at=LATER)

    decisions.undo(decision, by=mo, at=LATER)

    reports = [(one.member.name if one.member else None, one.words) for one in Report.objects.open()]
    assert reports == [("Bo", ""), (None, ""), ("Ada", "Still"), (None, "Still")]


def test_undoing_an_edit_takes_no_news_of_the_comment_itself_back():
    post, mo = make.post(authors=[make.member("Author")]), moderator()
    comment = published(post, GWEN, mo=mo)
    authoring.edit(comment, "More", by=BY, at=LATER)
    before = owed()
    decision = decisions.publish(comment, by=mo, at=LATER, seen=fresh(comment).version)
    decisions.undo(decision, by=mo, at=LATER)

    assert owed() == before


@pytest.mark.parametrize("act", ["remove", "spam"])
def test_undoing_a_removal_owes_the_news_again(act):
    post, mo = make.post(authors=[make.member("Author")]), moderator()
    comment = published(post, GWEN, mo=mo)
    before = owed()
    more = {"reason": "unkind"} if act == "remove" else {}
    decision = getattr(decisions, act)(comment, by=mo, at=LATER, seen=comment.version, **more)
    decisions.undo(decision, by=mo, at=LATER)

    assert owed() == before


def test_who_undid_what_is_said_after_its_words_are_forgotten():
    comment, mo, nia = says(make.post(), GWEN, "Call Bo on 01234"), moderator(), moderator("Nia")
    decision = decisions.redact(comment, "Call Bo", by=mo, at=NOW, seen=0)
    decisions.undo(decision, by=mo, at=NOW)
    guests.forget(at=NOW + timedelta(days=2))

    with pytest.raises(ChangedMeanwhile, match="Mo undid"):
        decisions.publish(comment, by=nia, at=LATER, seen=0)


def test_who_took_words_out_is_said_after_they_are_forgotten():
    comment, mo, nia = says(make.post(), GWEN, "Call Bo on 01234"), moderator(), moderator("Nia")
    decisions.redact(comment, "Call Bo", by=mo, at=NOW, seen=0)
    guests.forget(at=NOW + timedelta(days=2))

    with pytest.raises(ChangedMeanwhile, match="Mo took"):
        decisions.publish(comment, by=nia, at=LATER, seen=0)


def test_what_the_spam_service_did_is_not_said_of_the_author():
    comment, mo = says(make.post(), GWEN), moderator()
    decisions.suspect(comment, at=NOW, seen=0)

    with pytest.raises(ChangedMeanwhile) as told:
        decisions.publish(comment, by=mo, at=LATER, seen=0)

    assert "author" not in str(told.value)


def test_who_was_told_of_a_removal_is_told_that_it_is_undone():
    mo = moderator()
    comment = published(make.post(), GWEN, mo=mo)
    decision = remove(comment, mo)
    Message.objects.update(state="sent")
    decisions.undo(decision, by=mo, at=LATER + timedelta(hours=1))

    assert owed() == [("comment-published", GWEN.email)]
