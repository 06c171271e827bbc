"""What became of access needs: the very numbers of the team's page of those, for who may see needs at all.

They are told once the needs themselves are erased, and none is below five. There is no picture: a height
would tell what a cell does not.
"""

from typing import Final

from django.urls import reverse

from team.needs import numbers
from team.report.figures import Figure, Table, TableRow
from team.report.subject import Subject

MEANING: Final = (
    "Numbers below five are not told, nor one from which you could reckon how few they are. They come "
    "once the needs are erased, 30 days after the event, and do not change after that. There is no "
    "picture, whose heights would tell what the words leave out."
)
HEADING: Final = "Access needs met"


def figure(subject: Subject) -> Figure:
    """Return the figure. Three queries."""
    more = (reverse("team:needs_numbers"), "The same of all past events")
    found = next((one for one in numbers.tables(at=subject.at) if one.event.pk == subject.event.pk), None)
    if found is None or not found.rows:
        nothing = "No numbers yet, or nobody asked: they come 30 days after the event."
        return Figure("needs", HEADING, MEANING, nothing=nothing, more=more)
    rows = [TableRow(one.need, [cell for _, cell in one.cells]) for one in found.rows]
    table = Table("What became of access needs", ("Need", *numbers.HEADINGS), rows)
    return Figure("needs", HEADING, MEANING, table=table, more=more)
