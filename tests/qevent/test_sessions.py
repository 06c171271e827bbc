"""Whose a session is comes with it in one statement, and is as true as if it had been looked up."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from members.models import LogIn, Member
from qevent import sessions
from tests import make, second_step
from tests.contracts import people

pytestmark = pytest.mark.django_db
PROFILE = "/members/profile/"


@pytest.fixture
def ada() -> Member:
    return make.member("Ada")


@pytest.fixture
def client(ada: Member) -> Client:
    client = people.reader(ada)
    client.get(PROFILE)
    return client


def read(client: Client) -> sessions.SessionStore:
    store = sessions.SessionStore(client.cookies["sessionid"].value)
    store.load()
    return store


def test_a_session_and_whose_it_is_are_one_statement(client, ada, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = read(client)

    assert found.member == ada
    assert found[SESSION_KEY] == str(ada.pk)


def test_a_session_of_before_log_ins_were_listed_is_looked_up_as_ever_and_listed(client, ada):
    LogIn.objects.all().delete()

    first, second = (client.get(PROFILE), client.get(PROFILE))

    assert first.wsgi_request.user == second.wsgi_request.user == ada
    assert LogIn.objects.get().session_id == client.cookies["sessionid"].value


def test_who_is_listed_wrongly_is_not_who_asks(client, ada):
    LogIn.objects.update(member=make.member("Mallory"))

    found = read(client)

    assert found.member is None
    assert client.get(PROFILE).wsgi_request.user == ada


def test_a_session_that_names_somebody_else_is_not_answered_with_the_row_beside_it(client, ada):
    mallory = make.member("Mallory")
    store = sessions.SessionStore(client.cookies["sessionid"].value)
    store[SESSION_KEY] = str(mallory.pk)
    store.save()

    assert not client.get(PROFILE).wsgi_request.user.is_authenticated


def log_out(client: Client, ada: Member) -> None:
    elsewhere = Client()
    elsewhere.cookies["sessionid"] = client.cookies["sessionid"].value
    elsewhere.post("/accounts/logout/")


def end_the_session(client: Client, ada: Member) -> None:
    Session.objects.all().delete()


def change_the_password(client: Client, ada: Member) -> None:
    ada.set_password("another password of theirs")
    ada.save()


def close_the_account(client: Client, ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(is_active=False)


def erase(client: Client, ada: Member) -> None:
    ada.delete()


@pytest.mark.parametrize("act", [log_out, end_the_session, change_the_password, close_the_account, erase])
def test_what_ends_access_ends_it_at_the_next_request(client, ada, act):
    act(client, ada)

    answer = client.get(PROFILE)

    assert not answer.wsgi_request.user.is_authenticated
    assert answer.status_code == 302


def test_rights_are_those_of_now(client, ada):
    Member.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    second_step.given_in(client)

    answer = client.get("/admin/")

    assert answer.status_code == 200


def test_a_row_without_a_backend_that_is_in_use_is_left_to_django(client, settings):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

    assert not client.get(PROFILE).wsgi_request.user.is_authenticated


def test_an_account_is_known_again_after_the_secret_was_turned(client, ada, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-key-of-fifty-characters-0123456789-abcdefghij"

    assert client.get(PROFILE).wsgi_request.user == ada
