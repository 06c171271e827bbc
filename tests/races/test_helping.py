"""Two of the team at one person at once: one decision, one booking, one note."""

from collections import Counter
from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from members import membership
from members.models import Member
from notifications.models import Message
from team.models import PersonNote
from team.people import by_telephone, deciding, notes
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.races.together import together
from workshops.models import Booking
from workshops.places import booking

SECOND = timedelta(seconds=1)
pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def decide(person, rule, becomes, reader, **more):
    """Press a decision on a page that shows how the person stood before anybody pressed."""
    shown = deciding.as_shown(person)

    def act():
        try:
            with deciding.about(person, shown=shown, becomes=becomes, reader=reader) as locked:
                rule(locked, by=reader, at=NOW, **more)
        except deciding.DecidedMeanwhile:
            return "late"
        return "decided"

    return act


def register(event, person, by, at):
    return lambda: by_telephone.register(event, person, by=by, at=at, heard_conduct=True)


def give_up(one, **more):
    return lambda: booking.cancel(one, by=BY, at=NOW, **more)


def test_of_two_who_approve_and_decline_at_once_one_decides():
    first, second = people.staff("Support"), people.staff("Event admin")
    for _ in range(5):
        winnie = make.member("Winnie", membership="waiting")

        results = together(
            decide(winnie, membership.approve, "active", first),
            decide(winnie, membership.decline, "declined", second, reason="Elsewhere"),
        )

        acts = Entry.objects.filter(thing="members.member", thing_id=winnie.pk).values_list("act", flat=True)
        assert sorted(results) == ["decided", "late"]
        assert list(acts) in ([Act.APPROVED], [Act.DECLINED])
        assert Message.objects.filter(member=winnie).count() == 1


def test_six_who_book_the_same_session_for_one_caller_book_it_once():
    event = make.event()
    session, registration = make.workshop(event), make.registration(event, make.member())

    together(*[lambda: booking.book(session, registration, by=BY, at=NOW)] * 6)

    assert Counter(Booking.objects.values_list("status", flat=True)) == {"booked": 1}


def test_six_who_register_a_caller_at_once_note_the_code_of_conduct_once():
    event, ada = make.event(code_of_conduct="Be kind."), make.member()
    sam = people.staff("Support")

    together(*(register(event, ada, sam, NOW + n * SECOND) for n in range(6)))

    assert Entry.objects.filter(act=Act.CONDUCT_BY_TELEPHONE).count() == 1
    assert Entry.objects.filter(act=Act.REGISTERED).count() == 1


def test_a_note_that_is_pressed_six_times_at_once_is_one():
    ada, sam = make.member(), people.staff("Support")

    together(*[lambda: notes.leave(ada, "Rang.", by=sam, at=NOW)] * 6)

    assert PersonNote.objects.count() == 1
    assert Member.objects.get(pk=ada.pk).is_member


def test_who_leaves_the_line_at_the_moment_a_place_is_given_has_the_place_or_has_left():
    event = make.event()
    waiting = (Booking.Status.WAITING, Booking.Status.PASSED)
    for _ in range(5):
        session = make.workshop(event, capacity=1)
        holder = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
        waits = booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)

        together(give_up(holder), give_up(waits, only=waiting))

        waits.refresh_from_db()
        acts = list(
            Entry.objects.filter(thing="workshops.booking", thing_id=waits.pk).values_list("act", flat=True)
        )
        assert (waits.status == "booked") == (Act.PLACE_GIVEN in acts)
        assert waits.status in ("booked", "cancelled")
