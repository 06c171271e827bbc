"""The VTIMEZONE of a zone (RFC 5545, 3.6.5), in the one form that every calendar reads.

Outlook wants at most one STANDARD and one DAYLIGHT, each with a yearly rule of the kind "last Sunday
in March"; more observances, or single dates, make it fall back to another zone. Most zones that change
their clocks follow such a rule; the few that do not get the dates of the years around.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Observances begin here, so that they hold for every date (as Google and Exchange write them).
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # local by definition (RFC 5545, 3.6.5)

Observance = TimezoneStandard | TimezoneDaylight
#: Month, which of its weekdays (-1 is the last), weekday.
Rule = tuple[int, int, int]


@lru_cache(maxsize=64)
def vtimezone(zone: str, year: int) -> Timezone:
    """Return the definition of ``zone`` that holds around ``year``."""
    changes = [list(_changes(zone, one)) for one in (year, year + 1, year + 2)]
    if not any(changes):
        return _timezone(zone, [_observance(zone, datetime(year, 1, 1, tzinfo=UTC), EPOCH)])
    is_paired = all(len(found) == 2 for found in changes)
    rules = [_rule([_before(found[n], zone) for found in changes]) for n in (0, 1) if is_paired]
    if rules and all(rules):
        pairs = zip(changes[0], rules, strict=True)
        return _timezone(zone, [_yearly(zone, at, rule) for at, rule in pairs if rule])
    dated = [at for one in (year - 1, year, year + 1) for at in _changes(zone, one)]
    return _timezone(zone, [_observance(zone, at, _before(at, zone)) for at in dated])


def _changes(zone: str, year: int) -> Iterator[datetime]:
    """Yield the moments (UTC) at which the clocks of ``zone`` change in a year, to the minute."""
    tz = ZoneInfo(zone)
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        after = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            yield _first_minute(day, after, tz)
        day = after


def _first_minute(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if middle.astimezone(tz).utcoffset() == before else (low, middle)
    return high


def _before(at: datetime, zone: str) -> datetime:
    """The reading of the clocks at ``at``, had they not been changed."""
    offset = (at - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return (at + offset).replace(tzinfo=None)


def _rule(moments: list[datetime]) -> Rule | None:
    """Return the rule that fits the change (as the old clocks show it) in every year, if there is one."""
    first = moments[0]
    for which in (-1, (first.day - 1) // 7 + 1):
        if all(_nth(m.year, first.month, which, first.weekday()) == m.date() for m in moments):
            return first.month, which, first.weekday()
    return None


def _nth(year: int, month: int, which: int, weekday: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _yearly(zone: str, at: datetime, rule: Rule) -> Observance:
    month, which, weekday = rule
    start = datetime.combine(_nth(EPOCH.year, month, which, weekday), _before(at, zone).time())
    component = _observance(zone, at, start)
    component.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{which}{DAYS[weekday]}"})
    return component


def _observance(zone: str, at: datetime, start: datetime) -> Observance:
    """Describe what the clocks show from ``at`` on; the smaller offset is called standard, as everywhere."""
    tz = ZoneInfo(zone)
    old = (at - timedelta(minutes=1)).astimezone(tz).utcoffset() or timedelta(0)
    new = at.astimezone(tz).utcoffset() or timedelta(0)
    component = TimezoneDaylight() if new > old else TimezoneStandard()
    component.add("DTSTART", start)
    component.add("TZOFFSETFROM", old)
    component.add("TZOFFSETTO", new)
    component.add("TZNAME", at.astimezone(tz).tzname() or zone)
    return component


def _timezone(zone: str, observances: list[Observance]) -> Timezone:
    timezone = Timezone()
    timezone.add("TZID", zone)
    for observance in observances:
        timezone.add_component(observance)
    return timezone
