"""Forms that Ada fills in, and how their browser sends them."""

from typing import Any

from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.urls import reverse

from tests import second_step
from tests.answers import Answer
from tests.members.accounts.signing_up import PASSWORD

PROFILE = reverse("members:profile")
BACK = "This is what you typed before you logged in."
AGAIN = "You logged in again in another tab"
TYPED = {
    "name": "Ada Lovelace",
    "organisation": "Ward 7",
    "time_zone": "Europe/London",
    "calendar": "invitations",
}


def hidden(client: Client, path: str) -> dict[str, str]:
    """What a page puts into its forms."""
    page = client.get(path)
    form = page.text.partition("<main")[2]
    found = {}
    for name in ("csrfmiddlewaretoken", "typed_by", "seen"):
        found[name] = form.partition(f'name="{name}" value="')[2].partition('"')[0]
    return found


def log_in(client: Client, url: str, email: str = "ada@example.org") -> str:
    """Fill in the page to log in; return the address that comes next."""
    token = hidden(client, url)["csrfmiddlewaretoken"]
    next_url = url.partition("next=")[2]
    sent = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": next_url}
    arrived = client.post(url.partition("?")[0], sent)["Location"]
    second_step.given_in(client)
    return arrived


def end_session() -> None:
    BrowserSession.objects.all().delete()


def send(client: Client, path: str, **fields: Any) -> Answer:
    return client.post(path, fields, headers={"origin": "http://testserver"})
