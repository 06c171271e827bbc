"""How passwords are kept, and how those kept otherwise are brought over."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django import Settings

from members.models import Member
from qevent import settings as shipped
from tests.members.accounts.signing_up import PASSWORD, ada, is_logged_in, log_in

pytestmark = pytest.mark.django_db
FIGURES = "argon2$argon2id$v=19$m=19456,t=2,p=1$"


@pytest.fixture(autouse=True)
def _as_shipped(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS


def kept_as_before(member: Member) -> str:
    """Keep their password as Django does by itself; return what is kept."""
    kept = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
    Member.objects.filter(pk=member.pk).update(password=kept)
    return kept


def test_a_password_is_kept_by_the_figures_of_owasp():
    member = ada()

    assert member.password.startswith(FIGURES)
    assert member.check_password(PASSWORD)


def test_a_password_that_was_kept_otherwise_is_brought_over_when_its_owner_logs_in(client):
    member = ada()
    kept_as_before(member)

    log_in(client)
    member.refresh_from_db()

    assert is_logged_in(client)
    assert member.password.startswith(FIGURES)
    assert member.check_password(PASSWORD)


def test_a_wrong_password_brings_nothing_over(client):
    member = ada()
    kept = kept_as_before(member)

    log_in(client, password="three small others")
    member.refresh_from_db()

    assert not is_logged_in(client)
    assert member.password == kept
