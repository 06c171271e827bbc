"""The policy pages as an installation begins with them; what the team made of them is never touched.

Each page has a file beside this one, in Markdown, by its name. Where a release brings another text than that
which was there when the team last saved the page, the team is told so: it may promise more than before.
"""

from pathlib import Path
from typing import Final

from common.fingerprints import fingerprint
from members.models import Policy

FOLDER: Final = Path(__file__).parent


def first_text(slug: str) -> str:
    """Return what a page says before the team has edited it."""
    return (FOLDER / f"{slug}.md").read_text(encoding="utf-8")


def digest(slug: str) -> str:
    """Return what tells the first text of a page from those of other releases."""
    return fingerprint(first_text(slug))


def overtaken() -> list[Policy]:
    """Return the pages that say something else than the first text, saved before it was this. One query."""
    return [
        one
        for one in Policy.objects.order_by("slug")
        if one.body != first_text(one.slug) and one.first_text != digest(one.slug)
    ]


def put_in_place(using: str = "default") -> None:
    """Make the pages that are missing. Repeating it changes nothing."""
    rows = Policy.objects.using(using)
    there = set(rows.values_list("slug", flat=True))
    missing = [slug for slug in Policy.Name if slug not in there]
    rows.bulk_create(Policy(slug=one, body=first_text(one), first_text=digest(one)) for one in missing)
