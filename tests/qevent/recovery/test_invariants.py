"""Rules about places as SQL: silent where they hold, and each names what breaks it."""

from collections.abc import Callable

import pytest
from django.db import connection

from qevent.recovery import invariants
from tests import invariants as as_rows
from tests import make
from tests.make import BY, NOW
from tests.workshops.places import state
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def broken() -> Callable[[str], list[str]]:
    """Break a rule with SQL in a small site, behind the constraints' back; return what is said."""
    event = make.event(capacity=5)
    _, line = state.full_with_line(event, "Ada", "Bo")
    booking.book(make.workshop(event, hour=12), line[0].registration, by=BY, at=NOW)
    state.offered(make.event(), name="Cy")

    def break_with(statement: str) -> list[str]:
        assert invariants.broken() == as_rows.broken() == []
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(WITHOUT_CONSTRAINTS)
            cursor.execute(statement)
        return invariants.broken()

    return break_with


WITHOUT_CONSTRAINTS = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
      WHERE contype IN ('c', 'x') AND conrelid = ANY (
        ARRAY['workshops_workshop', 'workshops_booking', 'events_eventplaces']::regclass[]) LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.owner, one.conname);
  END LOOP;
END $$;
DROP INDEX one_live_booking_per_registration_and_session;
"""
BREAKS = {
    "places taken": "UPDATE workshops_workshop SET taken = taken + 1",
    "in line": "UPDATE workshops_workshop SET line = line + 1",
    "of 0 places taken": "UPDATE workshops_workshop SET capacity = 0",
    "1 held": "UPDATE workshops_workshop SET held = 1, taken = taken + 1 WHERE line = 0",
    "event": "UPDATE events_eventplaces SET taken = 0",
    "is there 2 times": "UPDATE workshops_booking SET ticket = 2 WHERE ticket = 3",
    "later than the next newcomer": "UPDATE workshops_booking SET ticket = 99 WHERE status = 'waiting'",
    "at once": "UPDATE workshops_booking SET status = 'booked' WHERE status = 'offered'",
    "twice": "UPDATE workshops_booking SET registration_id = (SELECT min(id) FROM events_registration)",
    "has another time": "UPDATE workshops_booking SET during = tstzrange('2026-11-18', '2026-11-19')",
    "is held past the start": "UPDATE workshops_booking SET expires_at = '2030-01-01' WHERE ticket = 2",
    "without a registration": "UPDATE events_registration SET status = 'cancelled'",
    "another member": "UPDATE workshops_booking SET member_id = (SELECT max(id) FROM members_member)",
}


@pytest.mark.parametrize(("said", "statement"), BREAKS.items(), ids=BREAKS)
def test_what_breaks_a_rule_is_named(broken, said, statement):
    assert any(said in line for line in broken(statement))


def test_a_choice_of_who_waits_for_approval_is_no_booking():
    registration = make.registration(make.event(), make.member(membership="waiting"), status="received")
    session = make.workshop(registration.event)
    Booking.objects.create(
        registration=registration,
        member=registration.member,
        session=session,
        status="chosen",
        during=(session.starts_at, session.ends_at),
        created_at=NOW,
        status_changed_at=NOW,
    )

    assert invariants.broken() == []
