"""Second steps given, set up and reset by several at once: a code is good once, of two resets one is done."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from audit.models import Entry
from members.accounts import factor_reset, factors
from members.models import Member
from notifications.models import Message
from tests import make, second_step
from tests.contracts import people
from tests.races.together import Act, holding, until_blocked

pytestmark = pytest.mark.django_db(transaction=True)

GIVE = "/accounts/second-step/give/"
HOLD_FACTORS = "SELECT 1 FROM mfa_authenticator WHERE user_id = %s FOR UPDATE"
HOLD_MEMBER = "SELECT 1 FROM members_member WHERE id = %s FOR UPDATE"


@pytest.fixture
def tess() -> Member:
    return make.member("Tess", is_staff=True)


def at_once(hold: str, member: Member, *acts: Callable[[], Any]) -> list[Any]:
    """Begin all acts while somebody holds what they need; return their results once all wait for it."""
    with holding(hold, member.pk):
        begun = [Act(act) for act in acts]
        until_blocked(len(acts))
    return [one.wait() for one in begun]


def refused(act: Callable[[], Any], *refusals: type[Exception]) -> Callable[[], str]:
    """The act, whose result is "done" or the name of its refusal."""

    def said() -> str:
        try:
            act()
        except refusals as refusal:
            return type(refusal).__name__
        return "done"

    return said


def give_in_four_browsers(member: Member, code: str) -> list[bool]:
    """Whether the team's pages are open in each of four browsers that gave the same code at once."""
    clients = [second_step.logged_in_by("password", member) for _ in range(4)]
    at_once(HOLD_FACTORS, member, *(partial(one.post, GIVE, {"code": code}) for one in clients))
    return sorted(client.get("/team/").status_code == 200 for client in clients)


def test_a_code_of_an_app_is_good_once(tess):
    second_step.app_of(tess)

    opened = give_in_four_browsers(tess, second_step.code(timezone.now()))

    assert opened == [False, False, False, True]


def test_a_recovery_code_is_good_once_and_told_once(tess):
    second_step.app_of(tess)
    factors.renew_recovery_codes(tess, at=timezone.now())
    Message.objects.all().delete()

    opened = give_in_four_browsers(tess, factors.recovery_codes(tess)[0])

    assert opened == [False, False, False, True]
    assert len(factors.recovery_codes(tess)) == 9
    assert list(Message.objects.values_list("payload", flat=True)) == [{"what": "recovery"}]


def test_of_two_first_ones_set_up_at_once_one_is_kept(tess):
    at = timezone.now()

    def add() -> None:
        secret = factors.new_secret()
        factors.add_app(tess, secret, second_step.code(at, secret), at=at)

    results = at_once(HOLD_MEMBER, tess, *[refused(add, factors.NotTheFirst)] * 2)

    assert sorted(results) == ["NotTheFirst", "done"]
    assert Authenticator.objects.filter(user=tess, type="totp").count() == 1


def test_of_two_that_are_removed_at_once_the_last_stays(tess):
    at, pair = timezone.now(), [second_step.app_of(tess)]
    pair.append(Authenticator.objects.create(user=tess, type="webauthn", data={"name": "Desk"}))

    results = at_once(
        HOLD_MEMBER,
        tess,
        *(refused(partial(factors.remove, one, by=tess, at=at), factors.LastFactor) for one in pair),
    )

    assert sorted(results) == ["LastFactor", "done"]
    assert Authenticator.objects.filter(user=tess).count() == 1


def test_two_who_confirm_a_reset_at_once_reset_once(tess):
    second_step.app_of(tess)
    at, confirm = timezone.now(), factor_reset.confirm
    factor_reset.ask(tess, by=people.admin(), at=at)
    roots = [make.member(name, is_staff=True, is_superuser=True) for name in ("Ren", "Roz")]

    results = at_once(
        HOLD_MEMBER,
        tess,
        *(refused(partial(confirm, tess, by=one, at=at), factor_reset.ResetRefused) for one in roots),
    )

    assert sorted(results) == ["ResetRefused", "done"]
    assert Entry.objects.filter(act="member.factor-reset").count() == 1
    assert Message.objects.filter(payload={"what": "reset"}).count() == 1
