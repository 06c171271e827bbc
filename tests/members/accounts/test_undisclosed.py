"""What nobody learns from signing up or logging in: whether an address has an account."""

import re
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from members.models import Member
from tests.members.accounts.signing_up import (
    ada,
    confirm,
    is_logged_in,
    kinds_for,
    log_in,
    sign_up,
)

pytestmark = pytest.mark.django_db


def same(page: str) -> str:
    """A page without what differs on every visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_signing_up_with_a_known_address_answers_the_same_and_mails_its_owner(client):
    ada()
    stranger = Client()

    known = sign_up(stranger, name="Eve", password1="another fine password")
    unknown = sign_up(client, email="bob@example.org")
    known_page, unknown_page = (each.get("/accounts/confirm-email/") for each in (stranger, client))

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert same(known_page.content.decode()).replace("ada@", "bob@") == same(unknown_page.content.decode())
    assert kinds_for("ada@example.org") == ["account-exists"]
    assert Member.objects.get(email="ada@example.org").name == "Ada"


@pytest.mark.slow
def test_a_wrong_code_is_answered_the_same_for_a_known_address(client):
    ada()
    stranger = Client()
    sign_up(stranger)
    sign_up(client, email="bob@example.org")

    known = [confirm(stranger, "0000-0000") for _ in range(5)]
    unknown = [confirm(client, "0000-0000") for _ in range(5)]

    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
    assert known[-1]["Location"] == unknown[-1]["Location"]
    assert not is_logged_in(stranger)


def test_signing_up_with_a_known_address_takes_as_long(client, settings):
    settings.PASSWORD_HASHERS = ["tests.members.accounts.test_undisclosed.CountingHasher"]
    ada()
    CountingHasher.count = 0

    sign_up(client)
    known = CountingHasher.count
    sign_up(Client(), email="bob@example.org")

    assert known == 1
    assert CountingHasher.count - known == 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/accounts/login/code/", "login-code"), ("/accounts/password/reset/", "password-reset-code")],
)
def test_asking_for_a_code_answers_the_same_whether_there_is_an_account(client, path, kind):
    ada()
    stranger = Client()

    known = client.post(path, {"email": "ada@example.org"}, follow=True)
    unknown = stranger.post(path, {"email": "bob@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert same(known.content.decode()).replace("ada@", "bob@") == same(unknown.content.decode())
    assert kinds_for("ada@example.org") == [kind]
    assert kinds_for("bob@example.org") == ["account-unknown"]


def test_no_code_opens_an_account_that_does_not_exist(client):
    client.post("/accounts/login/code/", {"email": "bob@example.org"})

    for code in ("", "None", "0000-0000"):
        confirm(client, code, "/accounts/login/code/confirm/")

    assert not is_logged_in(client)


def test_a_wrong_password_and_an_unknown_address_are_answered_the_same(client):
    ada()

    wrong = log_in(client, password="not her password")
    unknown = log_in(client, email="bob@example.org")

    errors = [answer.context["form"].errors for answer in (wrong, unknown)]
    assert errors[0] == errors[1]
    assert errors[0] == {
        "__all__": [
            "The email address or the password is not right. "
            "Check both, or press “Email me a code” below to log in without a password."
        ]
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_six_sign_ups_at_once_with_one_address_make_one_account():
    barrier = Barrier(6)
    answers = []

    def run() -> None:
        client = Client()
        client.get("/accounts/signup/")
        barrier.wait()
        answers.append(sign_up(client).status_code)
        connection.close()

    threads = [Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Member.objects.count() == 1
    assert set(answers) <= {302, 200}
    assert len(answers) == 6


class CountingHasher:
    """Stands in for a slow hasher and counts how often it was at work."""

    algorithm = "counting"
    count = 0

    def salt(self) -> str:
        return "salt"

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return f"counting${salt}${password}"
