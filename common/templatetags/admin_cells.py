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
    """Yield each cell with its heading in ``data-heading``; the one with the tick has none."""
    for cell, header in zip(cells, headers, strict=True):
        is_tick = "action-checkbox" in (header.get("class_attrib") or "")
        told = "" if is_tick else format_html(' data-heading="{}"', capfirst(str(header["text"])))
        # Django's own cell, and text that is escaped.
        yield mark_safe(_with(str(cell), told))  # noqa: S308


def _with(cell: str, attributes: str) -> str:
    return CELL.sub(lambda tag: tag[0] + attributes, cell, count=1)
