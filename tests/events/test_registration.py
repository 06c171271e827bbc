"""Registering for an event: confirmed, received, waiting, cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from events import approval, capacity
from events import registration as registering
from events.models import Event, EventPlaces, Registration
from events.places import CapacityBelowTaken
from events.registration import NotEntitled, RegistrationNotOpen
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places.state import told

pytestmark = pytest.mark.django_db
Status = Registration.Status
SECOND = timedelta(seconds=1)


def register(event, *names, at=NOW):
    return [registering.register(event, make.member(name), by=BY, at=at) for name in names]


def statuses(*registrations):
    for one in registrations:
        one.refresh_from_db()
    return [one.status for one in registrations]


def places(event):
    """The counters of the event's places, as (taken, held, line)."""
    row = EventPlaces.objects.get(event=event)
    return row.taken, row.held, row.line


def test_a_member_is_registered_at_once_and_told():
    event = make.event()

    [ada] = register(event, "Ada")

    assert (ada.status, ada.ticket, ada.code_of_conduct_accepted_at) == (Status.CONFIRMED, 1, NOW)
    assert places(event) == (1, 0, 0)
    assert told("registered") == [("registered", "Ada", {"registration": ada.pk})]


def test_registering_twice_is_not_an_error_and_told_once():
    event = make.event()
    ada = make.member("Ada")

    first = registering.register(event, ada, by=BY, at=NOW)
    again = registering.register(event, ada, by=BY, at=NOW + SECOND)

    assert (first.pk, again.status_changed_at, places(event)) == (again.pk, NOW, (1, 0, 0))
    assert len(told("registered")) == 1


def test_who_waits_for_approval_is_received_and_takes_no_place():
    event = make.event(capacity=1)
    ada = make.member("Ada", membership="waiting")

    received = registering.register(event, ada, by=BY, at=NOW)

    assert (received.status, received.ticket, places(event)) == (Status.RECEIVED, None, (0, 0, 0))
    assert told("registered") == [("registered", "Ada", {"registration": received.pk})]


def test_an_event_for_everyone_asks_for_no_membership():
    event = make.event(audience=Event.Audience.EVERYONE)

    made = [
        registering.register(event, make.member(membership=membership), by=BY, at=NOW).status
        for membership in ("waiting", "ended", "declined")
    ]

    assert made == [Status.CONFIRMED] * 3


@pytest.mark.parametrize(
    ("membership", "sentence"),
    [("ended", "Your membership has ended"), ("declined", "Your membership was not approved")],
)
def test_who_is_no_member_any_more_is_refused_and_leaves_no_trace(membership, sentence):
    event = make.event()

    with pytest.raises(NotEntitled, match=sentence):
        registering.register(event, make.member(membership=membership), by=BY, at=NOW)

    assert not Registration.objects.exists()


def test_registration_opens_and_closes_at_exactly_its_second():
    event = make.event(registration_opens_at=NOW, registration_closes_at=NOW + timedelta(days=1))

    with pytest.raises(RegistrationNotOpen, match="Registration has not opened yet"):
        register(event, "Ada", at=NOW - SECOND)
    [bo] = register(event, "Bo", at=NOW)
    [cy] = register(event, "Cy", at=NOW + timedelta(days=1) - SECOND)
    with pytest.raises(RegistrationNotOpen, match="Registration has closed"):
        register(event, "Dan", at=NOW + timedelta(days=1))

    assert statuses(bo, cy) == [Status.CONFIRMED, Status.CONFIRMED]


def test_registration_ends_with_the_last_day_where_the_event_is():
    event = make.event(time_zone="Pacific/Auckland")
    midnight = datetime(2026, 11, 19, 11, 0, tzinfo=UTC)  # 00:00 on the 20th in Auckland

    [ada] = register(event, "Ada", at=midnight - SECOND)
    with pytest.raises(RegistrationNotOpen, match="Registration has closed"):
        register(event, "Bo", at=midnight)

    assert ada.status == Status.CONFIRMED


@pytest.mark.parametrize("status", ["draft", "cancelled", "archived"])
def test_an_event_that_does_not_take_place_takes_no_registrations(status):
    with pytest.raises(RegistrationNotOpen, match="This event is not taking registrations"):
        register(make.event(status=status), "Ada")


def test_when_it_is_full_one_waits_in_the_order_of_registering():
    event = make.event(capacity=1)

    ada, bo, cy = register(event, "Ada", "Bo", "Cy")

    assert [one.status for one in (ada, bo, cy)] == [Status.CONFIRMED, Status.WAITING, Status.WAITING]
    assert [registering.position(one) for one in (ada, bo, cy)] == [None, 1, 2]
    assert places(event) == (1, 0, 2)


def test_cancelling_lets_in_whoever_waited_longest_and_tells_both():
    event = make.event(capacity=1)
    ada, bo, cy = register(event, "Ada", "Bo", "Cy")

    registering.cancel(ada, by=BY, at=NOW + SECOND)

    assert statuses(ada, bo, cy) == [Status.CANCELLED, Status.CONFIRMED, Status.WAITING]
    assert (ada.ticket, places(event)) == (None, (1, 0, 1))
    assert told("registration-cancelled") == [("registration-cancelled", "Ada", {"registration": ada.pk})]
    assert [name for _, name, _ in told("registered")] == ["Ada", "Bo", "Cy", "Bo"]


def test_cancelling_twice_is_not_an_error_and_told_once():
    event = make.event(capacity=5)
    ada, bo = register(event, "Ada", "Bo")

    for at in (NOW, NOW + SECOND):
        registering.cancel(ada, by=BY, at=at)

    assert (statuses(ada, bo), places(event)) == ([Status.CANCELLED, Status.CONFIRMED], (1, 0, 0))
    assert len(told("registration-cancelled")) == 1


