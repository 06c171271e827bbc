"""How many people would have two sessions at once where sessions move, several of them together."""

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
    SELECT moved.session_id, count(DISTINCT mine.member_id)
    FROM moved
    JOIN workshops_booking AS mine
        ON mine.session_id = moved.session_id AND mine.status IN ('booked', 'contested')
    JOIN workshops_booking AS other
        ON other.member_id = mine.member_id AND other.id <> mine.id
        AND other.status IN ('booked', 'contested')
    LEFT JOIN moved AS elsewhere ON elsewhere.session_id = other.session_id
    WHERE COALESCE(elsewhere.during, other.during) && moved.during AND NOT other.during && mine.during
    GROUP BY moved.session_id
"""


def who_would_clash(sessions: Sequence[Session]) -> dict[int, int]:
    """Return how many people each move would make decide, by session; none whose places overlap already.

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
        return dict(cursor.fetchall())
