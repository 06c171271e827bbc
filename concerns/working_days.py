"""By when there is an answer: so many working days, Monday to Friday; bank holidays are not known here."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

#: Counted from Monday as 0.
LAST_WORKING_DAY: Final = 4
#: When a working day ends.
EVENING: Final = time(18)


def answer_by(since: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the evening of the working day that is so many after the day on which it was told."""
    day = since.astimezone(zone).date()
    for _ in range(days):
        day += timedelta(days=1)
        while day.weekday() > LAST_WORKING_DAY:
            day += timedelta(days=1)
    return datetime.combine(day, EVENING, zone)
