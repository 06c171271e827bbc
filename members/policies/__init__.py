"""The policy pages as an installation begins with them; what the team made of them is never touched.

Each page has a file beside this one, in Markdown, by its name.
"""

from pathlib import Path
from typing import Final

from members.models import Policy

FOLDER: Final = Path(__file__).parent


def first_text(slug: str) -> str:
    """Return what a page says before the team has edited it."""
    return (FOLDER / f"{slug}.md").read_text(encoding="utf-8")


def put_in_place(using: str = "default") -> None:
    """Make the pages that are missing. Repeating it changes nothing."""
    rows = Policy.objects.using(using)
    there = set(rows.values_list("slug", flat=True))
    rows.bulk_create(Policy(slug=slug, body=first_text(slug)) for slug in Policy.Name if slug not in there)
