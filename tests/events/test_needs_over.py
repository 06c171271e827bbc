"""Needs of what is over, cancelled, or erased: what the page says, and what is counted once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import access_needs
from events.models import AccessNeed, Event, NeedCount
from members.privacy import erasure
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
REGISTER, SAVE = "/events/2026/register/", "/events/2026/register/needs/"
PROMISES = ("It will be there.", "We aim to email you", "You should have had", "Did you get it?")


@pytest.fixture
def ada():
    """Somebody registered, with one need confirmed and one that waits."""
    registered = make.registration(make.event(slug="2026"), make.member("Ada"))
    make.need(registered, "captions", state="confirmed")
    make.need(registered, "slides")
    return registered


def page(registered):
    return flat(people.reader(registered.member).get(REGISTER).text)


def test_of_a_cancelled_event_nothing_is_said_to_come_and_nothing_changed(ada):
    before = page(ada)
    Event.objects.update(status="cancelled")

    after = page(ada)
    answer = people.reader(ada.member).post(SAVE, {"needs": "A chair"}, follow=True)

    assert [one in before for one in PROMISES] == [True, True, False, False]
    assert [one in after for one in PROMISES] == [False] * 4
    assert ("Save your access needs" in before, "Save your access needs" in after) == (True, False)
    assert "over or cancelled, so nobody needs to know any more" in answer.text
    assert AccessNeed.objects.count() == 2


def test_of_an_event_that_is_over_it_is_asked_and_nothing_is_promised(ada):
    over = NOW.date() - timedelta(days=3)
    Event.objects.update(first_day=over, last_day=over)

    told = page(ada)

    assert [one in told for one in PROMISES] == [False, False, False, True]


def test_when_the_days_of_a_cancelled_event_have_come_nobody_is_asked_whether_they_got_it(ada):
    today = NOW.date()
    Event.objects.update(status="cancelled", first_day=today, last_day=today)

    assert "Did you get it?" not in page(ada)


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_database_finds_late_what_is_overdue(zone):
    event = make.event(time_zone=zone)
    for one, hours in zip(make.crowd(event, 40), range(0, 40 * 9, 9), strict=True):
        make.need(one, asked_at=NOW - timedelta(hours=hours), state_changed_at=NOW)

    found = {at: overdue(at) for at in (NOW + timedelta(days=day, hours=12) for day in range(0, 20, 3))}

    assert all(ours == theirs for ours, theirs in found.values())
    assert {len(ours) for ours, _ in found.values()} > {40}


def overdue(at: datetime) -> tuple[set[int], set[int]]:
    """What is late at a moment, by the database and by the rule for one."""
    every = AccessNeed.objects.with_people()
    return set(every.late(at).values_list("pk", flat=True)), {one.pk for one in every if one.is_overdue(at)}


@pytest.mark.parametrize("number", [1, 40])
def test_forgetting_costs_as_many_statements_for_any_number(number):
    event = make.event()
    for one in make.crowd(event, number):
        make.need(one, state="confirmed", was_met=True)

    with CaptureQueriesContext(connection) as asked:
        forgotten = access_needs.forget(at=NOW + timedelta(days=60))

    counted = NeedCount.objects.values_list("asked", "confirmed", "met", "not_met").get()
    assert (forgotten, counted) == (number, (number, number, number, 0))
    assert len(asked) <= 12


def test_who_is_erased_is_counted_and_not_again_with_the_others():
    over = NOW.date() - timedelta(days=40)
    event = make.event(first_day=over, last_day=over)
    for name in ("Ada", "Bo"):
        make.need(make.registration(event, make.member(name)))
    erasure.erase(event.registrations.get(member__name="Ada").member, by=BY, at=NOW)
    access_needs.forget(at=NOW)

    assert NeedCount.objects.get().asked == 2
