"""What a record in the admin begins with: its state, the facts one comes for, and the acts on it.

An act is an action of the record's list, so that it is asked about, carried out and refused there, whichever
way somebody comes to it.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Head:
    """State and facts in words; ``links`` as (words, address); ``actions`` as names of the list's actions."""

    state: str
    facts: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    actions: tuple[str, ...] = ()


class BeginsWithItsState(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """An admin whose records begin with their head."""

    def head(self, request: HttpRequest, record: Any) -> Head:
        """Return what the record begins with."""
        raise NotImplementedError

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Show the head of a record that there is, with those of its acts that this reader may do."""
        if record := kwargs.get("obj"):
            head = self.head(request, record)
            words = {name: act[2] for name, act in self.get_actions(request).items() if act}
            acts = [(name, words[name]) for name in head.actions if name in words]
            context |= {"head": head, "acts": acts}
        return super().render_change_form(request, context, *args, **kwargs)


def list_of(model: str, **filters: Any) -> str:
    """Return the address of a list ("workshops_booking") with these filters."""
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode(filters)}"


def address_of(model: str, pk: int) -> str:
    """Return the address of one record of a model ("events_session")."""
    return reverse(f"admin:{model}_change", args=[pk])
