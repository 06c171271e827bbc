"""The report as a whole: its figures in their order, for whoever reads it.

A constant number of queries, whatever there is. No figure names a member.
"""

from datetime import datetime
from typing import Final

from events.models import Event
from team.report import attendance, comparison, feedback, fill, full, needs, overrides, registrations, waiting
from team.report.figures import Figure
from team.report.subject import subject

_FOR_ALL: Final = (registrations, fill, full, waiting, overrides, attendance, feedback, comparison)


def report(event: Event, *, reads_reasons: bool, sees_needs: bool, at: datetime) -> list[Figure]:
    """Return the figures that the reader may see."""
    found = subject(event, at=at, reads_reasons=reads_reasons, sees_needs=sees_needs)
    figures = [one.figure(found) for one in _FOR_ALL]
    return [*figures, needs.figure(found)] if sees_needs else figures
