"""Ada's account as a browser makes it, and the codes that were mailed to them."""

from typing import Any

from django.test import Client

from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.answers import Answer

PASSWORD = "three small otters"
ADA = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD}


def code_for(email: str) -> str:
    return letters.code_in(Message.objects.filter(email=email, secret__has_key="code").latest("id"))


def kinds_for(email: str) -> list[str]:
    return list(Message.objects.filter(email=email).order_by("id").values_list("kind", flat=True))


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_up(client: Client, **fields: Any) -> Answer:
    return client.post("/accounts/signup/", {**ADA, **fields})


def confirm(client: Client, code: str, path: str = "/accounts/confirm-email/", **fields: Any) -> Answer:
    return client.post(path, {"code": code, **fields})


def log_in(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **fields: Any) -> Answer:
    return client.post("/accounts/login/", {"login": email, "password": password, **fields})


def ada(**fields: Any) -> Member:
    return make.member("Ada", **({"email": "ada@example.org", "password": PASSWORD} | fields))


def notices(answer: Answer) -> list[str]:
    """What the notices on top of a page say."""
    return [str(message) for message in answer.context["messages"]]


def log_in_by_code(client: Client, **fields: Any) -> Answer:
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    return confirm(client, code_for("ada@example.org"), "/accounts/login/code/confirm/", **fields)
