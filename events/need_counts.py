"""How many asked for what at an event that is over, and what became of it: numbers, by kind, of nobody.

They are counted from the cases while those are there, and stay when the cases are erased.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from events.models import Event, Kind

#: Of each kind, from cases (``{rows}``) of people who came to events that are over: what became of them.
#: In time is by the day by which they were to be answered, as ``AccessNeed.answer_by`` has it.
COUNTED: Final = """
    SELECT event.id AS event_id, needs.kind, count(*) AS asked,
        count(*) FILTER (WHERE needs.state = 'confirmed') AS confirmed,
        count(*) FILTER (WHERE needs.state = 'confirmed' AND day.answered <= least(
            greatest(least(day.asked + 10, event.first_day - 7), day.asked + 3),
            greatest(event.first_day, day.asked)
        )) AS in_time,
        count(*) FILTER (WHERE needs.state = 'cannot') AS cannot,
        count(*) FILTER (WHERE needs.was_met) AS met, count(*) FILTER (WHERE NOT needs.was_met) AS not_met
    FROM {rows} AS needs JOIN events_registration AS came ON came.id = needs.told_id
    JOIN events_event AS event ON event.id = came.event_id
    CROSS JOIN LATERAL (SELECT
        (needs.asked_at AT TIME ZONE event.time_zone)::date AS asked,
        (needs.state_changed_at AT TIME ZONE event.time_zone)::date AS answered
    ) AS day
    WHERE came.status <> 'cancelled' AND event.status IN ('published', 'archived')
        AND (event.status = 'archived' OR (%(at)s AT TIME ZONE event.time_zone)::date > event.last_day)
    GROUP BY event.id, needs.kind
"""
#: Deletes and counts in one statement: what two delete at once is counted by one of them.
ERASE: Final = f"""
    WITH gone AS (
        DELETE FROM events_accessneed WHERE told_id = ANY(%(told)s)
        RETURNING told_id, kind, state, was_met, asked_at, state_changed_at
    )
    INSERT INTO events_needcount AS stays (event_id, kind, asked, confirmed, in_time, cannot, met, not_met)
    {COUNTED.format(rows="gone")} ORDER BY event.id, needs.kind
    ON CONFLICT (event_id, kind) DO UPDATE SET asked = stays.asked + EXCLUDED.asked,
        confirmed = stays.confirmed + EXCLUDED.confirmed, in_time = stays.in_time + EXCLUDED.in_time,
        cannot = stays.cannot + EXCLUDED.cannot, met = stays.met + EXCLUDED.met,
        not_met = stays.not_met + EXCLUDED.not_met
"""  # noqa: S608  # all of it constants
#: What is kept and what is still there, as one.
ALL: Final = f"""
    SELECT event_id, kind, sum(asked), sum(confirmed), sum(in_time), sum(cannot), sum(met), sum(not_met)
    FROM (
        SELECT event_id, kind, asked, confirmed, in_time, cannot, met, not_met FROM events_needcount
        UNION ALL {COUNTED.format(rows="events_accessneed")}
    ) AS every GROUP BY event_id, kind
"""  # noqa: S608  # all of it constants


@dataclass(frozen=True)
class Counted:
    """How many asked for one kind of need at an event, and what became of it."""

    kind: Kind
    asked: int
    confirmed: int
    in_time: int
    cannot: int
    met: int
    not_met: int

    @property
    def late(self) -> int:
        """How many were confirmed late, or had no answer."""
        return self.asked - self.in_time - self.cannot


def erase(registrations: Collection[int], *, at: datetime) -> None:
    """Erase what was told for these; of who came to an event that is over, numbers stay. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(ERASE, {"told": list(registrations), "at": at})


def of_past_events(*, at: datetime) -> list[tuple[Event, list[Counted]]]:
    """Return the numbers of each event that is over, the last first, kinds as in the form. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(ALL, {"at": at})
        rows = cursor.fetchall()
    found: dict[int, list[Counted]] = {}
    for event, kind, *numbers in rows:
        found.setdefault(event, []).append(Counted(Kind(kind), *map(int, numbers)))
    order = list(Kind)
    events = Event.objects.filter(pk__in=found).order_by("-last_day", "-pk")
    return [(event, sorted(found[event.pk], key=lambda one: order.index(one.kind))) for event in events]
