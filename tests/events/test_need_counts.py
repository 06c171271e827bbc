"""What stays of needs is numbers: of each kind how many asked, were answered in time or not, and got it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from events import access_needs, need_counts
from events.models import AccessNeed, Event, NeedCount
from tests import make
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
OVER = NOW.date() - timedelta(days=3)


@pytest.fixture
def event() -> Event:
    """An event that is over."""
    return make.event(first_day=OVER, last_day=OVER)


def asked(event, kind="captions", **fields):
    when = NOW - timedelta(days=40)
    told = {"asked_at": when, "state_changed_at": when + timedelta(days=1)} | fields
    return make.need(make.registration(event, make.member()), kind, **told)


def numbers(at=NOW):
    return [
        (one.kind, one.asked, one.in_time, one.late, one.cannot, one.met, one.not_met)
        for _, counted in need_counts.of_past_events(at=at)
        for one in counted
    ]


def some(event):
    asked(event, state="confirmed", was_met=True)
    asked(event, state="confirmed", was_met=False)
    asked(event, state="confirmed", state_changed_at=NOW - timedelta(days=10))  # after the tenth day
    asked(event, state="new")
    asked(event, state="cannot", instead="A transcript")
    asked(event, "breaks", state="confirmed")


def test_each_is_in_time_or_late_or_could_not_be_and_no_number_changes_when_needs_are_erased(event):
    some(event)

    there = numbers()
    access_needs.forget(at=NOW + timedelta(days=60))
    kept = numbers(NOW + timedelta(days=60))

    assert there == [("captions", 5, 2, 2, 1, 1, 1), ("breaks", 1, 1, 0, 0, 0, 0)]
    assert (kept, AccessNeed.objects.count(), NeedCount.objects.count()) == (there, 0, 2)


def test_what_is_erased_and_what_is_still_there_are_one_number(event):
    asked(event, state="confirmed")
    other = asked(event, state="confirmed")

    need_counts.erase([other.told_id], at=NOW)

    assert numbers() == [("captions", 2, 2, 0, 0, 0, 0)]


def test_of_what_is_ahead_cancelled_or_whose_owner_does_not_come_nothing_is_counted(event):
    asked(make.event())
    asked(make.event(first_day=OVER, last_day=OVER, status="cancelled"))
    gone = asked(event)
    gone.told.registration.status = "cancelled"
    gone.told.registration.save()

    assert numbers() == []


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_database_knows_in_time_as_the_rule_for_one_does(zone):
    event = make.event(first_day=OVER, last_day=OVER, time_zone=zone)
    moments = [NOW - timedelta(days=5) - timedelta(hours=7 * number) for number in range(60)]
    cases = [
        asked(
            event, state="confirmed", asked_at=one, state_changed_at=one + timedelta(hours=13 * number % 300)
        )
        for number, one in enumerate(moments)
    ]

    [(_, _, in_time, late, *_)] = numbers()

    assert in_time == sum(answered(one) <= one.answer_by for one in cases)
    assert min(in_time, late) > 5


def answered(case: AccessNeed) -> date:
    when: datetime = case.state_changed_at
    return timezone.localdate(when, case.event.zone)
