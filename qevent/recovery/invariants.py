"""What must be true of all places at any moment, as SQL: asked of a database that was restored.

The database refuses most of it itself, but a counter and what it counts are rows of different tables: a state
that was put together wrongly shows here. Each rule gives a line for each row that breaks it.
"""

from typing import Final

from django.db import connection

#: The counters of a row of places, beside what they count: who is ``{live}`` holds a place.
_COUNTERS: Final = """
    SELECT format('{called} %s: %s of %s places taken, %s live and %s held; %s in line, %s waiting',
                  row.{key}, row.taken, coalesce(row.capacity::text, 'any'), found.live, row.held, row.line,
                  found.waiting)
    FROM {table} AS row CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE {live}) AS live, count(*) FILTER (WHERE status = 'waiting') AS waiting
        FROM {counted} AS one WHERE one.{key} = row.{key}
    ) AS found
    WHERE row.taken <> found.live + row.held OR row.line <> found.waiting
       OR row.taken > row.capacity OR (row.held > 0 AND row.line = 0)
"""
_TICKETS: Final = """
    SELECT format('{called} %s: ticket %s is there %s times', one.{key}, one.ticket, count(*))
    FROM {counted} AS one WHERE one.status <> 'cancelled' AND one.ticket IS NOT NULL
    GROUP BY one.{key}, one.ticket HAVING count(*) > 1
    UNION ALL
    SELECT format('{called} %s: ticket %s is later than the next newcomer’s', one.{key}, one.ticket)
    FROM {counted} AS one JOIN {table} AS row USING ({key})
    WHERE one.status <> 'cancelled' AND one.ticket > row.ticket
"""
_SESSIONS: Final = {
    "called": "session",
    "key": "session_id",
    "table": "workshops_workshop",
    "counted": "workshops_booking",
    "live": "status IN ('booked', 'offered', 'contested')",
}
_EVENTS: Final = {
    "called": "event",
    "key": "event_id",
    "table": "events_eventplaces",
    "counted": "events_registration",
    "live": "status = 'confirmed'",
}
RULES: Final = {
    "No session has more bookings than places, and each line is counted": _COUNTERS.format(**_SESSIONS),
    "No event has more registrations than places, and each line is counted": _COUNTERS.format(**_EVENTS),
    "Each ticket of a session is somebody's alone, and newcomers come last": _TICKETS.format(**_SESSIONS),
    "Nobody is in two sessions at once": """
        SELECT format('member %s is in sessions %s and %s at once', a.member_id, a.session_id, b.session_id)
        FROM workshops_booking AS a JOIN workshops_booking AS b
          ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during
        WHERE a.status = 'booked' AND b.status = 'booked'
    """,
    "Nobody has two live bookings of a session": """
        SELECT format('session %s: registration %s twice', session_id, registration_id)
        FROM workshops_booking WHERE status <> 'cancelled'
        GROUP BY session_id, registration_id HAVING count(*) > 1
    """,
    "A booking has the time of its session": """
        SELECT format('booking %s has another time than session %s', one.id, session_id)
        FROM workshops_booking AS one JOIN workshops_workshop AS row USING (session_id)
        WHERE one.status <> 'cancelled' AND one.during <> row.during
    """,
    "No place is held past the start": """
        SELECT format('booking %s is held past the start of session %s', one.id, session_id)
        FROM workshops_booking AS one WHERE one.expires_at > lower(one.during)
    """,
    "Who has a booking is registered": """
        SELECT format('booking %s without a registration', one.id)
        FROM workshops_booking AS one JOIN events_registration AS theirs ON theirs.id = one.registration_id
        WHERE one.status <> 'cancelled' AND theirs.status <> 'confirmed'
          AND NOT (one.status = 'chosen' AND theirs.status = 'received')
          AND NOT (theirs.status = 'cancelled' AND lower(one.during) <= theirs.status_changed_at)
    """,
    "A booking is its registration's": """
        SELECT format('booking %s is another member’s than its registration', one.id)
        FROM workshops_booking AS one JOIN events_registration AS theirs ON theirs.id = one.registration_id
        WHERE one.member_id <> theirs.member_id
    """,
}


def broken() -> list[str]:
    """Return every rule that the rows break, a line for each; an empty list is good. A query a rule."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for statement in RULES.values():
            cursor.execute(statement)
            found += [line for (line,) in cursor.fetchall()]
    return found
