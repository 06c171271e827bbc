"""The VTIMEZONE of a zone (RFC 5545, 3.6.5), in the one form that every calendar reads.

Outlook wants at most one STANDARD and one DAYLIGHT, each with a yearly rule of the kind "last Sunday
in March"; more observances, or single dates, make it fall back to another zone. Most zones that change
their clocks follow such a rule; the few that do not, in all years asked for, get the date of each change.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Observances begin here, so that they hold for every date (as Google and Exchange write them).
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # local by definition (RFC 5545, 3.6.5)

#: A rule is recognised by so many years at least: in fewer, several would fit.
YEARS = 3

Observance = TimezoneStandard | TimezoneDaylight
#: Month, which of its weekdays (-1 is the last), weekday.
Rule = tuple[int, int, int]


def vtimezone(zone: str, first: int, last: int) -> Timezone:
    """Return the definition of ``zone`` that holds from the year ``first`` to the year ``last``."""
    changes = [list(_changes(zone, year)) for year in range(first, max(last, first + YEARS - 1) + 1)]
    if rules := _rules(zone, changes):
        pairs = zip(changes[0], rules, strict=True)
        return _timezone(zone, [_yearly(zone, at, rule) for at, rule in pairs])
    beginning = _observance(zone, datetime(first, 1, 1, tzinfo=UTC), EPOCH)
    dated = [at for found in changes for at in found]
    return _timezone(zone, [beginning, *(_observance(zone, at, _before(at, zone)) for at in dated)])


def _rules(zone: str, changes: list[list[datetime]]) -> list[Rule]:
    """Return the two yearly rules that all changes follow, none where some do not."""
    if any(len(found) != 2 for found in changes):
        return []
    rules = []
    for same in zip(*changes, strict=True):
        shifts = {(_before(at, zone).time(), _offset(zone, at - MINUTE), _offset(zone, at)) for at in same}
        rule = _rule([_before(at, zone) for at in same])
        if rule is None or len(shifts) > 1:
            return []
        rules.append(rule)
    return rules


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
    while high - low > MINUTE:
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if middle.astimezone(tz).utcoffset() == before else (low, middle)
    return high


def _before(at: datetime, zone: str) -> datetime:
    """The reading of the clocks at ``at``, had they not been changed."""
    return (at + _offset(zone, at - MINUTE)).replace(tzinfo=None)


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)


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
    old, new = _offset(zone, at - MINUTE), _offset(zone, at)
    component = TimezoneDaylight() if new > old else TimezoneStandard()
    component.add("DTSTART", start)
    component.add("TZOFFSETFROM", old)
    component.add("TZOFFSETTO", new)
    component.add("TZNAME", at.astimezone(ZoneInfo(zone)).tzname() or zone)
    return component


def _timezone(zone: str, observances: list[Observance]) -> Timezone:
    timezone = Timezone()
    timezone.add("TZID", zone)
    for observance in observances:
        timezone.add_component(observance)
    return timezone
