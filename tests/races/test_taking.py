"""A thing that is taken by several at once: one of them is on it, the others are told who."""

import pytest

from audit.acts import Act
from audit.models import Entry
from members.models import Member
from team import taking
from team.models import Taken
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.races.together import Act as Begun
from tests.races.together import holding, together, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MEMBER = Member._meta.label_lower


def test_of_six_who_press_at_once_one_is_on_it():
    winnie = make.member("Winnie", membership="waiting")
    team = [people.staff("Support") for _ in range(6)]

    def press(by):
        try:
            return taking.take(MEMBER, winnie.pk, by=by, at=NOW).by_id
        except taking.SomebodyIsOnIt as refusal:
            return -refusal.taken.by_id

    results = together(*(lambda by=one: press(by) for one in team))

    taken = Taken.objects.get()
    assert sorted(results) == sorted([taken.by_id, *[-taken.by_id] * 5])
    assert Entry.objects.filter(act=Act.TAKEN_ON).count() == 1


def test_of_two_who_take_over_at_once_one_does():
    winnie = make.member("Winnie", membership="waiting")
    mo, nia, zoe = (people.staff("Support") for _ in range(3))
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)

    def press(by):
        try:
            return taking.take(MEMBER, winnie.pk, by=by, at=NOW, instead_of=mo.pk).by_id
        except taking.SomebodyIsOnIt as refusal:
            return -refusal.taken.by_id

    with holding("SELECT 1 FROM team_taken WHERE thing_id = %s FOR UPDATE", winnie.pk):
        begun = [Begun(lambda: press(nia)), Begun(lambda: press(zoe))]
        until_blocked(2)
    results = [one.wait() for one in begun]

    holder = Taken.objects.get().by_id
    assert holder in (nia.pk, zoe.pk)
    assert sorted(results) == sorted([holder, -holder])
