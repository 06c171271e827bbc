"""The list for the door: everybody who is registered for an event, by name; no needs, no sessions.

It lies open on a table, so it holds the name and nothing else; where two people have the same name, the
organisation tells them apart.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.statements import Statement
from events.models import Event, Registration

#: Written as text, without a template a row: there may be thousands.
ROW = '<tr><th scope="row"><bdi>{}</bdi>{}</th><td class="only-print-cell"></td></tr>'


@dataclass(frozen=True)
class DoorList:
    """How many come, and a row for each."""

    number: int
    rows: SafeString


def door_list(event: Event) -> DoorList:
    """Return who is registered, as people look for names. One query."""
    people = _PEOPLE.all(event=event.pk)
    return DoorList(len(people), format_html_join("\n", ROW, _told_apart(people)))


def _told_apart(people: list[tuple[str, str]]) -> Iterator[tuple[str, SafeString]]:
    names = Counter(name for name, _ in people)
    for name, organisation in people:
        is_shared = names[name] > 1 and organisation
        yield name, format_html(", <bdi>{}</bdi>", organisation) if is_shared else SafeString("")


_PEOPLE = Statement(
    lambda event: (
        Registration.objects.confirmed()
        .filter(event=event)
        .order_by("member__name_folded", "member__name", "pk")
        .values_list("member__name", "member__organisation")
    )
)
