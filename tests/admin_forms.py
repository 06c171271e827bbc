"""Forms of the admin, as its pages show them."""

from typing import Any


def errors(response: Any) -> dict[str, list[str]]:
    """What the page says is wrong, by field."""
    return {name: list(told) for name, told in response.context["adminform"].form.errors.items()}
