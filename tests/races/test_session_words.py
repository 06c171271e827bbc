"""A message is pressed twice at once, or as what it is about is called off: once each, and nothing untrue."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from audit.acts import Act
from audit.models import Entry
from events import cancellation
from events.models import Session
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act as Thread
from tests.races.together import holding, together, until_blocked
from workshops.letters import session_words
from workshops.models import SessionWords
from workshops.places import booking
from workshops.programme import cancelling

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

ENDS = (Act.EVENT_CANCELLED, Act.SESSION_CANCELLED)


def test_pressed_six_times_at_once_it_is_one_message_to_each():
    event = make.event()
    session, tess, number = make.workshop(event, capacity=9), make.member("Tess"), uuid4()
    for one in make.crowd(event, 5):
        booking.book(session, one, by=BY, at=NOW)
    Member.objects.update(is_vouched_for=True)

    def press() -> int:
        return session_words.send(
            session, "booked", subject="Pens", words="Bring one.", submission=number, by=tess, at=NOW
        )

    assert together(*[press] * 6) == [5] * 6
    assert SessionWords.objects.count() == 1
    assert Message.objects.filter(kind="session-words").count() == 5


def _write(session: Session, tess: Member) -> None:
    later = NOW + timedelta(seconds=1)
    session_words.send(
        session, "hosts", subject="Pens", words="Bring one.", submission=uuid4(), by=tess, at=later
    )


@pytest.mark.parametrize("what", ["event", "session"])
def test_what_is_written_while_it_is_called_off_knows_whether_it_came_before(what: str):
    session, tess = make.workshop(make.event()), make.member("Tess")
    make.host(session, "Hana", email="hana@example.org")
    seen = cancelling.look(session, at=NOW).fingerprint
    calls: dict[str, Callable[[], object]] = {
        "event": partial(cancellation.cancel_event, session.event, by=BY, at=NOW),
        "session": partial(cancelling.cancel, session, "Ill", seen=seen, by=BY, at=NOW),
    }
    event = "SELECT 1 FROM events_event WHERE id = %s FOR NO KEY UPDATE"
    row = "SELECT 1 FROM events_session WHERE id = %s FOR NO KEY UPDATE"

    with holding(event, session.event_id) if what == "event" else holding(row, session.pk):
        cancels = Thread(calls[what])
        until_blocked()
        writes = Thread(partial(_write, session, tess))
        until_blocked(2)
    cancels.wait()
    writes.wait()

    told = SessionWords.objects.get()
    entries = list(Entry.objects.filter(act__in=[*ENDS, Act.SESSION_WRITTEN_TO]).order_by("pk"))
    known = told.knows_off_at or told.knows_cancelled_at
    assert (known is not None) == (entries[0].act in ENDS)
