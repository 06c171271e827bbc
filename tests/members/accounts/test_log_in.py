"""Logging in, with a password or with a code."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from members.models import ListedAddress, Member
from tests import make
from tests.markup import flat
from tests.members.accounts.signing_up import (
    ada,
    code_for,
    confirm,
    is_logged_in,
    kinds_for,
    log_in,
    sign_up,
)

pytestmark = pytest.mark.django_db


def test_a_password_logs_in_and_the_session_ends_with_the_browser(client):
    ada()

    answer = log_in(client, email=" ADA@example.org ")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_logged_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""


def test_the_session_stays_only_where_the_box_was_ticked(client):
    ada()

    page = client.get("/accounts/login/").content.decode()
    log_in(client, remember="on")

    assert "checked" not in page
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


def test_a_code_logs_in_and_the_session_ends_with_the_browser(client):
    ada()

    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    answer = confirm(client, code_for("ada@example.org"), "/accounts/login/code/confirm/?next=/events/")

    assert answer["Location"] == "/events/"
    assert is_logged_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.mark.slow
def test_a_log_in_code_confirms_the_address_as_well(client):
    sign_up(Client())
    ListedAddress.objects.create(email="ada@example.org")

    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    confirm(client, code_for("ada@example.org"), "/accounts/login/code/confirm/")

    assert is_logged_in(client)
    assert Member.objects.get().membership == Member.Membership.ACTIVE


def test_a_log_in_code_is_used_up(client):
    ada()
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    code = code_for("ada@example.org")

    confirm(client, code, "/accounts/login/code/confirm/")
    client.logout()
    confirm(client, code, "/accounts/login/code/confirm/")

    assert not is_logged_in(client)


@pytest.mark.slow
@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False)
def test_guessing_a_log_in_code_ends_after_five_attempts_and_codes_are_few(client):
    ada()
    attempts = 0

    for _ in range(40):
        asked = client.post("/accounts/login/code/", {"email": "ada@example.org"})
        if asked.status_code != 302:
            break
        while confirm(client, "0000-0000", "/accounts/login/code/confirm/").status_code == 200:
            attempts += 1
        attempts += 1

    assert attempts == 25
    assert not is_logged_in(client)


@pytest.mark.slow
def test_who_has_not_confirmed_their_address_is_sent_a_code_again_when_they_log_in(client):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False) as clock:
        sign_up(Client())
        clock.shift(3600)
        answer = log_in(client)
        confirm(client, code_for("ada@example.org"))
        logged_in = is_logged_in(client)

    assert answer["Location"] == "/accounts/confirm-email/"
    assert logged_in


def test_an_account_that_is_closed_cannot_log_in_by_any_way(client):
    ada(is_active=False)

    log_in(client)
    client.post("/accounts/login/code/", {"email": "ada@example.org"})

    assert not is_logged_in(client)
    assert kinds_for("ada@example.org") == ["account-unknown"]


def test_whose_membership_ended_may_log_in(client):
    ada(membership=Member.Membership.ENDED)

    log_in(client)

    assert is_logged_in(client)
    assert "Your membership has ended" in flat(client.get("/members/profile/").content.decode())


def test_logging_out_everywhere_ends_every_session_of_theirs_and_nobody_else_s():
    one, other = make.member("Ada"), make.member("Bo")
    here, elsewhere, others = Client(), Client(), Client()
    for client, member in ((here, one), (elsewhere, one), (others, other)):
        client.force_login(member)

    answer = here.post("/accounts/logout/everywhere/", follow=True)

    assert "You are logged out everywhere." in answer.text
    assert [client.get("/members/profile/").status_code for client in (here, elsewhere, others)] == [
        302,
        302,
        200,
    ]
