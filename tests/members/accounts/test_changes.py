"""Choosing a new password, changing it, and changing the address."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse

from members.emails import account_notice
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make
from tests.found import found
from tests.members.accounts.signing_up import (
    PASSWORD,
    ada,
    code_for,
    confirm,
    is_logged_in,
    kinds_for,
    log_in,
)

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_password_is_chosen_anew_with_a_code_and_old_sessions_end(client):
    ada()
    old = Client()
    log_in(old)

    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    confirm(client, code_for("ada@example.org"), "/accounts/password/reset/confirm/")
    client.post("/accounts/password/reset/complete/", {"password1": "four new green bottles"})

    assert is_logged_in(client)
    assert check_password("four new green bottles", Member.objects.get().password)
    assert old.get("/members/profile/").status_code == 302
    assert client.get("/members/profile/").status_code == 200
    assert kinds_for("ada@example.org") == ["password-reset-code", "password-changed"]


def test_a_new_password_needs_the_code_first(client):
    ada()
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})

    client.post("/accounts/password/reset/complete/", {"password1": "four new green bottles"})

    assert check_password(PASSWORD, Member.objects.get().password)


@pytest.mark.slow
def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(client):
    ada()
    other = Client()
    log_in(other)
    log_in(client)
    path = reverse("account_change_password")

    refused = client.post(path, {"oldpassword": "wrong", "password1": "four new green bottles"})
    changed = client.post(path, {"oldpassword": PASSWORD, "password1": "four new green bottles"})

    assert list(refused.context["form"].errors) == ["oldpassword"]
    assert changed.url == "/members/profile/"
    assert other.get("/members/profile/").status_code == 302
    assert client.get("/members/profile/").status_code == 200
    assert kinds_for("ada@example.org") == ["password-changed"]


def change_address(client: Client, email: str) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": email, "action_add": "1"})


@pytest.mark.slow
def test_an_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(client):
    member = ada()
    ListedAddress.objects.create(email="Ada@example.org", name="Ada")
    log_in(client)

    change_address(client, "ada@new.example.org")
    before = Member.objects.get().email
    answer = confirm(client, code_for("ada@new.example.org"))

    member.refresh_from_db()
    letter = found(account_notice(Message.objects.get(kind="address-changed")))
    assert before == "ada@example.org"
    assert answer["Location"] == "/members/profile/"
    assert member.email == "ada@new.example.org"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", "verified", "primary")) == [
        ("ada@new.example.org", True, True)
    ]
    assert ListedAddress.objects.get().email == "ada@new.example.org"
    assert letter.to == "ada@example.org"
    assert "ada@new.example.org instead of ada@example.org" in letter.text


def test_changing_the_address_asks_for_the_password(client):
    ada()
    log_in(client)

    answer = client.post("/accounts/email/", {"email": "ada@new.example.org", "action_add": "1"})

    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not Message.objects.exists()


@pytest.mark.slow
def test_an_address_of_somebody_else_is_neither_given_nor_betrayed(client):
    ada()
    make.member("Bo", email="bo@example.org")
    log_in(client)

    change_address(client, "bo@example.org")
    page = client.get("/accounts/confirm-email/")
    confirm(client, "0000-0000")

    assert "bo@example.org" in page.content.decode()
    assert Member.objects.get(name="Ada").email == "ada@example.org"


@pytest.mark.slow
def test_nothing_of_an_account_happens_by_a_get(client):
    ada()
    log_in(client)
    state = list(Member.objects.values())

    for path in ("logout", "email", "password/change", "confirm-email", "reauthenticate", "inactive"):
        client.get(f"/accounts/{path}/")

    assert is_logged_in(client)
    assert list(Member.objects.values()) == state
    assert not Message.objects.exists()


def test_there_is_no_link_to_confirm_anything():
    for path in ("/accounts/confirm-email/abc/", "/accounts/password/reset/key/1-abc/"):
        assert Client().get(path).status_code == 404
