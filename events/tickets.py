"""Taking a ticket of an event, with the entry that says who did it: one statement."""

from datetime import datetime
from typing import Final

from django.db import connection

from audit import trail
from audit.actors import By
from audit.acts import Act
from events.models import EventPlaces, Registration
from events.places import TAKE

#: Take a ticket of the event and write the entry about it, in one statement.
TAKE_PLACE: Final = f"""
    WITH place AS (
        UPDATE events_eventplaces SET {TAKE} WHERE event_id = %(event)s RETURNING ticket, line
    ), registered AS (
        SELECT %(registration)s AS id, %(member)s AS member_id, line FROM place
    ), entry AS ({
    trail.insert_for(
        "registered",
        Registration,
        f"CASE WHEN line = 0 THEN '{Act.REGISTERED.value}' ELSE '{Act.REGISTERED_IN_LINE.value}' END",
    )
})
    SELECT ticket, line FROM place
"""  # noqa: S608  # all of it constants


def take(registration: Registration, *, by: By, at: datetime) -> tuple[int, int]:
    """Take a ticket for a registration that is locked; return it, and the line: 0 is a place."""
    EventPlaces.objects.get_or_create(event_id=registration.event_id)
    parameters = {
        "event": registration.event_id,
        "registration": registration.pk,
        "member": registration.member_id,
        "at": at,
        **trail.who(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE_PLACE, parameters)
        ticket, line = cursor.fetchone()
    return ticket, line
