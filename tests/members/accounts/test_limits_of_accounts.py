"""Limits on guessing and on floods, and that they keep out nobody else."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

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


@pytest.mark.slow
def test_guessing_the_password_of_one_account_is_stopped_for_the_right_password_too(client):
    ada()

    for number in range(10):
        log_in(client, password=f"guess number {number}")
    stopped = log_in(Client())

    assert "There were too many attempts" in flat(stopped.content.decode())
    assert "code by email" in flat(stopped.content.decode())
    assert not is_logged_in(client)


@pytest.mark.slow
def test_who_is_locked_out_by_a_guesser_gets_in_with_a_code():
    ada()
    guesser, owner = Client(), Client()
    for number in range(12):
        log_in(guesser, password=f"guess number {number}")

    owner.post("/accounts/login/code/", {"email": "ada@example.org"})
    confirm(owner, code_for("ada@example.org"), "/accounts/login/code/confirm/")

    assert is_logged_in(owner)


@pytest.mark.slow
def test_two_hundred_people_behind_one_address_log_in_within_a_minute():
    for number in range(200):
        make.member(f"Person {number}", email=f"person{number}@example.org", password=PASSWORD)

    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        clients = [Client(REMOTE_ADDR="198.51.100.7") for _ in range(200)]
        for number, client in enumerate(clients):
            if number % 10 == 0:
                log_in(client, email=f"person{number}@example.org", password="a slip of the finger")
            log_in(client, email=f"person{number}@example.org")
        logged_in = sum(map(is_logged_in, clients))

    assert logged_in == 200


@pytest.mark.slow
def test_a_hundred_people_behind_one_address_sign_up_within_a_minute():
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        clients = [Client(REMOTE_ADDR="198.51.100.7") for _ in range(100)]
        for number, client in enumerate(clients):
            sign_up(client, email=f"person{number}@example.org")
            confirm(client, code_for(f"person{number}@example.org"))
        logged_in = sum(map(is_logged_in, clients))

    assert logged_in == 100


def test_a_flood_from_one_address_is_answered_with_a_clear_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}

    answers = [log_in(client, email=f"{number}@example.org") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "<h1" in answers[-1].content.decode()
    assert "too many" in answers[-1].content.decode().lower()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_one_address_is_not_flooded_with_codes(path):
    ada()

    for number in range(30):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(path, {"email": "ada@example.org"})

    assert len(kinds_for("ada@example.org")) == 20


def test_with_the_cache_down_people_still_sign_up_and_log_in(client, settings):
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock?db=1"},
    }
    ada()

    log_in(client)
    other = Client()
    sign_up(other, email="bob@example.org")
    confirm(other, code_for("bob@example.org"))

    assert is_logged_in(client)
    assert is_logged_in(other)
