"""How passwords are kept, and how those kept otherwise are brought over."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from pytest_django import Settings

from members.models import Member
from qevent import settings as shipped
from tests import make
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


def test_who_types_their_password_again_stays_logged_in(client):
    member = ada()
    kept_as_before(member)
    client.force_login(Member.objects.get())

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert Member.objects.get().password.startswith(FIGURES)
    assert client.get("/accounts/email/").status_code == 200


def test_whose_new_password_is_refused_stays_logged_in(client):
    member = ada()
    kept_as_before(member)
    client.force_login(Member.objects.get())

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "short"})

    assert Member.objects.get().password.startswith(FIGURES)
    assert client.get("/accounts/password/change/").status_code == 200


class Preferred(MD5PasswordHasher):
    """The way in which passwords are kept from now on; counts how often it is used."""

    algorithm = "preferred"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)


class Former(Preferred):
    """The way in which they were kept."""

    algorithm = "former"


@pytest.mark.parametrize("who", ["unknown", "brought over", "not yet brought over"])
def test_a_wrong_password_takes_as_long_for_whomever(client, settings, who):
    settings.PASSWORD_HASHERS = [f"{__name__}.Preferred", f"{__name__}.Former"]
    make.member("Bo", password=PASSWORD)
    Member.objects.update(password=Former().encode(PASSWORD, "salt"))
    member = ada(email="other@example.org" if who == "unknown" else "ada@example.org")
    if who == "not yet brought over":
        Member.objects.filter(pk=member.pk).update(password=Former().encode(PASSWORD, "salt"))
    Preferred.count = Former.count = 0

    log_in(client, password="three small others")

    assert (Preferred.count, Former.count) == (1, 1)


def test_once_all_are_brought_over_nothing_is_hashed_twice(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Preferred", f"{__name__}.Former"]
    ada()
    Preferred.count = Former.count = 0

    log_in(client, password="three small others")

    assert (Preferred.count, Former.count) == (1, 0)
