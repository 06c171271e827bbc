"""Reports, and asking to look again at a decision."""

from datetime import timedelta

import pytest

from comments.models import Comment, Decision, Report
from comments.moderation import appeals, decisions, reporting
from comments.refusals import AnotherModerator, CannotAsk, NotPossible
from tests import make
from tests.comments.conversation import GWEN, LATER, fresh, moderator, published, reject, remove, says
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status, Kind = Comment.Status, Decision.Kind


@pytest.mark.parametrize("act", ["keep", "remove", "spam", "redact"])
def test_a_decision_settles_the_reports_and_undoing_opens_them_again(post, mo, act):
    comment = published(post, GWEN, "Call Bo", mo=mo)
    reporting.report(comment, by=None, reason="unkind", words="", at=NOW)
    seen = comment.version
    decision = {
        "keep": lambda: decisions.keep(comment, by=mo, at=LATER, seen=seen),
        "remove": lambda: remove(comment, mo),
        "spam": lambda: decisions.spam(comment, by=mo, at=LATER, seen=seen),
        "redact": lambda: decisions.redact(comment, "Call", by=mo, at=LATER, seen=seen),
    }[act]()

    assert Report.objects.get().settled_by == decision
    decisions.undo(decision, by=mo, at=LATER)
    assert Report.objects.get().settled_by is None


def test_a_new_report_after_it_was_kept_is_open(post, mo):
    comment, ada = published(post, GWEN, mo=mo), make.member()
    reporting.report(comment, by=ada, reason="unkind", words="", at=NOW)
    decisions.keep(comment, by=mo, at=LATER, seen=comment.version)

    second = reporting.report(comment, by=ada, reason="unkind", words="Still", at=LATER)

    assert (second.settled_by, Report.objects.count()) == (None, 2)


def test_a_member_reports_once_while_it_is_open_and_guests_each(post, mo):
    comment, ada = published(post, GWEN, mo=mo), make.member()

    for by in (ada, ada, None, None):
        reporting.report(comment, by=by, reason="spam", words=" Look ", at=NOW)

    assert list(Report.objects.values_list("member", "words")) == [
        (ada.pk, "Look"),
        (None, "Look"),
        (None, "Look"),
    ]


def test_what_is_not_public_is_not_reported(post):
    with pytest.raises(NotPossible):
        reporting.report(says(post, GWEN), by=None, reason="spam", words="", at=NOW)


def test_look_again_goes_to_another_moderator(post, mo):
    comment, nia = says(post, GWEN), moderator("Nia")
    reject(comment, mo)

    asked = appeals.appeal(comment, " It is about rotas. ", by=BY, at=LATER)

    assert (asked.is_appealed, asked.appeal_text) == (True, "It is about rotas.")
    with pytest.raises(AnotherModerator):
        reject(comment, mo)
    decisions.publish(comment, by=nia, at=LATER, seen=asked.version)
    assert (fresh(comment).status, fresh(comment).appealed_at) == (Status.PUBLISHED, None)


def test_where_there_is_no_other_moderator_the_same_one_looks_again(post, mo):
    reject(comment := says(post, GWEN), mo)
    appeals.appeal(comment, "", by=BY, at=LATER)

    assert reject(comment, mo).kind == Kind.REJECT


@pytest.mark.parametrize("against", [reject, remove])
def test_a_decision_that_stands_is_final(post, mo, against):
    comment = published(post, GWEN, mo=mo) if against is remove else says(post, GWEN)
    against(comment, mo)
    appeals.appeal(comment, "", by=BY, at=LATER + timedelta(minutes=1))
    later = LATER + timedelta(minutes=2)
    nia = moderator("Nia")

    decisions.reject(comment, by=nia, at=later, seen=fresh(comment).version, reason="unkind")

    assert not fresh(comment).is_appealed
    assert fresh(comment).status == (Status.REMOVED if against is remove else Status.REJECTED)
    with pytest.raises(CannotAsk, match="second moderator"):
        appeals.appeal(comment, "", by=BY, at=later)


def test_asking_again_while_nobody_has_looked_changes_nothing(post, mo):
    reject(comment := says(post, GWEN), mo)
    asked = appeals.appeal(comment, "Please", by=BY, at=LATER)

    assert appeals.appeal(comment, "Now", by=BY, at=LATER).version == asked.version


@pytest.mark.parametrize("status", ["pending", "published", "spam", "withdrawn"])
def test_there_is_nothing_to_look_at_again_where_nothing_was_decided(post, status):
    with pytest.raises(CannotAsk):
        appeals.appeal(make.comment(post, status=status), "", by=BY, at=LATER)


def test_looking_at_an_address_leaves_the_question_open(post, mo):
    reject(comment := says(post, GWEN), mo)
    appeals.appeal(comment, "", by=BY, at=LATER)

    decisions.reveal(comment, by=moderator("Nia"), at=LATER)

    with pytest.raises(AnotherModerator):
        reject(comment, mo)


def test_a_decision_settles_the_reports_of_its_comment_only(post, mo):
    one, other = published(post, body="One", mo=mo), published(post, body="Other", mo=mo)
    for comment in (one, other):
        reporting.report(comment, by=None, reason="unkind", words="", at=NOW)

    decision = decisions.keep(one, by=mo, at=LATER, seen=fresh(one).version)

    settled = dict(Report.objects.values_list("comment", "settled_by"))
    assert settled == {one.pk: decision.pk, other.pk: None}
