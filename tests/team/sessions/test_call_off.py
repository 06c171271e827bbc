"""Calling a whole event off on its page, and bringing it back; how far the emails have come."""

from datetime import timedelta

import pytest
import time_machine

from common.edit_conflicts import stamp
from events import cancellation
from events.models import Event
from team.announcements import writing
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.team.announcements.announcing import draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

EVENT = "/team/events/2026/"
PAGE, BACK = f"{EVENT}call-off/", f"{EVENT}bring-back/"
SNOW = {"what": "postponed", "reason": "Snow."}


def call_off(desk, **typed):
    """Read the page, and press."""
    seen = desk.get(PAGE).context["touched"].seen
    return desk.post(PAGE, SNOW | {"seen": seen} | typed, follow=True)


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
    postponed = flat(call_off(desk).text)
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
    call_off(desk, what="cancelled")
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


def test_what_changed_since_it_was_read_is_shown_before_anything_is_called_off(desk, event, huddle):
    seen = desk.get(PAGE).context["touched"].seen
    make.workshop(event, title="Another")

    stale = desk.post(PAGE, SNOW | {"seen": seen})
    page = flat(stale.text)
    desk.post(PAGE, SNOW | {"seen": stale.context["form"]["seen"].value()})

    assert "Something has changed since you looked, so it is not called off yet. Look again." in page
    assert "<li>Sessions that take place no more: 2</li>" in page
    assert "Snow." in page
    assert Event.objects.get().is_postponed


def test_the_page_names_the_announcements_that_do_not_go_out(desk, event, tess):
    scheduled = draft(tess, "registered", event=event, subject="See you tomorrow")
    writing.schedule(scheduled, NOW + timedelta(days=2), seen=stamp(scheduled), by=tess, at=NOW)
    draft(tess, "registered", event=event, subject="Only a draft")

    page = flat(desk.get(PAGE).text)

    assert (
        f'<a href="/team/announcements/{scheduled.pk}/">See you tomorrow</a>: scheduled for Wednesday' in page
    )
    assert "Only a draft" not in page


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
