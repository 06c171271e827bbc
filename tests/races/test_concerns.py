"""Two at one concern, a form sent twice, and somebody who is taken out while they register or book."""

import pytest

from concerns import handling, removal, reporting
from concerns.models import Concern, Removal
from concerns.refusals import ChangedMeanwhile, DecidedMeanwhile, IsOut, OthersRead
from events import registration
from events.models import Registration
from notifications.models import Message
from tests import make
from tests.concerns import reports
from tests.contracts import people
from tests.make import BY, NOW
from tests.races.together import Act, holding, together, until_blocked
from workshops.models import Booking
from workshops.places import booking
from workshops.places.refusals import BookingRefused

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def answering(pk, by, words):
    """Answer as it is when nobody was quicker; say who was."""

    def act():
        try:
            handling.answer(pk, words, seen=1, by=by, at=NOW)
        except ChangedMeanwhile:
            return "slower"
        return "answered"

    return act


def test_of_two_readers_who_answer_at_once_one_does_and_the_other_is_told():
    event = make.event()
    rita, sam = reports.named(event)
    concern = reports.reported(event)

    found = together(*(answering(concern.pk, by, by.name) for by in (rita, sam) for _ in range(3)))

    assert sorted(found) == ["answered", *["slower"] * 5]
    assert concern.remarks.count() == 1


def test_a_form_that_is_sent_six_times_at_once_is_one_concern_with_one_code():
    event = make.event()
    reports.named(event)
    told = reports.told(event, is_visitor=False)

    found = together(*(lambda: reporting.report(event, told, at=NOW) for _ in range(6)))

    assert len(set(found)) == 1
    assert Concern.objects.count() == 1
    assert Message.objects.filter(kind="concern-came").count() == 2


def test_who_is_taken_out_while_they_register_is_out_and_not_registered():
    root = people.admin()
    for _ in range(5):
        event, ada = make.event(), make.member("Ada")

        def register(event=event, ada=ada):
            try:
                registration.register(event, ada, by=BY, at=NOW)
            except IsOut:
                return "refused"
            return "registered"

        def take_out(event=event, ada=ada):
            return removal.remove(event, ada, "Why", "So", by=root, at=NOW)

        together(register, take_out, register)

        assert not Registration.objects.current().filter(event=event, member=ada).exists()
        assert Removal.objects.in_force().filter(event=event).count() == 1


def test_who_is_taken_out_while_they_book_has_no_place_and_no_counter_is_wrong():
    root = people.admin()
    for _ in range(5):
        event = make.event()
        ada = registration.register(event, make.member("Ada"), by=BY, at=NOW)
        sessions = [make.workshop(event, capacity=2, hour=8 + n) for n in range(3)]

        def book(session, ada=ada):
            def act():
                try:
                    booking.book(session, ada, by=BY, at=NOW)
                except BookingRefused:
                    return "refused"
                return "booked"

            return act

        def take_out(event=event, ada=ada):
            return removal.remove(event, ada.member, "Why", "So", by=root, at=NOW)

        together(*(book(session) for session in sessions), take_out)

        assert not Booking.objects.live().filter(registration=ada).exists()


def test_six_who_take_somebody_out_at_once_take_them_out_once():
    event, ada, root = make.event(), make.member("Ada"), people.admin()

    found = together(*(lambda: removal.remove(event, ada, "Why", "So", by=root, at=NOW) for _ in range(6)))

    assert len({one.pk for one in found}) == 1
    assert Message.objects.filter(kind="taken-out").count() == 1


#: Naming others for an event, as ``readers.set_up`` does it.
OTHERS = """
    SELECT 1 FROM events_event WHERE id = %s FOR NO KEY UPDATE;
    DELETE FROM concerns_reader WHERE event_id = %s AND member_id = %s
"""


def test_what_is_sent_while_others_are_named_goes_to_nobody_whom_the_page_no_longer_names():
    event = make.event()
    rita, _ = reports.named(event)
    told = reports.told(event)

    def report():
        try:
            return reporting.report(event, told, at=NOW)
        except OthersRead as refusal:
            return refusal

    with holding(OTHERS, event.pk, event.pk, rita.pk):
        sending = Act(report)
        until_blocked()

    assert isinstance(sending.wait(), OthersRead)
    assert not Concern.objects.exists()


def test_of_second_looks_at_once_one_decides_and_the_others_are_told():
    event, ada, root = make.event(), make.member("Ada"), people.admin()
    removal.remove(event, ada, "Why", "So", by=root, at=NOW)
    asked = removal.ask(event, ada, "Please", by=ada, at=NOW)
    others = [people.admin() for _ in range(4)]

    def looking(by, number):
        def act():
            try:
                removal.look_again(asked, f"Words {number}", lifts=bool(number % 2), by=by, at=NOW)
            except DecidedMeanwhile:
                return "slower"
            return "decided"

        return act

    found = together(*(looking(by, number) for number, by in enumerate(others)))

    assert sorted(found) == ["decided", *["slower"] * 3]
    assert Message.objects.filter(kind="second-look").count() == 1
