"""Signing up again, and asking for a code again: what the pages say was sent was sent, and works."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from members.models import Member
from tests.markup import flat
from tests.members.accounts.signing_up import (
    PASSWORD,
    ada,
    code_for,
    confirm,
    is_logged_in,
    kinds_for,
    log_in,
    notices,
    sign_up,
)

pytestmark = pytest.mark.django_db

TO = "/events/2026/register/"
RESET, RESET_CODE = "/accounts/password/reset/", "/accounts/password/reset/confirm/"
LOGIN_CODE, CONFIRM_LOGIN_CODE = "/accounts/login/code/", "/accounts/login/code/confirm/"


# An address that nobody has confirmed


@pytest.mark.slow
def test_signing_up_again_sends_a_fresh_code_that_leads_to_where_they_were_going(client):
    sign_up(Client(), password1="the first of their passwords")

    answer = sign_up(client, next=TO)
    confirmed = confirm(client, code_for("ada@example.org"), answer["Location"])

    assert confirmed["Location"] == TO
    assert client.get("/members/profile/").status_code == 200
    assert kinds_for("ada@example.org") == ["confirm-address"] * 2


@pytest.mark.slow
def test_name_and_password_are_those_of_whoever_confirms():
    stranger, owner = Client(), Client()
    sign_up(stranger, name="Eve", password1="a stranger knows this")

    sign_up(owner)
    confirm(owner, code_for("ada@example.org"))
    owner.post("/accounts/logout/")
    log_in(stranger, password="a stranger knows this")
    log_in(owner)

    assert Member.objects.get().name == "Ada"
    assert (is_logged_in(stranger), is_logged_in(owner)) == (False, True)


@pytest.mark.slow
def test_whoever_signs_up_later_slips_no_password_into_the_account():
    owner, stranger = Client(), Client()
    sign_up(owner)
    code = code_for("ada@example.org")

    sign_up(stranger, name="Eve", password1="a stranger knows this")
    confirm(owner, code)
    log_in(stranger, password="a stranger knows this")

    assert Member.objects.get().name == "Ada"
    assert (is_logged_in(owner), is_logged_in(stranger)) == (True, False)


def test_a_person_whom_staff_added_can_sign_up(client):
    member = ada(password=None)
    EmailAddress.objects.filter(user=member).update(verified=False)

    sign_up(client)
    confirm(client, code_for("ada@example.org"))

    assert is_logged_in(client)
    assert Member.objects.get().check_password(PASSWORD)


@pytest.mark.slow
def test_a_member_keeps_the_name_that_others_know(client):
    member = ada()
    log_in(Client())
    EmailAddress.objects.filter(user=member).update(verified=False)

    sign_up(client, name="Somebody Else")
    confirm(client, code_for("ada@example.org"))

    assert is_logged_in(client)
    assert Member.objects.get().name == "Ada"


# A confirmed address


@pytest.mark.slow
def test_the_mail_to_a_confirmed_address_has_a_code_that_logs_in_where_one_is(client):
    ada()

    answer = sign_up(client, name="Eve", password1="another fine password", next=TO)
    logged_in = confirm(client, code_for("ada@example.org"), answer["Location"])

    assert logged_in["Location"] == TO
    assert client.get("/members/profile/").status_code == 200
    assert kinds_for("ada@example.org") == ["account-exists"]
    assert Member.objects.get().check_password(PASSWORD)


def test_a_new_code_for_a_confirmed_address_is_sent_and_works(client):
    ada()
    sign_up(client)

    said = client.post("/accounts/confirm-email/", {"action": "resend"}, follow=True)
    confirm(client, code_for("ada@example.org"))

    assert notices(said) == ["We have emailed a new code to ada@example.org."]
    assert kinds_for("ada@example.org") == ["account-exists"] * 2
    assert is_logged_in(client)


def test_the_mail_to_a_closed_account_has_no_code(client):
    ada(is_active=False)

    sign_up(client)

    assert kinds_for("ada@example.org") == ["account-exists"]
    assert code_for("ada@example.org") == ""


def test_a_known_address_costs_about_as_many_queries(client, django_assert_max_num_queries):
    ada()
    with django_assert_max_num_queries(60) as known:
        sign_up(Client())

    with django_assert_max_num_queries(60) as unknown:
        sign_up(client, email="bob@example.org")

    assert abs(len(known) - len(unknown)) <= 8


# One more code, please


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ask", "again", "page"),
    [
        (lambda c: sign_up(c), {"action": "resend"}, "/accounts/confirm-email/"),
        (
            lambda c: c.post(LOGIN_CODE, {"email": "ada@example.org"}),
            {"action": "resend"},
            CONFIRM_LOGIN_CODE,
        ),
        (lambda c: c.post(LOGIN_CODE, {"email": "ada@example.org"}), None, CONFIRM_LOGIN_CODE),
    ],
)
def test_after_send_again_each_code_logs_in(clock, ask, again, page):
    if page == CONFIRM_LOGIN_CODE:
        ada()
    clients = [Client(), Client()]
    codes = []
    for client in clients:
        ask(client)
        first = code_for("ada@example.org")
        clock.shift(60)
        client.post(page, again) if again else ask(client)
        codes.append((first, code_for("ada@example.org")))

    confirm(clients[0], codes[0][0], page)
    confirm(clients[1], codes[1][1], page)

    assert codes[0][0] != codes[0][1]
    assert list(map(is_logged_in, clients)) == [True, True]


@pytest.mark.slow
def test_each_code_is_good_for_its_own_fifteen_minutes(client, clock):
    sign_up(client)
    first = code_for("ada@example.org")
    clock.shift(800)
    client.post("/accounts/confirm-email/", {"action": "resend"})
    clock.shift(200)

    too_old = confirm(client, first)
    confirm(client, code_for("ada@example.org"))

    assert too_old.status_code == 200
    assert is_logged_in(client)


def test_a_code_is_good_for_its_own_address_only(client):
    sign_up(client, email="bob@example.org")
    bobs = code_for("bob@example.org")
    sign_up(client)

    answer = confirm(client, bobs)

    assert "This is not the code from the email" in flat(answer.text)
    assert not is_logged_in(client)


def test_asking_again_with_an_unknown_address_mails_again_that_there_is_no_account(client):
    client.post(LOGIN_CODE, {"email": "bob@example.org"})

    client.post(CONFIRM_LOGIN_CODE, {"action": "resend"})

    assert kinds_for("bob@example.org") == ["account-unknown"] * 2
