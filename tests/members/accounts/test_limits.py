"""Counting attempts in the database: to the window's end, by a digest, and never too many rows."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members import tasks
from members.accounts import limits
from members.accounts.adapter import AccountAdapter
from members.accounts.limits import Limit, TooMany
from members.models import Attempts
from tests.make import NOW

pytestmark = pytest.mark.django_db

THREE = Limit("tests", 3, timedelta(minutes=10))
SECOND = timedelta(seconds=1)


def outcomes(number: int, *whose: str, at=NOW) -> list[bool]:
    """Whether each of so many attempts was within the limit."""
    result = []
    for _ in range(number):
        try:
            limits.count([THREE.of(*whose)], at=at)
            result.append(True)
        except TooMany:
            result.append(False)
    return result


def test_as_many_as_the_limit_says_and_then_none_until_the_window_ends():
    within = outcomes(5, "ada")

    before = outcomes(1, "ada", at=NOW + THREE.window - SECOND)
    after = outcomes(4, "ada", at=NOW + THREE.window)

    assert within == [True, True, True, False, False]
    assert (before, after) == ([False], [True, True, True, False])


def test_the_worker_forgets_what_has_ended():
    outcomes(1, "ada")

    with time_machine.travel(NOW + THREE.window, tick=False):
        tasks.forget_attempts()

    assert not Attempts.objects.exists()


def test_others_are_counted_apart():
    outcomes(3, "ada")

    assert outcomes(1, "bo") == [True]
    assert outcomes(1, "ada", "bo") == [True]


def test_the_first_one_too_many_is_known():
    firsts = []
    for _ in range(5):
        try:
            limits.count([THREE.of("ada")], at=NOW)
        except TooMany as refused:
            firsts.append(refused.is_first)

    assert firsts == [True, False]


def test_what_comes_behind_a_limit_that_is_passed_is_not_counted():
    other = Limit("another", 9, THREE.window).of("ada")
    outcomes(3, "ada")

    with pytest.raises(TooMany):
        limits.count([THREE.of("ada"), other], at=NOW)

    assert not Attempts.objects.filter(pk=other.key).exists()


def test_what_was_no_guess_is_taken_back():
    outcomes(3, "ada")

    limits.give_back([THREE.of("ada")])

    assert outcomes(2, "ada") == [True, False]


def test_one_statement_counts_and_the_table_names_nobody():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        outcomes(1, "ada@example.org")

    kept = str(Attempts.objects.values_list())
    assert [query["sql"][:6] for query in asked if "members_attempts" in query["sql"]] == ["\nINSER"]
    assert "ada" not in kept


@pytest.mark.django_db(transaction=True)
def test_an_attempt_stays_counted_whatever_becomes_of_the_request(settings):
    client = Client(raise_request_exception=False)
    settings.ACCOUNT_ADAPTER = "tests.members.accounts.test_limits.BreaksAfterCounting"

    answer = client.post("/accounts/login/", {"login": "ada@example.org", "password": "a guess"})

    assert answer.status_code == 500
    assert set(Attempts.objects.values_list("count", flat=True)) == {1}


class BreaksAfterCounting(AccountAdapter):
    """What could go wrong once an attempt is counted."""

    def authentication_failed(self, request, **credentials):
        with transaction.atomic():
            Attempts.objects.update(count=0)
            raise RuntimeError


def test_the_sweep_forgets_what_has_ended_and_of_too_many_those_with_few_attempts(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 2)
    outcomes(1, "long ago", at=NOW - timedelta(hours=1))
    for number, whose in enumerate(["once", "twice", "three times"], start=1):
        outcomes(number, whose)

    gone = limits.sweep(at=NOW)

    assert gone == 2
    assert set(Attempts.objects.values_list("pk", flat=True)) == {
        THREE.of("twice").key,
        THREE.of("three times").key,
    }
