"""How long somebody was in a meeting: joins by telephone and screen at one time are not counted twice.

A row a join is counted by its span. A row a person has a total: of two such rows of one person the totals are
added, but never to more than was between their first joins and last leaves; where no times stand beside them,
the longer one counts.
"""

from collections.abc import Iterable
from datetime import datetime

from live.meeting_reports.reading import Stay
from live.models import LONGEST_MEETING

Span = tuple[datetime, datetime]


def minutes(stays: Iterable[Stay]) -> int:
    """Return the whole minutes of all stays of one person together, rounded, a day at most."""
    known = list(stays)
    joins = [span for one in known if not one.is_all and (span := _span(one))]
    untimed = [one.seconds for one in known if _span(one) is None]
    totals = [one for one in known if one.is_all and _span(one)]
    spans = [span for one in totals if (span := _span(one))]
    total = _covered(joins) + min(sum(one.seconds for one in totals), _covered(spans))
    total = max(total, *untimed) if untimed else total
    return min((total + 30) // 60, LONGEST_MEETING)


def _span(stay: Stay) -> Span | None:
    return (stay.began, stay.ended) if stay.began and stay.ended else None


def _covered(spans: Iterable[Span]) -> int:
    """Return how many seconds are in any of the spans."""
    total, until = 0.0, None
    for began, ended in sorted(spans):
        start = began if until is None else max(began, until)
        if ended > start:
            total += (ended - start).total_seconds()
            until = ended
    return int(total)
