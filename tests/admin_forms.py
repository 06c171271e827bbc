"""Forms of the admin, as its pages show them."""

from typing import Any

from django.db.models import Model
from django.test import Client


def errors(response: Any) -> dict[str, list[str]]:
    """What the page says is wrong, by field."""
    return {name: list(told) for name, told in response.context["adminform"].form.errors.items()}


def act_on(admin: Client, address: str, action: str, *chosen: Model) -> tuple[Any, Any]:
    """Do an action of a list that asks first: what it asks, and what it answers once it is confirmed."""
    values = {"action": action, "_selected_action": [one.pk for one in chosen]}
    asked: Any = admin.post(address, values)
    return asked, admin.post(address, values | {"confirmed": "1", "seen": asked.context["seen"]}, follow=True)
