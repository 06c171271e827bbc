"""What a moderator is shown of a comment: the record, who has the same name, their own decisions."""

from datetime import timedelta

import pytest

from comments.moderation import appeals, decisions
from team.moderation import queues
from team.moderation.comment_review import FOLDED, Record, reviews
from team.moderation.decision_log import can_be_undone, last_of, revealed_to
from tests import make
from tests.comments.conversation import GWEN, moderator, says
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


# ---- The record --------------------------------------------------------------------------------


def test_a_member_has_the_record_of_all_their_comments(post, shown):
    ada = make.member("Ada")
    for status in ("published", "published", "rejected", "spam", "removed", "withdrawn", "pending"):
        moments = {"published_at": NOW} if status in ("published", "removed") else {}
        comment = make.comment(post, ada, status=status, **moments)
    make.comment(post, make.member("Bo"))

    assert shown(comment).record == Record(published=2, rejected=1, spam=1, removed=1)


def test_a_guest_has_the_record_of_their_address(post, shown):
    make.comment(post, guest_email="gwen@guests.example", guest_name="Gwendolen")
    make.comment(post, guest_email="else@guests.example")
    comment = make.comment(post, guest_email="gwen@guests.example", status="pending")

    assert shown(comment).record == Record(published=1)


def test_a_guest_whose_address_was_erased_has_no_record(post, shown):
    make.comment(post, guest_email="")
    comment = make.comment(post, guest_email="", status="pending")

    assert shown(comment).record == Record()
    assert shown(comment).record.is_empty


# ---- Names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Mary Seacole", "mary  seacole", "MARY SEACOLE"])
def test_a_guest_with_a_members_name_is_pointed_out(post, name, shown):
    make.member("Mary Seacole")

    assert shown(make.comment(post, guest_name=name)).is_namesake


@pytest.mark.parametrize(
    "name",
    [
        "Ada\u200b Mensah",
        "Ada Men\u00adsah",
        "Mensah, Ada",
        "Ada-Mensah",
        "Àdá Mensah",
        "\u0410da Mensah",  # a Cyrillic A
        "\u0391da \u039censah",  # Greek letters
        "Ada Mens\u0430\u04bb",
        "AdaMensah",
    ],
)
def test_neither_invisible_signs_nor_letters_that_look_alike_hide_a_members_name(post, name, shown):
    make.member("Ada Mensah")

    assert shown(make.comment(post, guest_name=name)).is_namesake


def test_letters_of_other_alphabets_have_capitals_too(post, shown):
    make.member("Élodie Ångström")

    assert shown(make.comment(post, guest_name="éLODIE ångSTRÖM")).is_namesake


def test_neither_another_name_nor_a_member_themselves_is_pointed_out(post, shown):
    mary = make.member("Mary Seacole")

    assert not shown(make.comment(post, guest_name="Mary Sea")).is_namesake
    assert not shown(make.comment(post, mary)).is_namesake


# ---- Their own decision --------------------------------------------------------------------------


def decided_and_asked(post, by):
    """A comment that somebody did not publish, and whose author asks to look again."""
    comment = says(post, GWEN)
    decisions.reject(comment, by=by, at=NOW, seen=0, reason="other", words="No.")
    return appeals.appeal(comment, "Please.", by=BY, at=NOW)


def test_who_decided_it_has_nothing_to_press_and_another_moderator_has(post, mo, shown):
    nia, comment = moderator("Nia"), decided_and_asked(post, mo)

    own, anothers = shown(comment), shown(comment, reader=nia)

    assert (own.is_for_another, [one.label for one in own.actions]) == (True, [])
    assert (anothers.is_for_another, [one.label for one in anothers.actions]) == (
        False,
        ["Publish", "Leave it as decided", "Spam", "Take out personal data"],
    )


def test_the_only_moderator_looks_at_their_own_decision_again(post, mo, shown):
    comment = decided_and_asked(post, mo)

    assert not shown(comment).is_for_another
    assert shown(comment).can("publish")


def test_what_another_took_out_of_it_since_leaves_it_to_another_still(post, mo, shown):
    nia, comment = moderator("Nia"), decided_and_asked(post, mo)
    decisions.redact(comment, "Thanks.", by=nia, at=NOW, seen=comment.version)

    assert shown(comment).is_for_another
    assert not shown(comment, reader=nia).is_for_another


@pytest.mark.parametrize("number", [1, 30])
def test_thirty_decisions_of_theirs_ask_no_more_than_one(post, mo, number, django_assert_num_queries):
    moderator("Nia")
    for _ in range(number):
        comment = make.comment(post, status="rejected", appealed_at=NOW)
        comment.decisions.create(kind="reject", by=mo, at=NOW)

    with django_assert_num_queries(9):
        found = reviews(list(queues.comments(queues.Asked(queues.Queue.APPEALS))), reader=mo, at=NOW)

    assert [one.is_for_another for one in found] == [True] * number