def test_who_leaves_the_line_or_was_only_received_takes_no_place_along():
    event = make.event(capacity=1)
    ada, bo = register(event, "Ada", "Bo")
    received = registering.register(event, make.member(membership="waiting"), by=BY, at=NOW)

    for one in (bo, received):
        registering.cancel(one, by=BY, at=NOW)

    assert (statuses(ada, bo, received), places(event)) == (
        ["confirmed", "cancelled", "cancelled"],
        (1, 0, 0),
    )


def test_registering_again_is_the_same_row_at_the_end_of_the_line():
    event = make.event(capacity=1)
    ada, bo = register(event, "Ada", "Bo")
    registering.cancel(ada, by=BY, at=NOW)

    again = registering.register(event, ada.member, by=BY, at=NOW + SECOND)

    assert (again.pk, again.status, again.ticket) == (ada.pk, Status.WAITING, 3)
    assert (statuses(bo), registering.position(again)) == ([Status.CONFIRMED], 1)
    assert again.code_of_conduct_accepted_at == NOW + SECOND


def test_approval_confirms_what_was_received_or_puts_it_in_line():
    open_event, full = make.event(), make.event(capacity=0)
    ada = make.member("Ada", membership="waiting")
    received = [registering.register(event, ada, by=BY, at=NOW) for event in (open_event, full)]

    approval.approve_received(ada, by=BY, at=NOW + SECOND)

    assert statuses(*received) == [Status.CONFIRMED, Status.WAITING]
    assert [one.ticket for one in received] == [1, 1]


def test_approval_leaves_alone_what_is_over_or_off_and_what_was_cancelled():
    over = make.event(first_day=NOW.date(), last_day=NOW.date())
    off, cancelled = make.event(), make.event()
    ada = make.member("Ada", membership="waiting")
    received = [registering.register(event, ada, by=BY, at=NOW) for event in (over, off, cancelled)]
    Event.objects.filter(pk=off.pk).update(status="cancelled")
    registering.cancel(received[2], by=BY, at=NOW)

    approval.approve_received(ada, by=BY, at=NOW + timedelta(days=1))

    assert statuses(*received) == [Status.RECEIVED, Status.RECEIVED, Status.CANCELLED]


def test_the_line_of_an_event_that_is_over_or_off_is_not_served():
    event = make.event(capacity=1)
    _, bo = register(event, "Ada", "Bo")
    EventPlaces.objects.update(capacity=2)

    over = registering.serve(event.pk, at=datetime(2026, 11, 20, 0, 0, tzinfo=UTC))
    Event.objects.update(status="cancelled")
    off = [registering.serve(event.pk, at=NOW), registering.sweep(at=NOW)]

    assert (over, off, statuses(bo)) == (0, [0, 0], [Status.WAITING])


def test_more_places_let_in_the_line():
    event = make.event(capacity=1)
    _, *line = register(event, "Ada", "Bo", "Cy", "Dan")

    capacity.set_capacity(event, 3, by=BY, at=NOW)
    after_three = statuses(*line)
    capacity.set_capacity(event, None, by=BY, at=NOW)

    assert after_three == [Status.CONFIRMED, Status.CONFIRMED, Status.WAITING]
    assert (statuses(*line), places(event)) == ([Status.CONFIRMED] * 3, (4, 0, 0))


def test_fewer_places_than_are_taken_are_refused():
    event = make.event(capacity=3)
    register(event, "Ada", "Bo")

    capacity.set_capacity(event, 2, by=BY, at=NOW)
    with pytest.raises(CapacityBelowTaken, match="2 places are taken, so there cannot be fewer"):
        capacity.set_capacity(event, 1, by=BY, at=NOW)

    assert EventPlaces.objects.get().capacity == 2


def test_the_sweep_serves_what_an_interrupted_act_has_left():
    event = make.event(capacity=1)
    ada, bo = register(event, "Ada", "Bo")
    registering._cancel(ada.pk, BY, NOW)
    newcomer = registering.register(event, make.member("Nia"), by=BY, at=NOW)

    given = registering.sweep(at=NOW)

    assert (given, statuses(bo, newcomer)) == (1, [Status.CONFIRMED, Status.WAITING])


def test_one_line_that_cannot_be_served_does_not_keep_the_others_waiting(caplog):
    broken, event = make.event(capacity=1), make.event(capacity=1)
    _, stuck = register(broken, "Ada", "Bo")
    _, next_one = register(event, "Cy", "Dan")
    EventPlaces.objects.update(capacity=2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE events_registration ADD CONSTRAINT stuck CHECK (id <> %s OR status = 'waiting')",
            [stuck.pk],
        )

    given = registering.sweep(at=NOW)

    assert (given, statuses(stuck, next_one)) == (1, [Status.WAITING, Status.CONFIRMED])
    assert f"The waiting list of event {broken.pk} could not be served." in flat(caplog.text)


def test_what_higher_apps_undo_is_asked_for_once_and_done_after_the_commit():
    event = make.event()
    [ada] = register(event, "Ada")
    asked: list[object] = []

    def hook(registration, *, at, by):
        asked.append((registration.pk, at, by))
        return lambda: asked.append("after")

    registering.on_cancelled(hook)
    registering.on_cancelled(hook)
    try:
        registering.cancel(ada, at=NOW, by=ada.member)
    finally:
        registering._on_cancelled.remove(hook)

    assert asked == [(ada.pk, NOW, ada.member), "after"]
