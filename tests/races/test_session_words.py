"""A message is pressed twice at once, and while somebody books or gives up: nobody gets it twice."""

from uuid import uuid4

import pytest

from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.races.together import together
from workshops.letters import session_words
from workshops.models import SessionWords
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


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
