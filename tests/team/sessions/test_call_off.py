"""Calling a whole event off on its page, and bringing it back; how far the emails have come."""

from datetime import timedelta

import pytest
import time_machine

from events import cancellation
from events.models import Event
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

EVENT = "/team/events/2026/"
PAGE, BACK = f"{EVENT}call-off/", f"{EVENT}bring-back/"
SNOW = {"what": "postponed", "reason": "Snow."}


def test_the_page_says_whom_it_touches_and_that_there_is_a_way_back(desk, event, huddle):
    make.crowd(event, 3)
    make.host(huddle, "Hana")
    make.host(huddle, "Of no address", email="")

    page = flat(desk.get(PAGE).text)

    assert f'href="{PAGE}">Cancel or postpone it…</a>' in flat(desk.get(EVENT).text)
    assert "<li>Registered: 3</li>" in page
    assert "<li>Hosts and speakers besides: 1</li><li>Sessions that take place no more: 1</li>" in page
    assert "4 people get one email each, not one a session" in page
    assert "For ten minutes nobody is emailed, and you can bring it back." in page


def test_it_is_postponed_with_its_reason_and_brought_back(desk, event):
    postponed = flat(desk.post(PAGE, SNOW, follow=True).text)
    public = flat(desk.get("/events/2026/").text)
    again = desk.get(PAGE).status_code
    back = flat(desk.post(BACK, follow=True).text)

    assert "Why, as people read it: <bdi>Snow.</bdi>" in postponed
    assert "Nobody is told yet: the emails wait until 10:10." in postponed
    assert "This event has been postponed. It does not take place on these days." in public
    assert "Why: <bdi>Snow.</bdi>" in public
    assert again == 404
    assert "takes place; registrations and places are as they were." in back
    assert Event.objects.get().is_published


def test_once_people_are_told_the_page_counts_and_there_is_no_way_back(desk, event):
    make.registration(event, make.member("Ada"))
    desk.post(PAGE, SNOW | {"what": "cancelled"})
    later = NOW + timedelta(minutes=10)
    cancellation.tell(at=later)

    with time_machine.travel(later, tick=False):
        owed = flat(desk.get(EVENT).text)
        refused = flat(desk.post(BACK, follow=True).text)
        letters.deliver(later)
        sent = flat(desk.get(EVENT).text)

    assert "Emails: 0 of 1 sent, 1 on their way." in owed
    assert "Bring it back" not in owed
    assert "so the event stays called off" in refused
    assert "Emails: 1 of 1 sent, 0 on their way." in sent


@pytest.mark.parametrize("typed", [{}, {"what": "cancelled"}, {"reason": "Snow."}, SNOW | {"reason": " "}])
def test_what_becomes_of_it_and_why_are_asked_for(desk, event, typed):
    answer = desk.post(PAGE, typed)

    assert answer.context["form"].errors
    assert Event.objects.get().is_published


def test_what_is_over_is_not_called_off(tess, event):
    with time_machine.travel(NOW + timedelta(days=18), tick=False):
        desk = people.reader(tess)

        assert desk.get(PAGE).status_code == 404
        assert "Cancel or postpone it" not in desk.get(EVENT).text


def test_support_calls_nothing_off(event):
    sam = people.reader(people.staff("Support"))

    assert (sam.get(PAGE).status_code, sam.post(PAGE, SNOW).status_code) == (403, 403)
    assert sam.post(BACK).status_code == 403
    assert "Cancel or postpone it" not in sam.get(EVENT).text
