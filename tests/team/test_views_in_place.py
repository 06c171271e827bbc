"""Deciding in place: what is answered where somebody pressed."""

import json

import pytest

from comments.moderation import decisions
from tests.comments.conversation import GWEN, moderator, says
from tests.make import NOW
from tests.markup import flat
from tests.team.moderating import MINUTE, QUEUE, browser, in_place, part, status, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def said(answer):
    """What the page says became of an act."""
    return json.loads(answer.headers["HX-Trigger"])["moderation:said"]["words"]


def test_in_place_the_comment_goes_and_what_is_around_it_changes(post, desk):
    comment = says(post, GWEN)
    says(post, GWEN, "Another", at=NOW + MINUTE)

    answer = in_place(desk, comment, "publish")

    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == f"#comment-{comment.pk}"
    assert f'id="comment-{comment.pk}"' not in answer.text
    assert "Pending 1 Asked" in text(answer)
    assert said(answer) == "Published. 1 comment left."
    assert "Undo" in text(answer)


@pytest.mark.slow
def test_in_place_who_was_slower_sees_how_it_stands_now(post, desk):
    comment = says(post, GWEN)
    decisions.publish(comment, by=moderator("Nia"), at=NOW, seen=0)
    comment.reports.create(reason="spam", created_at=NOW)

    answer = in_place(desk, comment, "keep", f"{QUEUE}?queue=reported", seen=0)

    assert f'id="comment-{comment.pk}"' in answer.text
    assert 'name="seen" value="1"' in flat(answer.text)
    assert "Nia published it on" in part(answer, f"comment-{comment.pk}")
    assert "HX-Trigger" not in answer.headers


def test_in_place_a_refusal_stands_where_the_comment_stood_that_left_the_queue(post, desk):
    comment = says(post, GWEN)
    decisions.publish(comment, by=moderator("Nia"), at=NOW, seen=0)

    answer = in_place(desk, comment, "spam", seen=0)

    assert part(answer, f"comment-{comment.pk}") == (
        "Gwen on Rota as kindness Nia published it on Monday 2 November, 10:00 (UK and Ireland time). "
        f"Your decision has changed nothing. See how it stands now : comment {comment.pk} Show what waits now"
    )
    assert 'role="alert"' in answer.text
    assert "HX-Trigger" not in answer.headers


def test_in_place_an_undoing_that_comes_too_late_is_told_above_undo(post, desk, mo):
    comment = says(post, GWEN)
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
    decisions.remove(comment, by=moderator("Nia"), at=NOW, seen=1, reason="other", words="No.")
    path = f"{QUEUE}decisions/{decision.pk}/undo/"

    answer = desk.post(path, {"next": QUEUE}, headers={"HX-Request": "true"})

    assert part(answer, "undo").startswith("Nia removed it on")
    assert "HX-Trigger" not in answer.headers


@pytest.mark.slow
def test_in_place_a_form_opens_refuses_and_answers(post, desk):
    comment = says(post, GWEN)

    opened = desk.get(f"{QUEUE}{comment.pk}/reject/", headers={"HX-Request": "true"})
    refused = in_place(desk, comment, "reject")
    done = in_place(desk, comment, "reject", reason="other", words="No.")

    assert "<html" not in opened.text + refused.text + done.text
    assert "Why is it not published?" in text(opened)
    assert "Choose a reason" in text(refused)
    assert "HX-Retarget" not in refused.headers
    assert done.headers["HX-Retarget"] == f"#comment-{comment.pk}"
    assert status(comment) == "rejected"


def test_in_place_a_form_for_what_cannot_be_done_any_more_is_told_in_the_comment(post, desk):
    comment = says(post, GWEN)
    decisions.publish(comment, by=moderator("Nia"), at=NOW, seen=0)
    path = f"{QUEUE}{comment.pk}/reject/?next={QUEUE}"

    answer = desk.get(path, headers={"HX-Request": "true"})

    assert answer.headers["HX-Retarget"] == f"#comment-{comment.pk}"
    assert (
        "This cannot be done now: something has happened to the comment since you opened the page."
        in part(answer, f"comment-{comment.pk}")
    )


def test_in_place_an_undoing_says_which_comment_is_back(post, desk, mo):
    comment = says(post, GWEN)
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
    path = f"{QUEUE}decisions/{decision.pk}/undo/"

    answer = desk.post(path, {"next": QUEUE}, headers={"HX-Request": "true"})

    assert said(answer) == "Undone. The comment is as it was before."
    assert json.loads(answer.headers["HX-Trigger"])["moderation:undone"] == {"comment": comment.pk}
    assert "Pending 1" in text(answer)


def test_in_place_a_visitor_is_sent_to_log_in(post):
    answer = in_place(browser(), says(post, GWEN), "publish")

    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/team/moderation/"