# ---- Words -------------------------------------------------------------------------------------


def test_a_short_comment_is_shown_whole(post, shown):
    one = shown(make.comment(post, body="x " * (FOLDED // 2)))

    assert (one.beginning, one.rest) == (one.comment.body, "")


@pytest.mark.parametrize("body", ["word " * 900, "w" * 5000, "line\n" * 900])
def test_the_rest_of_a_long_comment_unfolds(post, body, shown):
    one = shown(make.comment(post, body=body))

    assert one.beginning + one.rest == body
    assert FOLDED // 2 < len(one.beginning) <= FOLDED


# ---- Waiting -----------------------------------------------------------------------------------


def test_it_waits_since_it_was_sent_reported_or_asked_about(post, shown):
    reported = make.comment(post)
    reported.reports.create(reason="spam", created_at=NOW - MINUTE)
    asked = make.comment(
        post, status="rejected", status_changed_at=NOW - 9 * MINUTE, appealed_at=NOW - 2 * MINUTE
    )
    waiting = make.comment(post, status="pending", created_at=NOW - 3 * MINUTE)

    assert [shown(one).waited for one in (reported, asked, waiting, make.comment(post))] == [
        "1 minute",
        "2 minutes",
        "3 minutes",
        "",
    ]


def test_too_long_is_longer_than_a_working_day(post, shown):
    comment = make.comment(post, status="pending", created_at=NOW)

    assert not shown(comment, at=NOW + timedelta(days=1)).is_late
    assert shown(comment, at=NOW + timedelta(days=1, seconds=1)).is_late


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_thirty_comments_ask_no_more_than_one(mo, number, django_assert_num_queries):
    post = make.post(authors=[make.member("Ana")])
    for n in range(number):
        thread = make.comment(post, make.member(f"Ada {n}"))
        one = make.comment(post, thread=thread, status="pending", guest_name=f"Ada {n}")
        one.reports.create(reason="spam", created_at=NOW, member=make.member(f"Reporter {n}"))
        one.decisions.create(kind="keep", by=make.member(f"Mo {n}"), at=NOW)

    with django_assert_num_queries(8):
        seen = reviews(list(queues.comments(queues.Asked())), reader=mo, at=NOW)
        people = [(found(one.last).by, one.reports[0].member) for one in seen]
        words = [(one.comment.shown_name, found(one.answered).shown_name) for one in seen]

    assert (len(words), len({found(person).name for both in people for person in both})) == (
        number,
        2 * number,
    )
    assert all(one.is_namesake for one in seen)


# ---- The log -----------------------------------------------------------------------------------


def test_a_decision_can_be_undone_until_something_else_happens(post):
    mo = moderator()
    comment = says(post, GWEN)
    first = decisions.publish(comment, by=mo, at=NOW, seen=0)
    assert can_be_undone(first)

    second = decisions.remove(comment, by=mo, at=NOW, seen=1, reason="other", words="Why")
    assert [can_be_undone(type(one).objects.get(pk=one.pk)) for one in (first, second)] == [False, True]

    undone = decisions.undo(second, by=mo, at=NOW)
    assert [can_be_undone(type(one).objects.get(pk=one.pk)) for one in (first, second, undone)] == [False] * 3


def test_their_own_last_decision_is_offered_while_nobody_was_told(post):
    mo, nia = moderator("Mo"), moderator("Nia")
    decision = decisions.publish(says(post, GWEN), by=mo, at=NOW, seen=0)
    decisions.publish(says(post, GWEN, "Other"), by=nia, at=NOW, seen=0)

    assert last_of(mo, at=NOW + 10 * MINUTE - timedelta(seconds=1)) == decision
    assert last_of(mo, at=NOW + 10 * MINUTE) is None

    decisions.undo(decision, by=nia, at=NOW)
    assert last_of(mo, at=NOW + MINUTE) is None


def test_an_address_is_revealed_to_whoever_asked_for_ten_minutes(post):
    mo, nia = moderator("Mo"), moderator("Nia")
    comment = says(post, GWEN)
    decisions.reveal(comment, by=mo, at=NOW)

    assert revealed_to(mo, comment.pk, at=NOW + 9 * MINUTE)
    assert not revealed_to(mo, comment.pk, at=NOW + 10 * MINUTE)
    assert not revealed_to(nia, comment.pk, at=NOW)
    assert not revealed_to(mo, says(post, GWEN, "Other").pk, at=NOW)
