"""The demo has a session that was cancelled just now, whenever it is started."""

from datetime import UTC, datetime, timedelta

import pytest

from events.models import Session
from notifications.models import Message
from qevent.demo import cancelled, load
from tests.found import found
from tests.make import BY
from workshops.models import Booking
from workshops.programme import cancelling

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_it_can_be_brought_back_with_its_people_at_each_start():
    load.load(at=NOW)
    booked = Booking.objects.booked().filter(session__title=cancelled.TITLE).count()
    hour = timedelta(hours=1)

    for start in (NOW, NOW + timedelta(minutes=1), NOW + hour, NOW + 2 * hour):
        cancelled.cancel_one(at=start)
        session = Session.objects.get(title=cancelled.TITLE)
        assert found(cancelling.standing(session, at=start)).told_at > start
    reached = Message.objects.filter(kind="session-cancelled", member__email__endswith="@example.net")
    cancelling.bring_back(session, by=BY, at=NOW + 2 * hour)

    assert not reached.exists()
    assert Booking.objects.booked().filter(session=session).count() == booked > 0
