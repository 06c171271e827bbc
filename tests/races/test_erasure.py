"""Erasing somebody while others press: places go to who waits, nobody is erased twice, no deadlock."""

from functools import partial

import pytest

from events import registration
from members.models import Erasure
from members.privacy import erasure
from tests import make
from tests.make import BY, NOW
from tests.races.together import together
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def two_events():
    """Two events with two workshops of two places each."""
    return [
        (event, [make.workshop(event, capacity=2, hour=9 + n) for n in (0, 2)])
        for event in (
            make.event(capacity=3),
            make.event(
                capacity=3,
                first_day=make.NOW.date().replace(day=25),
                last_day=make.NOW.date().replace(day=26),
            ),
        )
    ]


def join_all(member, events):
    for event, sessions in events:
        coming = registration.register(event, member, by=BY, at=NOW)
        for session in sessions:
            if coming.is_confirmed:
                booking.book(session, coming, by=BY, at=NOW)


def test_three_are_erased_while_three_join_both_events_and_all_rules_hold():
    events = two_events()
    leaving = [make.member(f"Leaves {n}") for n in range(3)]
    for member in leaving:
        join_all(member, events)
    coming = [make.member(f"Comes {n}") for n in range(3)]

    together(
        *(partial(erasure.erase, member, by=BY, at=NOW) for member in leaving),
        *(partial(join_all, member, events) for member in coming),
    )

    assert all(erasure.is_erased(member) for member in leaving)
    assert not Booking.objects.live().filter(member__in=leaving).exists()


def test_who_is_erased_six_times_at_once_is_erased_once():
    ada = make.member("Ada")
    erasure.ask(ada, by=ada, at=NOW)

    done = together(*[partial(erasure.erase, ada, by=BY, at=NOW)] * 6)

    assert sorted(done) == [False] * 5 + [True]
    assert Erasure.objects.filter(member=ada, done_at=NOW).count() == 1
