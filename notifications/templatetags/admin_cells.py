"""The cells of the admin's lists: each says the heading it stands under, for where the table folds."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()

#: How Django's admin begins a cell.
CELL = re.compile(r"<(t[dh])\b")


@register.filter
def under(cells: Iterable[str], headers: Iterable[dict[str, Any]]) -> Iterator[SafeString]:
    """Yield each cell with its heading in ``data-heading``, and its role, which a folded table loses."""
    for cell, header in zip(cells, headers, strict=True):
        is_tick = "action-checkbox" in (header.get("class_attrib") or "")
        yield _told(str(cell), "" if is_tick else capfirst(str(header["text"])))


def _told(cell: str, heading: str) -> SafeString:
    role = "rowheader" if cell.lstrip().startswith("<th") else "cell"
    told = format_html('role="{}" data-heading="{}"', role, heading)
    # Django's own cell, and text that is escaped.
    return mark_safe(CELL.sub(lambda tag: f"<{tag[1]} {told}", cell, count=1))  # noqa: S308
