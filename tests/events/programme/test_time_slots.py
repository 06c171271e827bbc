"""How slots are named: once for all pages, and anew on another day and in the next language."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from events.models import Event
from events.programme.time_slots import Heading, days_of
from tests import make, pseudo
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
STARTS = NOW.replace(hour=23, minute=30)
ENDS = STARTS + timedelta(hours=1)


def heading(starts_at: datetime, ends: Iterable[datetime], event: Event) -> Heading:
    """Name the only slot, of sessions that start together and end at ``ends``."""
    sessions = [(starts_at, ends_at) for ends_at in ends]
    [day] = days_of(sessions, lambda span: span, lambda _starts_at, name, _sessions: name, event, "")
    [name] = day.slots
    return name


def test_a_slot_is_named_by_its_hours_or_by_its_start_alone():
    event = make.event()

    named = [heading(STARTS, ends, event) for ends in ({ENDS}, {ENDS, STARTS + timedelta(hours=2)})]

    assert named == [
        Heading("23:30 to Tuesday 3 November, 00:30", "1 hour", ""),
        Heading("23:30", "", ""),
    ]


def test_half_a_year_later_the_day_is_named_with_its_year():
    event, later = make.event(), NOW + timedelta(days=200)

    named = [heading(STARTS, {ENDS}, event).title]
    with time_machine.travel(later, tick=False):
        named.append(heading(STARTS, {ENDS}, event).title)

    assert named == ["23:30 to Tuesday 3 November, 00:30", "23:30 to Tuesday 3 November 2026, 00:30"]


@pytest.mark.slow
def test_in_the_next_language_it_is_named_anew(tmp_path: Path):
    event = make.event()
    before = heading(STARTS, {ENDS}, event).length

    with pseudo.spoken(tmp_path):
        spoken = heading(STARTS, {ENDS}, event).length

    assert before == "1 hour"
    assert spoken.startswith("⟦")
