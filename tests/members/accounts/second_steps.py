"""What tests of the second step share: its moment, its page, and what is read of its answers."""

import re
from datetime import UTC, datetime

from django.test import Client

from members.models import Member
from notifications.models import Message
from tests import second_step
from tests.answers import Answer
from tests.found import found

#: When the clock of these tests stands still.
AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
GIVE = "/accounts/second-step/give/"


def by_password(member: Member) -> Client:
    return second_step.logged_in_by("password", member)


def give(client: Client, code: str) -> Answer:
    return client.post(GIVE, {"code": code, "next": "/team/"})


def key_of(page: str) -> str:
    return found(re.search(r'value="([A-Z2-7 ]{32,})"', page))[1].replace(" ", "")


def errors(answer: Answer) -> list[str]:
    return [str(one) for one in answer.context["form"].errors.get("code", [])]


def told(member: Member) -> list[str]:
    """What the letters to them tell of, in order."""
    sent = Message.objects.filter(member=member).order_by("pk")
    return [one["what"] for one in sent.values_list("payload", flat=True)]
