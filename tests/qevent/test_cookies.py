"""What cookies say: of nobody's name, and on a site with https only to this very host."""

import json
import os
import subprocess
import sys
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client, RequestFactory

from members.accounts import known_browsers
from tests import make
from tests.members.accounts.signing_up import PASSWORD

NAME = "Zuleika Hummingbird"
#: What production reads; nothing is connected to.
PRODUCTION = {
    "ENV_FILE": "/dev/null",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "SITE_URL": "https://events.example.org",
    "DATABASE_URL": "postgresql://qevent@/qevent?host=/nowhere",
    "REDIS_URL": "unix:///nowhere/valkey?db=0",
    "DJANGO_SETTINGS_MODULE": "qevent.settings",
}
ASK = """
import django, json; django.setup()
from django.conf import settings as s
from qevent.sealed_messages import SealedCookieStorage
names = [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, SealedCookieStorage.cookie_name]
print(json.dumps([names, [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE]]))
"""


def readable(value: str) -> str:
    """A cookie as whoever finds it reads it: as it is, and what Django signs without encrypting."""
    text = unquote(value)
    parts = [text]
    for part in text.strip('"').split(":"):
        try:
            parts.append(signing.b64_decode(part.strip(".").encode()).decode("latin-1"))
        except ValueError:
            continue
    return " ".join(parts)


def named(cookie: str) -> str:
    """The random name of a browser, as its cookie says it."""
    name: str = signing.loads(cookie, salt="members.browsers")["name"]
    return name


@pytest.mark.django_db
def test_a_name_is_in_no_cookie():
    member = make.member(NAME, email="zuleika@example.org", password=PASSWORD)
    client = Client()

    answer = client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    said = {name: readable(one.value) for name, one in client.cookies.items()}
    page = client.get("/")

    assert "messages" in answer.cookies
    assert [name for name, text in said.items() if "Hummingbird" in text or "zuleika" in text.lower()] == []
    assert f"Hello {NAME}. You are logged in." in page.text


@pytest.mark.django_db
def test_a_cookie_of_messages_that_somebody_made_up_is_no_message():
    client = Client()
    client.cookies["messages"] = "gAAAAABnonsense"

    assert client.get("/blog/").status_code == 200


@pytest.mark.django_db
def test_over_https_a_known_browser_is_bound_to_the_host_and_one_of_before_is_taken_over(settings):
    member = make.member(NAME, email="zuleika@example.org", password=PASSWORD)
    sent = {"login": member.email, "password": PASSWORD}
    client = Client()
    client.post("/accounts/login/", sent)
    before = client.cookies["browser"]
    settings.COOKIE_PREFIX, settings.SESSION_COOKIE_SECURE = "__Host-", True
    client.post("/accounts/logout/")

    answer = client.post("/accounts/login/", sent)
    made, ended = answer.cookies["__Host-browser"], answer.cookies["browser"]
    again = Client()
    again.cookies["__Host-browser"] = made.value
    once_more = again.post("/accounts/login/", sent)

    assert (before["path"], made["path"], made["domain"], made["secure"]) == ("/accounts/", "/", "", True)
    assert (made["httponly"], made["samesite"]) == (True, "Lax")
    assert (ended["path"], ended["max-age"], ended.value) == ("/accounts/", 0, "")
    assert named(made.value) == named(before.value)
    assert "browser" not in once_more.cookies
    assert named(once_more.cookies["__Host-browser"].value) == named(before.value)


@pytest.mark.django_db
@pytest.mark.parametrize("planted", ["made:up", "eyJuYW1lIjoiYSIsImtub3dzIjpbXX0:made:up"])
def test_a_cookie_of_before_that_somebody_planted_is_not_believed(settings, planted):
    settings.COOKIE_PREFIX = "__Host-"
    request = RequestFactory().get("/")
    request.COOKIES |= {"browser": planted}

    assert known_browsers.browser_of(request) == known_browsers.Browser("", ())


def test_over_https_cookies_are_bound_to_the_host():
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASK],
        env=os.environ | PRODUCTION,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    names, are_secure = json.loads(said)

    assert names == ["__Host-sessionid", "__Host-csrftoken", "__Host-django_language", "__Host-messages"]
    assert are_secure == [True, True, True]
    assert (settings.SESSION_COOKIE_NAME, settings.COOKIE_PREFIX) == ("sessionid", "")
