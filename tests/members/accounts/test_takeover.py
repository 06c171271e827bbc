"""An account made in advance with somebody else's address gives nothing to whoever made it."""

import pytest
from django.core.cache import cache
from django.test import Client

from members.models import ListedAddress, Member
from notifications.models import Message
from tests import letters, make

pytestmark = pytest.mark.django_db
ADA = "ada@hospital.example"
HERS, A_STRANGERS = "four words of her own", "a stranger knows this"


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> None:
    cache.clear()


def code():
    return letters.code_in(Message.objects.filter(email=ADA, kind__endswith="code").latest("pk"))


def sign_up(client, password):
    return client.post("/accounts/signup/", {"name": "A name", "email": ADA, "password1": password})


def can_log_in(password):
    client = Client()
    client.post("/accounts/login/", {"login": ADA, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.slow
def test_who_logs_in_by_code_does_not_inherit_the_password_of_a_stranger():
    ListedAddress.objects.create(email=ADA)
    stranger, ada = Client(), Client()
    sign_up(stranger, A_STRANGERS)

    ada.post("/accounts/login/code/", {"email": ADA})
    ada.post("/accounts/login/code/confirm/", {"code": code()})

    assert ada.get("/members/profile/").status_code == 200
    assert stranger.get("/members/profile/").status_code == 302
    assert Member.objects.get(email=ADA).is_member
    assert not can_log_in(A_STRANGERS)


@pytest.mark.slow
def test_who_begins_to_reset_the_password_has_ended_that_of_a_stranger():
    stranger, ada = Client(), Client()
    sign_up(stranger, A_STRANGERS)

    ada.post("/accounts/password/reset/", {"email": ADA})
    ada.post("/accounts/password/reset/confirm/", {"code": code()})
    halfway = can_log_in(A_STRANGERS)
    ada.post("/accounts/password/reset/complete/", {"password1": HERS})

    assert (halfway, can_log_in(A_STRANGERS), can_log_in(HERS)) == (False, False, True)


@pytest.mark.slow
def test_who_confirms_in_the_session_in_which_they_signed_up_keeps_their_password():
    ada = Client()
    sign_up(ada, HERS)

    secret = letters.code_in(Message.objects.get(kind="confirm-address"))
    ada.post("/accounts/confirm-email/", {"code": secret})

    assert (ada.get("/members/profile/").status_code, can_log_in(HERS)) == (200, True)


def test_a_member_who_logs_in_by_code_keeps_their_password():
    make.member(email=ADA, password=HERS)
    ada = Client()

    ada.post("/accounts/login/code/", {"email": ADA})
    ada.post("/accounts/login/code/confirm/", {"code": code()})

    assert can_log_in(HERS)


@pytest.mark.parametrize("lookalike", ["ſam@example.org", "ѕam@example.org", "s\u200bam@example.org"])
def test_an_address_that_looks_like_another_is_refused_beside_the_field(lookalike):
    make.member("Sam", email="sam@example.org")

    answer = Client().post("/accounts/signup/", {"name": "Sam", "email": lookalike, "password1": A_STRANGERS})

    assert "name@example.org" in str(answer.context["form"].errors["email"])
    assert (Member.objects.count(), Message.objects.count()) == (1, 0)
