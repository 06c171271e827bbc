"""An address that is corrected, confirmed and brought back at one moment: one after the other, never half."""

from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client

from audit.models import Entry
from members import addresses, objections
from members.accounts.adapter import AccountAdapter
from members.addresses import CorrectionRefused
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.members.accounts.signing_up import PASSWORD, code_for
from tests.races.together import Act, holding, together, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

OLD, NEW = "ada@wards.example", "ada@home.example"
LOCK = "SELECT 1 FROM members_member WHERE id = %s FOR NO KEY UPDATE"


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def ada():
    return make.member("Ada", email=OLD, password=PASSWORD)


def objection():
    return letters.code_in(Message.objects.filter(kind="address-replaced", email=OLD).latest("pk"))


def sent_code(email):
    client = Client()
    client.post("/accounts/login/code/", {"email": email})
    secret = code_for(email)
    return client, lambda: client.post("/accounts/login/code/confirm/", {"code": secret})


def is_in(client):
    return client.get("/members/profile/").status_code == 200


def test_of_two_corrections_at_once_the_second_hears_of_the_first(ada):
    staff = [people.staff("Support") for _ in range(2)]

    def correct(by, email):
        try:
            return addresses.correct(ada, email, by=by, at=NOW, seen=OLD).email
        except CorrectionRefused as refusal:
            return str(refusal)

    said = together(*(lambda n=n: correct(staff[n], f"ada{n}@home.example") for n in range(2)))

    now = Member.objects.get(pk=ada.pk).email
    assert sum("was changed while you looked" in one for one in said) == 1
    assert now in said
    assert Entry.objects.filter(act="member.address-corrected").count() == 1
    assert [one.email for one in EmailAddress.objects.filter(user=ada)] == [now]


def test_of_two_accounts_that_get_one_address_at_once_one_is_refused(ada):
    bo, sam = make.member("Bo"), people.staff("Support")

    def correct(member):
        try:
            addresses.correct(member, NEW, by=sam, at=NOW)
        except CorrectionRefused as refusal:
            return refusal
        return None

    said = together(lambda: correct(ada), lambda: correct(bo))

    assert sorted(one is None for one in said) == [False, True]
    assert Member.objects.filter(email=NEW).count() == 1


def test_six_presses_of_one_code_are_one_objection(ada):
    addresses.correct(ada, NEW, by=people.staff("Support"), at=NOW)
    secret = objection()

    together(*[lambda: objections.object_with(secret, at=NOW)] * 6)

    assert Entry.objects.filter(act="member.address-brought-back").count() == 1
    assert Member.objects.get(pk=ada.pk).email == OLD


@pytest.mark.parametrize("is_code_first", [True, False])
def test_a_code_typed_in_while_the_address_is_brought_back_leaves_nobody_inside(ada, is_code_first):
    addresses.correct(ada, NEW, by=people.staff("Support"), at=NOW)
    secret = objection()
    thief, enter = sent_code(NEW)
    bring_back = partial(objections.object_with, secret, at=NOW)
    first, second = (enter, bring_back) if is_code_first else (bring_back, enter)

    with holding(LOCK, ada.pk):
        one = Act(first)
        until_blocked(1)
        other = Act(second)
        until_blocked(2)
    one.wait(), other.wait()

    assert not is_in(thief)
    assert Member.objects.get(pk=ada.pk).email == OLD
    assert [(row.email, row.verified) for row in EmailAddress.objects.filter(user=ada)] == [(OLD, True)]


def test_a_password_chosen_while_the_address_is_brought_back_is_not_kept(ada):
    addresses.correct(ada, NEW, by=people.staff("Support"), at=NOW)
    EmailAddress.objects.filter(user=ada).update(verified=True)
    thiefs = Member.objects.get(pk=ada.pk)
    objections.object_with(objection(), at=NOW)

    with pytest.raises(PermissionDenied):
        AccountAdapter().set_password(thiefs, "four new green bottles")

    now = Member.objects.get(pk=ada.pk)
    assert (now.email, now.has_usable_password()) == (OLD, False)
