"""Years of past events, by the hundred thousand rows: what must make nothing slower.

Written by few statements, past the rules; each booking has a message that was sent and an entry of the
trail, as if it had been made by the rules.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from events.models import Event, Registration, Session
from members.models import Member
from workshops.models import Workshop

#: Of one event: who came, what each booked (the last of it given up), and how many sessions there were.
PEOPLE, EACH, SESSIONS = 5_000, 5, 50
PER_EVENT: Final = PEOPLE * EACH
#: Of so many messages one went to an address without an account.
GUESTS: Final = 50

BOOKINGS: Final = """
    INSERT INTO workshops_booking (registration_id, member_id, session_id, status, ticket, during, ended,
        is_promised, created_at, status_changed_at)
    SELECT one.id, one.member_id, session.id, CASE turn WHEN %(each)s THEN 'cancelled' ELSE 'booked' END,
        row_number() OVER (), tstzrange(session.starts_at, session.ends_at),
        CASE turn WHEN %(each)s THEN 'member' ELSE '' END, false, one.created_at, one.created_at
    FROM events_registration AS one
    CROSS JOIN generate_series(1, %(each)s) AS turn
    JOIN events_session AS session
        ON session.event_id = one.event_id
        AND session.slug = 'past-' || ((turn - 1) * %(rooms)s + one.id %% %(rooms)s)
    WHERE one.event_id = ANY(%(events)s)
"""
MESSAGES: Final = """
    INSERT INTO notifications_message (kind, member_id, email, about, had_secret, key, debounced, bulk, state,
        created_at, send_after, attempts, last_error, message_id, subject, sent_at)
    SELECT 'agenda', CASE WHEN id %% %(guests)s = 0 THEN NULL ELSE member_id END,
        CASE WHEN id %% %(guests)s = 0 THEN 'guest' || id || '@guests.example' ELSE '' END, '{}', false,
        'past:' || id, true, false, 'sent', created_at, created_at, 1, '',
        '<' || gen_random_uuid() || '@events.example.org>', 'Your agenda', created_at
    FROM workshops_booking
    WHERE registration_id IN (SELECT id FROM events_registration WHERE event_id = ANY(%(events)s))
"""
ENTRIES: Final = """
    INSERT INTO audit_entry (at, act, via, actor_id, thing, thing_id, member_id, facts)
    SELECT created_at, 'booking.booked', 'person', member_id, 'workshops.booking', id, member_id, '{}'
    FROM workshops_booking
    WHERE registration_id IN (SELECT id FROM events_registration WHERE event_id = ANY(%(events)s))
"""


def add(bookings: int, people: list[Member]) -> None:
    """Add so many bookings of past events (in thousands; ``PER_EVENT`` an event), made by these people."""
    there = Event.objects.filter(slug__startswith="past-").count()
    events: list[int] = []
    while bookings > 0:
        coming = people[: min(PEOPLE, bookings // EACH)]
        events.append(_event(there + len(events), coming))
        bookings -= len(coming) * EACH
    values: dict[str, Any] = {"events": events, "each": EACH, "rooms": SESSIONS // EACH, "guests": GUESTS}
    with connection.cursor() as cursor:
        for statement in (BOOKINGS, MESSAGES, ENTRIES):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")


def _event(number: int, coming: list[Member]) -> int:
    """Make an event, each a week before the last, with its sessions and who came; return its id."""
    first = timezone.now().date() - timedelta(days=30 + 7 * number)
    event = Event.objects.create(
        slug=f"past-{number}",
        title=f"Past event {number}",
        first_day=first,
        last_day=first + timedelta(days=2),
        status=Event.Status.PUBLISHED,
    )
    opening = datetime.combine(first, time(8), UTC)
    turns = SESSIONS // EACH
    sessions = Session.objects.bulk_create(
        Session(
            event=event,
            title=f"Past session {number} of {one}",
            slug=f"past-{one}",
            starts_at=opening + timedelta(hours=one // turns),
            ends_at=opening + timedelta(hours=one // turns, minutes=50),
            room=f"Room {one % turns}",
            status=Session.Status.PUBLISHED,
        )
        for one in range(SESSIONS)
    )
    Workshop.objects.bulk_create(
        Workshop(session=one, capacity=1_000, taken=400, ticket=500, during=(one.starts_at, one.ends_at))
        for one in sessions
    )
    at = opening - timedelta(days=10)
    stamps = {"code_of_conduct_accepted_at": at, "created_at": at, "status_changed_at": at}
    Registration.objects.bulk_create(
        Registration(event=event, member=one, status=Registration.Status.CONFIRMED, **stamps)
        for one in coming
    )
    return event.pk
