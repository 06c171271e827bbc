"""Guessing is stopped with the cache away too, and a stranger locks nobody out."""

import dataclasses
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.accounts import guarding
from members.accounts.limits import Limit
from members.models import Attempts
from notifications.models import Message
from tests import make
from tests.markup import flat
from tests.members.accounts.signing_up import (
    PASSWORD,
    ada,
    code_for,
    confirm,
    is_logged_in,
    kinds_for,
    log_in,
    sign_up,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_cache(settings) -> None:
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock?db=1"},
    }


def judged(answers) -> int:
    """How many passwords were looked at."""
    return sum("is not right" in answer.text for answer in answers)


def elsewhere(number: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


@pytest.mark.slow
@pytest.mark.usefixtures("without_cache")
@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_twenty_five_wrong_passwords_without_the_cache_are_ten(client, email):
    ada()

    answers = [log_in(client, email=email, password=f"guess {number}") for number in range(25)]

    assert judged(answers) == 10
    assert "There were too many attempts. Try again in ten minutes, or ask for a code" in answers[-1].text


@pytest.mark.slow
def test_the_case_of_the_address_makes_no_new_attempts(client):
    ada()

    spellings = ["ada@example.org", "ADA@Example.org"] * 8
    answers = [log_in(client, email=email, password="a guess") for email in spellings]

    assert judged(answers) == 10


@pytest.fixture
def eight_from_anywhere(monkeypatch) -> None:
    """A limit that is reached with fewer guesses than the site's own, by twice as many as it lets through."""
    few = dataclasses.replace(guarding.PASSWORD_FROM_ANYWHERE, most=8)
    monkeypatch.setattr(guarding, "PASSWORD_FROM_ANYWHERE", few)


def test_from_anywhere_a_hundred_passwords_a_day_are_looked_at():
    assert Limit("password from anywhere", 100, timedelta(days=1)) == guarding.PASSWORD_FROM_ANYWHERE


@pytest.mark.slow
@pytest.mark.usefixtures("eight_from_anywhere")
def test_from_many_networks_no_more_are_looked_at_than_the_limit_says(clock):
    ada()

    answers = [log_in(elsewhere(number % 4), password="a guess") for number in range(16)]

    assert judged(answers) == 8
    assert "Try again tomorrow" in answers[-1].text


@pytest.mark.slow
@pytest.mark.usefixtures("eight_from_anywhere")
def test_a_stranger_locks_no_owner_out_of_a_browser_they_have_logged_in_with(clock):
    ada()
    owner = Client()
    log_in(owner)
    owner.post("/accounts/logout/")

    stopped = [log_in(elsewhere(number % 4), password="a guess") for number in range(16)][-1]
    log_in(owner)

    assert "There were too many attempts" in flat(stopped.text)
    assert is_logged_in(owner)


@pytest.mark.slow
def test_a_known_browser_has_a_limit_of_its_own(client):
    ada()
    log_in(client)
    client.post("/accounts/logout/")

    answers = [log_in(client, password="a guess") for _ in range(12)]

    assert judged(answers) == 10


@pytest.mark.slow
def test_a_cookie_that_was_made_up_or_is_anothers_helps_nobody(client):
    ada()
    make.member("Eve", email="eve@example.org", password=PASSWORD)
    log_in(client, email="eve@example.org")
    client.post("/accounts/logout/")

    evil = Client()
    evil.cookies["browser"] = "eyJuYW1lIjoiYSIsImtub3dzIjpbXX0:made:up"
    answers = [log_in(who, password="a guess") for who in [client, evil] * 10]

    assert judged(answers) == 10


def test_the_cookie_of_the_browser_goes_to_account_pages_only_and_says_nothing(client):
    ada()

    log_in(client)

    cookie = client.cookies["browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    assert "ada" not in cookie.value


@pytest.mark.slow
def test_the_owner_is_told_once_a_day(client, clock):
    ada()

    for _ in range(14):
        log_in(client, password="a guess")
    for _ in range(14):
        log_in(elsewhere(1), password="a guess")

    assert list(Message.objects.values_list("kind", "member__name")) == [("log-in-attempts", "Ada")]


@pytest.mark.slow
def test_right_passwords_are_no_guesses(client):
    ada()

    for _ in range(15):
        log_in(client)
        client.post("/accounts/logout/")
        client.cookies.pop("browser", None)
    log_in(client)

    assert is_logged_in(client)
    assert max(Attempts.objects.values_list("count", flat=True)) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("without_cache")
@pytest.mark.parametrize(
    ("path", "field", "others"),
    [
        ("/accounts/reauthenticate/", "password", {}),
        ("/accounts/password/change/", "oldpassword", {"password1": "another fine password"}),
    ],
)
def test_guessing_while_logged_in_is_stopped(client, path, field, others):
    ada()
    log_in(client)

    answers = [client.post(path, {field: "a guess", **others}) for _ in range(12)]

    assert sum("This is not your password" in answer.text for answer in answers) == 10


# Emails with codes


@pytest.mark.slow
@pytest.mark.usefixtures("without_cache")
@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/", "/accounts/signup/"])
@pytest.mark.parametrize("is_known", [True, False])
def test_one_address_is_mailed_five_times_without_the_cache(client, path, is_known):
    if is_known:
        ada()
    typed = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD}

    answers = [client.post(path, typed) for _ in range(8)]

    assert len(kinds_for("ada@example.org")) == 5
    assert "You can ask again in five minutes." in answers[-1].text


@pytest.mark.slow
def test_send_again_counts_too(client):
    ada()
    for _ in range(3):
        client.post("/accounts/login/code/", {"email": "ada@example.org"})

    for _ in range(3):
        said = client.post("/accounts/login/code/confirm/", {"action": "resend"}, follow=True)

    assert len(kinds_for("ada@example.org")) == 5
    assert "You can ask again in five minutes." in flat(said.text)


@pytest.mark.slow
def test_a_stranger_who_asks_for_codes_keeps_no_owner_from_theirs(clock):
    ada()
    owner = Client()
    log_in(owner)
    owner.post("/accounts/logout/")
    for number in range(30):
        elsewhere(number).post("/accounts/login/code/", {"email": "ada@example.org"})
    by_strangers = len(kinds_for("ada@example.org"))

    owner.post("/accounts/login/code/", {"email": "ada@example.org"})
    confirm(owner, code_for("ada@example.org"), "/accounts/login/code/confirm/")

    assert by_strangers == 20
    assert is_logged_in(owner)


@pytest.mark.slow
def test_one_network_does_not_mail_the_world(client, monkeypatch):
    few = (Limit("emails of network", 4, guarding.EMAILS_OF_NETWORK[0].window),)
    monkeypatch.setattr(guarding, "EMAILS_OF_NETWORK", few)

    answers = [
        Client().post("/accounts/login/code/", {"email": f"{number}@example.org"}) for number in range(6)
    ]
    other = elsewhere(1).post("/accounts/login/code/", {"email": "bo@example.org"})

    assert [answer.status_code for answer in answers] == [302] * 4 + [200] * 2
    assert "Too many emails were asked for from your network" in answers[-1].text
    assert other.status_code == 302
    assert Message.objects.count() == 5


@pytest.mark.slow
def test_all_networks_together_do_not_mail_the_world_and_owners_are_still_mailed():
    ada()
    known = elsewhere(1)
    log_in(known)
    known.post("/accounts/logout/")
    ends_at = timezone.now() + guarding.EMAILS_OF_ALL.window
    Attempts.objects.create(key=guarding.EMAILS_OF_ALL.of().key, count=2999, ends_at=ends_at)

    asked = [
        elsewhere(number).post("/accounts/login/code/", {"email": f"{number}@example.org"})
        for number in (2, 3)
    ]
    owner = known.post("/accounts/login/code/", {"email": "ada@example.org"})

    assert [answer.status_code for answer in (*asked, owner)] == [302, 200, 302]
    assert sorted(kinds_for("2@example.org") + kinds_for("3@example.org")) == ["account-unknown"]


def test_many_sign_ups_from_one_network_are_bounded_alike_for_known_addresses(client, monkeypatch):
    ada()
    few = (Limit("emails of network", 1, guarding.EMAILS_OF_NETWORK[0].window),)
    monkeypatch.setattr(guarding, "EMAILS_OF_NETWORK", few)
    sign_up(Client(), email="one@example.org")

    known, unknown = sign_up(Client()), sign_up(Client(), email="two@example.org")

    assert known.context["form"].errors == unknown.context["form"].errors
    assert list(known.context["form"].errors) == ["email"]
