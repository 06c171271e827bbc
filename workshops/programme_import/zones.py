"""Times of another zone than the event's: a column of a file that names one, or a heading "Start (UTC)"."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from common.spreadsheets.questions import Answers, Question, ask
from common.spreadsheets.tables import Table
from common.times import UK_AND_IRELAND, known_time_zones, zone_name
from events.models import Event

_COLUMNS: Final = ("timezone", "time_zone", "tz", "event_timezone", "zone")
_IN_A_HEADING: Final = re.compile(r"\b(UTC|GMT)\b")


def zone_of(table: Table, event: Event, answers: Answers) -> tuple[ZoneInfo, Question | None]:
    """Return the zone of times without an offset, and the question about it where the file names another."""
    names = [name for name in dict.fromkeys(_named(table)) if not _is_the_events(name, event)]
    if not names:
        return event.zone, None
    choices = [("event", f"Of the event’s: {zone_name(event.time_zone)}")]
    if len(names) == 1 and names[0] in known_time_zones():
        choices.append(("file", f"Of {names[0]}"))
    words = f"The file says {', '.join(names)}. Of which zone are its times, where they have no offset?"
    question = ask("zone", words, choices, answers)
    return ZoneInfo(names[0]) if question.answer == "file" else event.zone, question


def _named(table: Table) -> Iterator[str]:
    for one in table.unknown:
        if one.name in _COLUMNS:
            yield from one.examples
    for column in ("starts_at", "ends_at", "date"):
        if match := _IN_A_HEADING.search(table.headings.get(column, "")):
            yield match[1]


def _is_the_events(name: str, event: Event) -> bool:
    """Whether the clocks of that zone show the same on the days of the event."""
    if name == event.time_zone or {name, event.time_zone} <= UK_AND_IRELAND:
        return True
    if name not in known_time_zones():
        return False
    noons = [datetime.combine(day, time(12)) for day in (event.first_day, event.last_day)]
    return all(
        noon.replace(tzinfo=ZoneInfo(name)).utcoffset() == noon.replace(tzinfo=event.zone).utcoffset()
        for noon in noons
    )
