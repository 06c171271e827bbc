"""How the acts of the team among itself are played."""

from audit.acts import Act
from members.models import Member
from team import taking
from tests import make
from tests.contracts import people
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW

MEMBER = Member._meta.label_lower


@plays(Act.TAKEN_ON, taking.take)
def taking_a_thing() -> Played:
    winnie, mo = make.member("Winnie", membership="waiting"), people.staff("Support")
    return Played(lambda: taking.take(MEMBER, winnie.pk, by=mo, at=NOW), lambda: winnie, mo, winnie.pk)


@plays(Act.GIVEN_BACK, taking.give_back)
def giving_a_thing_back() -> Played:
    winnie, mo = make.member("Winnie", membership="waiting"), people.staff("Support")
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)
    return Played(lambda: taking.give_back(MEMBER, winnie.pk, by=mo, at=NOW), lambda: winnie, mo, winnie.pk)
