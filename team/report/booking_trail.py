"""What the trail tells of the bookings of an event: when sessions were full, and what became of who waited.

Every change of a booking is one statement with its entry, under the row of the session's places, so that the
order of the entries is the order of what happened. One query each, whatever there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import connection

from audit.acts import Act

#: After these a booking holds one of the places; after any other it holds none.
HOLDS: Final = tuple(
    one.value
    for one in (
        *(Act.BOOKED, Act.PLACE_GIVEN, Act.PLACE_TAKEN, Act.PLACE_OFFERED, Act.OFFER_ACCEPTED),
        *(Act.CONTESTED, Act.CONTESTED_BY_RETURN, Act.SETTLED, Act.KEPT),
    )
)
#: These leave a place with whoever had it: brought to another account; or ended with a session, and back.
LEAVES: Final = tuple(
    one.value for one in (Act.BOOKING_MERGED, Act.BOOKING_ENDED_SESSION, Act.BOOKING_BROUGHT_BACK)
)
_ENTRIES: Final = """
    events_session AS session JOIN workshops_booking AS booking ON booking.session_id = session.id
    JOIN audit_entry AS entry ON entry.thing = 'workshops.booking' AND entry.thing_id = booking.id
    WHERE session.event_id = %(event)s AND session.status = 'published'
"""
#: When the first place was taken, and when for the first time all were: as many as there were at that moment,
#: by what the trail says of their number. Where that is not told, it was full once somebody joined a line.
FULL: Final = f"""
    WITH acts AS (
        SELECT session.id AS session_id, booking.id AS booking_id, entry.id AS number, entry.at, entry.act,
            (entry.act = ANY(%(holds)s))::int AS holds
        FROM {_ENTRIES} AND entry.act <> ALL(%(leaves)s)
    ), changes AS (
        SELECT session_id, number, at, act,
            holds - coalesce(lag(holds) OVER (PARTITION BY booking_id ORDER BY number), 0) AS more
        FROM acts
    ), running AS (
        SELECT session_id, number, at, act, more,
            sum(more) OVER (PARTITION BY session_id ORDER BY number) AS held
        FROM changes
    ), given AS MATERIALIZED (
        SELECT entry.thing_id AS session_id, entry.id AS number, (entry.facts ->> 'places')::int AS places,
            (entry.facts ->> 'before')::int AS before,
            row_number() OVER (PARTITION BY entry.thing_id ORDER BY entry.id) AS nth
        FROM audit_entry AS entry JOIN events_session AS session ON session.id = entry.thing_id
        WHERE entry.thing = 'events.session' AND entry.act = 'session.places-set'
            AND session.event_id = %(event)s
    ), spans AS (
        SELECT session_id, number AS since, places,
            lead(number) OVER (PARTITION BY session_id ORDER BY number) AS till
        FROM given
        UNION ALL SELECT session_id, 0, before, number FROM given WHERE nth = 1
        UNION ALL SELECT places.session_id, 0, places.capacity, NULL FROM workshops_workshop AS places
        JOIN events_session AS session ON session.id = places.session_id
        WHERE session.event_id = %(event)s AND places.session_id NOT IN (SELECT session_id FROM given)
    )
    SELECT session_id, min(at) FILTER (WHERE held > 0),
        min(at) FILTER (WHERE (more > 0 AND held >= spans.places) OR act = 'booking.joined-line')
    FROM running JOIN spans USING (session_id)
    WHERE running.number > since AND (till IS NULL OR running.number < till) GROUP BY session_id
"""  # noqa: S608  # all of it constants
#: Of each session, how many waited, of those who got a place and who waits still; and what became of offers.
WAITED: Final = f"""
    WITH each AS (
        SELECT booking.session_id, booking.status,
            bool_or(entry.act = 'booking.joined-line') AS waited,
            bool_or(entry.act IN ('booking.place-given', 'booking.offer-accepted')) AS given,
            bool_or(entry.act = 'booking.place-taken') AS taken,
            count(*) FILTER (WHERE entry.act = 'booking.place-offered') AS offered,
            count(*) FILTER (WHERE entry.act = 'booking.offer-lapsed') AS lapsed,
            count(*) FILTER (WHERE entry.act = 'booking.offer-declined') AS declined
        FROM {_ENTRIES} GROUP BY booking.id
    )
    SELECT session_id, count(*), count(*) FILTER (WHERE given), count(*) FILTER (WHERE taken AND NOT given),
        count(*) FILTER (WHERE NOT given AND NOT taken AND status IN ('waiting', 'offered', 'passed')),
        sum(offered), sum(lapsed), sum(declined)
    FROM each WHERE waited GROUP BY session_id
"""  # noqa: S608  # all of it constants
#: How many bookings somebody of the team made, or ended, for somebody else.
FOR_OTHERS: Final = f"""
    SELECT count(*) FILTER (WHERE entry.act IN ('booking.booked', 'booking.joined-line')),
        count(*) FILTER (WHERE entry.act = 'booking.cancelled')
    FROM {_ENTRIES} AND entry.via = 'person' AND entry.actor_id <> entry.member_id
"""  # noqa: S608  # all of it constants


@dataclass(frozen=True)
class Waited:
    """Of those who waited for a session: who got a place, by turn or by a press, and who waits still."""

    people: int
    given: int
    taken: int
    still: int
    offered: int
    lapsed: int
    declined: int

    def begun(self, is_begun: bool) -> "Waited":  # noqa: FBT001  # as it was asked
        """Return it as it is once the session has begun: nobody waits any more."""
        return replace(self, still=0) if is_begun else self

    @property
    def left(self) -> int:
        """How many have no place and wait no more."""
        return self.people - self.given - self.taken - self.still


def filled(event: int) -> dict[int, tuple[datetime | None, datetime | None]]:
    """Return of each session with places when the first one was taken, and when all were."""
    values = {"event": event, "holds": list(HOLDS), "leaves": list(LEAVES)}
    return {pk: (first, full) for pk, first, full in _rows(FULL, values)}


def waited(event: int) -> dict[int, Waited]:
    """Return of each session for which anybody waited what became of them."""
    return {pk: Waited(*map(int, numbers)) for pk, *numbers in _rows(WAITED, {"event": event})}


def for_others(event: int) -> tuple[int, int]:
    """Return how many bookings people made for somebody else, and how many they ended."""
    ((made, ended),) = _rows(FOR_OTHERS, {"event": event})
    return made, ended


def _rows(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
