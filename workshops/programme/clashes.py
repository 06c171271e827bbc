"""Who would have two sessions at once where sessions move, several of them together."""

from collections.abc import Sequence

from django.db import connection

from events.models import Session

#: Members who have booked a session that moves, and another that is (or will be) at its new time.
_CLASHING = """
    WITH moved AS (
        SELECT session_id, tstzrange(starts_at, ends_at) AS during
        FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[])
            AS moved (session_id, starts_at, ends_at)
    )
    SELECT DISTINCT moved.session_id, mine.member_id
    FROM moved
    JOIN workshops_booking AS mine
        ON mine.session_id = moved.session_id AND mine.status IN ('booked', 'contested')
    JOIN workshops_booking AS other
        ON other.member_id = mine.member_id AND other.id <> mine.id
        AND other.status IN ('booked', 'contested')
    LEFT JOIN moved AS elsewhere ON elsewhere.session_id = other.session_id
    WHERE COALESCE(elsewhere.during, other.during) && moved.during AND NOT other.during && mine.during
    ORDER BY moved.session_id, mine.member_id
"""


def how_many_would_clash(sessions: Sequence[Session]) -> dict[int, int]:
    """Return how many people each move would make decide, by session. One query, if there are any."""
    return {session: len(members) for session, members in who_would_clash(sessions).items()}


def who_would_clash(sessions: Sequence[Session]) -> dict[int, list[int]]:
    """Return the members whom each move would make decide, by session; none whose places overlap already.

    ``sessions`` are live, at their new times, and need not be saved. One query, if there are any.
    """
    if not sessions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _CLASHING,
            [
                [session.pk for session in sessions],
                [session.starts_at for session in sessions],
                [session.ends_at for session in sessions],
            ],
        )
        found: dict[int, list[int]] = {}
        for session, member in cursor.fetchall():
            found.setdefault(session, []).append(member)
        return found
