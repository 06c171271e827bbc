"""Many codes at once, and many passwords: no more are looked at than one after the other."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import make
from tests.answers import Answer
from tests.members.accounts.signing_up import PASSWORD, code_for, log_in
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_codes_at_once_are_at_most_five_tries():
    make.member("Ada", email="ada@example.org")
    first = Client()
    first.post("/accounts/login/code/", {"email": "ada@example.org"})
    right = code_for("ada@example.org")
    wrong = [code for code in (f"{number:04}-0000" for number in range(20)) if code != right]

    def try_one(code):
        client = Client()
        client.cookies.update(first.cookies)
        return client.post("/accounts/login/code/confirm/", {"code": code})

    answers = together(*(lambda code=code: try_one(code) for code in wrong))

    assert sum("This is not the code from the email" in answer.text for answer in answers) <= 5
    assert {answer.status_code for answer in answers} <= {200, 302}


def test_thirty_passwords_at_once_without_the_cache_are_ten_tries(settings):
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock?db=1"},
    }
    make.member("Ada", email="ada@example.org", password=PASSWORD)
    cache.clear()

    def guess(number: int) -> Answer:
        """Press until it is their turn."""
        while (answer := log_in(Client(), password=f"guess {number}")).status_code == 503:
            pass
        return answer

    answers = together(*(lambda n=number: guess(n) for number in range(30)), threads=12)

    assert sum("is not right" in answer.text for answer in answers) == 10
