"""The hosts' pages ask whoever has a second step for it: a mailbox alone opens no more than elsewhere."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from members.models import Member
from tests import letters, make, second_step
from tests.hosting.conftest import Hosted, entered, shown
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
EMAIL = "hana@hosts.example"


def with_a_role() -> Member:
    member = make.member("Hana", email=EMAIL)
    member.groups.add(Group.objects.get_or_create(name="Any")[0])
    return member


def with_a_factor() -> Member:
    member = make.member("Hana", email=EMAIL)
    second_step.app_of(member)
    return member


def with_the_tick() -> Member:
    return make.member("Hana", email=EMAIL, is_staff=True)


GUARDED = pytest.mark.parametrize("account", [with_a_role, with_a_factor, with_the_tick])


@pytest.fixture
def agreed(hosted: Hosted) -> Hosted:
    """Hana has agreed, whoever she is by then."""
    make.agreed(hosted.hana, hosted.event)
    return hosted


def sees(client: Client, hosted: Hosted) -> bool:
    answer = client.get(hosted.page)
    return answer.status_code == 200 and "Ada" in answer.content.decode()


@GUARDED
@pytest.mark.parametrize("method", ["password", "code"])
def test_a_log_in_alone_leads_to_the_second_step_and_back(agreed, account, method):
    member = account()
    client = second_step.logged_in_by(method, member)

    answers = [client.get(agreed.page), client.post(f"{agreed.page}needs/"), client.get(agreed.path)]
    assert all(one["Location"].startswith("/accounts/second-step/") for one in answers)
    assert answers[0]["Location"].endswith(f"?next={agreed.page}")

    assert sees(second_step.logged_in_by(method, member, "mfa"), agreed)


@GUARDED
def test_a_code_to_the_address_of_such_an_account_is_not_sent_and_the_letter_says_what_to_do(hosted, account):
    account()
    client = Client()

    client.post(f"{hosted.path}enter/", {"email": EMAIL})
    mail = letters.only(letters.deliver(NOW))

    assert "second step" in mail.body
    assert f"/events/{hosted.event.slug}/hosting/" in mail.body


@GUARDED
def test_an_address_shown_before_opens_nothing_once_the_account_is_such_a_one(hosted, account):
    client = entered(hosted)
    before = sees(client, hosted)

    account()

    assert before
    assert not sees(client, hosted)


def test_another_account_does_not_get_in_by_the_address_of_such_a_one(hosted):
    client = Client()
    client.force_login(make.member("Mo"))
    shown(client, hosted)
    client.post(f"{hosted.path}agree/", {"agrees": "on"})
    before = sees(client, hosted)

    with_a_role()

    assert before
    assert not sees(client, hosted)


def test_hosts_without_a_role_and_a_factor_are_asked_for_nothing(hosted):
    member = make.member("Hana", email=EMAIL)
    by_code, by_account = entered(hosted), second_step.logged_in_by("password", member)

    assert sees(by_code, hosted)
    assert sees(by_account, hosted)
