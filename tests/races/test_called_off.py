"""An event is brought back at the moment when the first are told that it is called off."""

from datetime import timedelta

import pytest

from events import cancellation
from events.models import CallingOff, Event
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act, holding, together, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

SOON, DUE = NOW + timedelta(minutes=9), NOW + timedelta(minutes=10)


def called_off(people: int) -> Event:
    event = make.event()
    make.crowd(event, people)
    return cancellation.cancel_event(event, by=BY, at=NOW)


def test_who_is_first_at_the_row_wins():
    event = called_off(3)

    with holding("SELECT 1 FROM events_callingoff WHERE event_id = %s FOR UPDATE", event.pk):
        telling = Act(lambda: cancellation.tell(at=DUE))
        until_blocked()
        coming_back = Act(lambda: cancellation.bring_back(event, by=BY, at=SOON))
        until_blocked(2)
    told = telling.wait()
    outcome = coming_back.wait()

    assert told == 3
    assert isinstance(outcome, cancellation.EventStaysCalledOff)
    assert not Event.objects.get().is_published
    assert Message.objects.filter(kind="event-cancelled").count() == 3


def test_two_sweeps_at_once_tell_everybody_once():
    event = called_off(40)

    together(*(lambda: cancellation.tell(at=DUE) for _ in range(4)))

    assert Message.objects.filter(kind="event-cancelled").count() == 40
    assert CallingOff.objects.get(event=event).told_all_at == DUE
