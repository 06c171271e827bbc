"""Every act of a moderator through its button: what it does, what it answers, how it is refused."""

from uuid import uuid4

import pytest

from comments.models import Comment, Decision
from comments.moderation import appeals, decisions
from tests import make
from tests.comments.conversation import GWEN, moderator, owed, says
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.moderating import MINUTE, QUEUE, browser, notes, send, status, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


# ---- Acts --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_publishing_leads_to_the_next_comment_and_offers_undo(post, desk):
    comment = says(post, GWEN)

    answer = send(desk, comment, "publish", next=f"{QUEUE}#comment-9")

    assert (answer.status_code, answer["Location"]) == (302, f"{QUEUE}#comment-9")
    assert status(comment) == "published"
    page = desk.get(QUEUE)
    assert [str(one) for one in page.context["messages"]] == ["Published."]
    assert f"{QUEUE}decisions/{comment.decisions.get().pk}/undo/" in page.text


@pytest.mark.slow
def test_the_button_of_each_comment_leads_to_the_one_below_it(post, desk):
    first, second = says(post, GWEN, "1"), says(post, GWEN, "2", at=NOW + MINUTE)

    page = flat(desk.get(QUEUE).text)

    assert f'name="next" value="{QUEUE}#comment-{second.pk}"' in page
    assert f'name="next" value="{QUEUE}#comment-{first.pk}"' not in page
    assert f'name="next" value="{QUEUE}"' in page


def test_a_page_of_another_site_is_not_gone_to(post, desk):
    assert send(desk, says(post, GWEN), "publish", next="//elsewhere.example/")["Location"] == QUEUE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act", "before", "after", "said"),
    [
        ("publish", {"status": "pending"}, "published", "Published."),
        ("spam", {"status": "pending"}, "spam", "Marked as spam."),
        ("spam", {}, "spam", "Marked as spam."),
        ("keep", {}, "published", "Kept. The reports are settled."),
        ("publish", {"status": "spam"}, "published", "Published."),
        ("publish", {"status": "rejected"}, "published", "Published."),
    ],
)
def test_an_act_without_words_is_done_and_undone(post, desk, act, before, after, said):
    comment = make.comment(post, **before)

    send(desk, comment, act)

    assert status(comment) == after
    assert notes(desk) == [said]
    desk.post(f"{QUEUE}decisions/{comment.decisions.get().pk}/undo/")
    assert status(comment) == before.get("status", "published")
    assert notes(desk) == ["Undone. The comment is as it was before."]


@pytest.mark.parametrize(
    ("act", "before", "after"), [("reject", {"status": "pending"}, "rejected"), ("remove", {}, "removed")]
)
def test_a_reason_is_recorded_and_mailed_in_the_usual_words_or_in_theirs(post, desk, mo, act, before, after):
    usual, own = make.comment(post, **before), make.comment(post, **before)

    send(desk, usual, act, reason="duplicate", words=" ")
    send(desk, own, act, reason="other", words="We talked\r\non the telephone.")

    assert [status(one) for one in (usual, own)] == [after, after]
    decisions = [one.decisions.get() for one in (usual, own)]
    assert [(one.by, one.reason) for one in decisions] == [(mo, "duplicate"), (mo, "other")]
    assert decisions[0].words.startswith("The same comment stands below the post already")
    assert decisions[1].words == "We talked\non the telephone."
    kind = {"reject": "comment-not-published", "remove": "comment-removed"}[act]
    assert [one for one, _ in owed()] == [kind, kind]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Choose a reason"),
        ({"reason": "dull"}, "Select a valid choice"),
        ({"reason": "other", "words": "  "}, "Say why: there are no usual words for another reason."),
        ({"reason": "unkind", "words": "x" * 2001}, "Use up to 2,000 characters."),
        ({"reason": "unkind", "words": "a\u202eb"}, "There is an invisible character"),
    ],
)
def test_a_reason_that_is_none_is_refused_with_the_words_kept(post, desk, fields, error):
    comment = says(post, GWEN)

    answer = send(desk, comment, "reject", **fields)

    assert answer.status_code == 200
    assert error in text(answer)
    assert fields.get("words", "").strip() in answer.text
    assert status(comment) == "pending"


@pytest.mark.slow
def test_publish_and_reply_does_both_once(post, desk, mo):
    comment = says(post, GWEN)
    submission = uuid4()

    for _ in range(2):
        answer = send(
            desk, comment, "publish-and-reply", body="Thank you, Gwen.", submission=submission, seen=0
        )
        assert answer.status_code == 302

    reply = Comment.objects.get(thread=comment)
    assert status(comment) == "published"
    assert (reply.member, reply.body, reply.status) == (mo, "Thank you, Gwen.", "published")


@pytest.mark.slow
def test_a_submission_that_is_none_is_still_one_reply(post, desk):
    comment = says(post, GWEN)

    send(desk, comment, "publish-and-reply", body="Thank you.", submission="x" * 100)

    assert Comment.objects.get(thread=comment).body == "Thank you."


