"""An approval whose process is killed before the choices are booked: the sweep books them."""

import pytest

from events import registration as registering
from tests import make
from tests.make import NOW
from tests.races.together import Process, together
from workshops import choices, promises
from workshops.models import Booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def winnie(event, *sessions):
    registration = registering.register(event, make.member("Winnie", membership="waiting"), at=NOW)
    for session in sessions:
        choices.choose(session, registration, at=NOW)
    return registration


def statuses(registration):
    rows = Booking.objects.filter(registration=registration).order_by("id")
    return list(rows.values_list("status", flat=True))


def test_what_a_killed_process_left_is_booked_by_the_sweep():
    event = make.event()
    waits = winnie(event, make.workshop(event, hour=9), make.workshop(event, hour=12))

    with Process("approve_and_die", waits.member_id) as process:
        process.go()
        process.result()
        process.kill()
    waits.refresh_from_db()
    left = (waits.status, statuses(waits))
    promises.keep(at=NOW)

    assert left == ("confirmed", ["chosen", "chosen"])
    assert statuses(waits) == ["booked", "booked"]


def test_many_sweeps_at_once_book_each_choice_once():
    event = make.event()
    session = make.workshop(event, 5)
    waits = winnie(event, session)
    with Process("approve_and_die", waits.member_id) as process:
        process.go()
        process.result()
        process.kill()

    together(*(lambda: promises.keep(at=NOW) for _ in range(6)))

    session.workshop.refresh_from_db()
    assert statuses(waits) == ["booked"]
    assert (session.workshop.taken, session.workshop.ticket) == (1, 1)
