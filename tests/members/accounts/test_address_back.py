"""Codes after an address was corrected: which still open the account, and the page that brings it back."""

import pytest
from django.core.cache import cache
from django.test import Client

from members import addresses, objections
from members.accounts import guarding
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.members.accounts.signing_up import PASSWORD, code_for, confirm, is_logged_in, log_in

pytestmark = pytest.mark.django_db

OLD, NEW, PAGE = "ada@example.org", "ada@home.example", "/accounts/email/back/"
LOGIN, RESET = "/accounts/login/code/", "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def ada():
    return make.member("Ada", email=OLD, password=PASSWORD)


@pytest.fixture
def correct(ada, clock):
    def act(email=NEW):
        addresses.correct(ada, email, by=people.staff("Support"), at=make.NOW)
        return letters.code_in(Message.objects.get(kind="address-replaced"))

    return act


def asked(path, email):
    client = Client()
    client.post(path, {"email": email})
    return client


@pytest.mark.slow
def test_the_new_address_logs_in_once_its_code_was_typed_in(ada, correct):
    correct()
    with_password = Client()
    log_in(with_password, NEW)
    before = is_logged_in(with_password)

    confirm(with_password, code_for(NEW))

    assert (before, is_logged_in(with_password)) == (False, True)
    assert objections.is_confirmed(Member.objects.get(pk=ada.pk))


@pytest.mark.slow
def test_the_old_address_asks_in_vain(ada, correct):
    correct()

    client = asked(LOGIN, OLD)
    log_in(client, OLD)

    assert not is_logged_in(client)
    assert not Message.objects.filter(email=OLD, kind="login-code").exists()


@pytest.mark.slow
def test_a_code_that_went_to_the_old_address_before_opens_nothing_and_moves_nothing(ada, correct):
    client = asked(LOGIN, OLD)
    secret = code_for(OLD)
    correct()

    answer = client.post(f"{LOGIN}confirm/", {"code": secret}, follow=True)
    client.get("/accounts/confirm-email/")

    assert not is_logged_in(client)
    assert "That code no longer works." in answer.text
    assert Member.objects.get(pk=ada.pk).email == NEW


@pytest.mark.slow
@pytest.mark.parametrize("path", [LOGIN, RESET])
def test_a_code_at_the_new_address_opens_nothing_once_the_old_one_is_back(ada, correct, path):
    secret = correct()
    thief = asked(path, NEW)
    of_the_thief = code_for(NEW)
    Client().post(PAGE, {"code": secret})

    thief.post(f"{path}confirm/", {"code": of_the_thief})

    assert not is_logged_in(thief)
    assert Member.objects.get(pk=ada.pk).email == OLD


@pytest.mark.slow
def test_who_stands_before_choosing_a_new_password_is_stopped_too(ada, correct):
    secret = correct()
    thief = asked(RESET, NEW)
    thief.post(f"{RESET}confirm/", {"code": code_for(NEW)})
    Client().post(PAGE, {"code": secret})

    thief.post(f"{RESET}complete/", {"password1": "four new green bottles"})

    assert not is_logged_in(thief)
    assert not Member.objects.get(pk=ada.pk).has_usable_password()


@pytest.mark.slow
def test_the_page_brings_it_back_logs_out_and_leads_to_the_log_in(ada, correct, client):
    secret = correct()
    thief = asked(LOGIN, NEW)
    thief.post(f"{LOGIN}confirm/", {"code": code_for(NEW)})
    was_in = thief.get("/members/profile/").status_code

    answer = client.post(PAGE, {"code": secret.lower()}, follow=True)

    assert (was_in, thief.get("/members/profile/").status_code) == (200, 302)
    assert "Your address is back" in answer.text
    assert Member.objects.get(pk=ada.pk).email == OLD


@pytest.mark.slow
def test_looking_at_the_page_changes_nothing_and_a_wrong_code_is_refused_beside_its_field(correct, client):
    secret = correct()

    looked = client.get(PAGE, {"code": secret})
    refused = client.post(PAGE, {"code": "2222-2222-2222"})

    assert looked.status_code == 200
    assert list(refused.context["form"].errors) == ["code"]
    assert "2222-2222-2222" in refused.text
    assert Member.objects.get(name="Ada").email == NEW


def test_nobody_tries_codes_all_day(client, clock):
    for _ in range(guarding.ADDRESS_CODES.most):
        client.post(PAGE, {"code": "2222-2222-2222"})

    answer = client.post(PAGE, {"code": "2222-2222-2222"})

    assert "There were too many wrong codes." in answer.text


@pytest.mark.slow
def test_a_sign_up_that_made_way_while_its_code_was_awaited_ends_where_one_begins_anew(ada, correct, client):
    secret = correct()
    signed_up = Client()
    signed_up.post("/accounts/signup/", {"name": "Ada", "email": OLD, "password1": PASSWORD})
    awaited = code_for(OLD)
    client.post(PAGE, {"code": secret})

    answer = confirm(signed_up, awaited)

    assert answer.status_code == 302
    assert not is_logged_in(signed_up)


@pytest.mark.slow
def test_who_mends_a_wrong_correction_themselves_takes_their_row_of_the_list_along(ada, correct):
    ListedAddress.objects.create(email=OLD)
    correct()
    client = asked(LOGIN, NEW)
    client.post(f"{LOGIN}confirm/", {"code": code_for(NEW)})
    client.post("/accounts/email/", {"email": "ada@third.example", "action_add": "1"})

    confirm(client, code_for("ada@third.example"))

    assert ListedAddress.objects.get().email == "ada@third.example"