def test_a_reply_to_a_closed_conversation_changes_nothing_and_is_kept(post, desk):
    comment = says(post, GWEN)
    type(post).objects.update(comment_policy="closed")

    answer = send(desk, comment, "publish-and-reply", body="Thank you, Gwen.")

    assert answer.status_code == 200
    assert "Comments on this post are closed." in text(answer)
    assert "Thank you, Gwen.</textarea>" in flat(answer.text)
    assert status(comment) == "pending"


@pytest.mark.slow
def test_personal_data_is_taken_out_and_the_comment_says_so(post, desk):
    comment = says(post, GWEN, "Mrs Hill of ward 4\nthanked us.")
    page = desk.get(f"{QUEUE}{comment.pk}/redact/")
    assert "Mrs Hill of ward 4\nthanked us.</textarea>" in page.text

    send(desk, comment, "redact", body="A patient\r\nthanked us.")

    comment.refresh_from_db()
    assert (comment.body, comment.is_redacted) == ("A patient\nthanked us.", True)
    assert "Personal data was taken out" in text(desk.get(f"{QUEUE}{comment.pk}/"))


@pytest.mark.parametrize("body", ["", "   ", "Mrs Hill\r\nthanked us."])
def test_taking_out_nothing_or_everything_is_refused(post, desk, body):
    comment = says(post, GWEN, "Mrs Hill\nthanked us.")

    answer = send(desk, comment, "redact", body=body)

    assert answer.status_code == 200
    assert "There is a problem" in text(answer)
    assert Decision.objects.count() == 0


def test_a_form_for_what_cannot_be_done_leads_to_the_comment(post, desk):
    comment = says(post, GWEN)

    assert desk.get(f"{QUEUE}{comment.pk}/remove/").url == f"{QUEUE}{comment.pk}/"


# ---- Two moderators -------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["publish", "spam"])
def test_the_second_moderator_is_told_who_was_quicker(post, desk, act):
    comment = says(post, GWEN)
    decisions.reject(comment, by=moderator("Nia"), at=NOW, seen=0, reason="other", words="No.")

    send(desk, comment, act, seen=0)

    assert status(comment) == "rejected"
    assert notes(desk) == [
        "Nia decided not to publish it on Monday 2 November, 10:00 (UK and Ireland time). "
        "Your decision has changed nothing."
    ]


@pytest.mark.slow
def test_the_second_moderators_words_are_kept_and_count_once_they_have_seen(post, desk):
    comment = says(post, GWEN)
    decisions.publish(comment, by=moderator("Nia"), at=NOW, seen=0)
    fields = {"reason": "other", "words": "My own words."}

    answer = send(desk, comment, "remove", seen=0, **fields)

    assert answer.status_code == 200
    assert "Nia published it on" in text(answer)
    assert "My own words.</textarea>" in flat(answer.text)
    assert 'name="seen" value="1"' in flat(answer.text)
    assert send(desk, comment, "remove", seen=1, **fields).status_code == 302
    assert status(comment) == "removed"


@pytest.mark.slow
def test_their_own_decision_is_left_to_another(post, desk, mo):
    comment = says(post, GWEN)
    moderator("Nia")
    decisions.reject(comment, by=mo, at=NOW, seen=0, reason="other", words="No.")
    appeals.appeal(comment, "Please.", by=BY, at=NOW)

    send(desk, comment, "publish")

    assert status(comment) == "rejected"
    assert "Leave this one to another moderator." in notes(desk)[0]


@pytest.mark.slow
def test_their_own_decision_has_a_sentence_in_place_of_buttons(post, desk, mo):
    comment, nia = says(post, GWEN), moderator("Nia")
    decisions.reject(comment, by=mo, at=NOW, seen=0, reason="other", words="No.")
    appeals.appeal(comment, "Please.", by=BY, at=NOW)
    said = "You decided this one. Another moderator looks at it."

    for path in (f"{QUEUE}?queue=again", f"{QUEUE}{comment.pk}/"):
        hers, anothers = desk.get(path), browser(nia).get(path)
        assert said in text(hers)
        assert f"/{comment.pk}/publish/" not in hers.text
        assert said not in text(anothers)
        assert f"/{comment.pk}/publish/" in anothers.text


@pytest.mark.slow
def test_an_undoing_that_comes_too_late_is_told(post, desk, mo):
    comment = says(post, GWEN)
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
    decisions.remove(comment, by=moderator("Nia"), at=NOW, seen=1, reason="other", words="No.")

    desk.post(f"{QUEUE}decisions/{decision.pk}/undo/")

    assert status(comment) == "removed"
    assert notes(desk)[0].startswith("Nia removed it")


@pytest.mark.parametrize("seen", ["", "-1", "one", "9" * 50, "²", "\x00"])
def test_who_has_seen_nothing_decides_nothing(post, desk, seen):
    comment = says(post, GWEN)

    assert send(desk, comment, "publish", seen=seen).status_code == 302
    assert status(comment) == "pending"
