"""Taking a thing that waits: who is on it, for how long, and what cannot be taken."""

from datetime import timedelta

import pytest

from members import membership
from members.models import Member
from notifications import outbox
from notifications.models import Message
from team import taking
from team.models import STAYS_TAKEN, Taken
from tests import make
from tests.contracts import people
from tests.make import NOW

pytestmark = pytest.mark.django_db
MEMBER, COMMENT, POST, MESSAGE = "members.member", "comments.comment", "blog.post", "notifications.message"
NEED = "events.accessneed"


@pytest.fixture
def winnie() -> Member:
    """Somebody who waits for approval."""
    return make.member("Winnie", membership="waiting")


@pytest.fixture
def mo() -> Member:
    """One of the team."""
    return people.staff("Support")


@pytest.fixture
def nia() -> Member:
    """Another of the team."""
    return people.staff("Support")


def on(thing, pk, *, at=NOW):
    """Who is on a thing."""
    found = taking.current(at=at).get((thing, pk))
    return found and found.by


def test_who_takes_a_thing_is_on_it(winnie, mo):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    assert on(MEMBER, winnie.pk) == mo


def test_pressing_twice_leaves_it_as_it_was(winnie, mo):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    again = taking.take(MEMBER, winnie.pk, by=mo, at=NOW + timedelta(minutes=5))

    assert again.taken_at == NOW
    assert Taken.objects.count() == 1


def test_who_comes_second_is_told_who_is_on_it(winnie, mo, nia):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    with pytest.raises(taking.SomebodyIsOnIt, match=f"{mo} is on it already") as refused:
        taking.take(MEMBER, winnie.pk, by=nia, at=NOW)

    assert refused.value.taken.by == mo
    assert on(MEMBER, winnie.pk) == mo


def test_a_colleague_takes_over_from_whom_they_saw(winnie, mo, nia):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    taking.take(MEMBER, winnie.pk, by=nia, at=NOW, instead_of=mo.pk)

    assert on(MEMBER, winnie.pk) == nia


def test_nobody_takes_over_from_whom_they_did_not_see(winnie, mo, nia):
    zoe = people.staff("Support")
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)
    taking.take(MEMBER, winnie.pk, by=nia, at=NOW, instead_of=mo.pk)

    with pytest.raises(taking.SomebodyIsOnIt, match=str(nia)):
        taking.take(MEMBER, winnie.pk, by=zoe, at=NOW, instead_of=mo.pk)


def test_after_two_hours_it_is_anybodys_again(winnie, mo, nia):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)
    later = NOW + STAYS_TAKEN

    assert on(MEMBER, winnie.pk, at=later - timedelta(seconds=1)) == mo
    assert on(MEMBER, winnie.pk, at=later) is None
    assert taking.take(MEMBER, winnie.pk, by=nia, at=later).by == nia


def test_what_is_given_back_is_anybodys_again(winnie, mo, nia):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    taking.give_back(MEMBER, winnie.pk, by=mo, at=NOW)

    assert on(MEMBER, winnie.pk) is None
    assert taking.take(MEMBER, winnie.pk, by=nia, at=NOW).by == nia


def test_nobody_gives_back_what_is_another_ones(winnie, mo, nia):
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    taking.give_back(MEMBER, winnie.pk, by=nia, at=NOW)

    assert on(MEMBER, winnie.pk) == mo


def test_what_was_dealt_with_cannot_be_taken(winnie, mo):
    membership.approve(winnie, by=mo, at=NOW)

    with pytest.raises(taking.NothingWaits):
        taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    assert not Taken.objects.exists()


@pytest.mark.parametrize("thing", ["members.sitesettings", "", "members.Member", "no.thing"])
def test_what_never_waits_cannot_be_taken(thing, winnie, mo):
    with pytest.raises(taking.NothingWaits):
        taking.take(thing, winnie.pk, by=mo, at=NOW)


def test_each_kind_that_waits_can_be_taken(mo):
    post = make.post(status="review", published_at=None)
    comment = make.comment(make.post(), status="pending")
    asked = make.comment(make.post(), status="rejected", status_changed_at=NOW, appealed_at=NOW)
    reported = make.comment(make.post())
    reported.reports.create(reason="spam", created_at=NOW)
    outbox.enqueue("welcome", at=NOW, key="welcome", email="ada@example.org")
    Message.objects.update(state="failed")
    failed = Message.objects.get()
    waiting = [(POST, post), (COMMENT, comment), (COMMENT, asked), (COMMENT, reported), (MESSAGE, failed)]

    for thing, row in waiting:
        taking.take(thing, row.pk, by=mo, at=NOW)

    assert set(taking.current(at=NOW)) == {(thing, row.pk) for thing, row in waiting}


@pytest.mark.parametrize(
    ("role", "things"),
    [
        ("Support", {MEMBER, MESSAGE, NEED}),
        ("Moderator", {COMMENT}),
        ("Blog editor", {POST}),
        (None, set()),
    ],
)
def test_each_takes_what_they_deal_with(role, things):
    member = people.staff(role) if role else people.staff()

    assert {thing for thing in taking.WAITING if taking.may_take(member, thing)} == things


def test_what_nobody_is_on_is_forgotten(winnie, mo):
    other = make.member("Xena", membership="waiting")
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW - STAYS_TAKEN)
    taking.take(MEMBER, other.pk, by=mo, at=NOW)

    assert taking.forget(at=NOW) == 1

    assert list(Taken.objects.values_list("thing_id", flat=True)) == [other.pk]
