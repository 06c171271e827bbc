"""Registering through the pages: where, with what, and what became of it."""

from typing import Any

from events.models import Registration
from members.models import Member
from tests.markup import flat

REGISTER = "/events/2026/register/"
NEEDS = "/events/2026/register/needs/"
CANCEL = "/events/2026/cancel/"
ACCEPTED = {"code_of_conduct": "on", "needs": "", "share_with_hosts": ""}


def text_of(response: Any) -> str:
    return flat(response.content.decode())


def status_of(member: Member) -> str | None:
    return Registration.objects.filter(member=member).values_list("status", flat=True).first()
