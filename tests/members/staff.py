"""The team at work in the admin: who they are, and what their browsers send."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from members.models import Member
from tests import make
from tests.answers import Answer

MEMBERS = "/admin/members/member/"
LIST = "/admin/members/listedaddress/"


def staff_of(group: str, name: str = "Sue") -> Client:
    member = make.member(name, is_staff=True)
    member.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(member)
    return client


def act(client: Client, action: str, *members: Member, **fields: Any) -> Answer:
    chosen = {"action": action, "_selected_action": [member.pk for member in members]}
    return client.post(MEMBERS, chosen | fields, follow=True)


def approve(client: Client, *members: Member) -> Answer:
    """Approve those whom the page has named."""
    return act(client, "approve", *members, named=[member.pk for member in members])


def opened(client: Client, path: str) -> dict[str, str]:
    """What the form of a change page holds when it is opened."""
    form = client.get(path).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}
