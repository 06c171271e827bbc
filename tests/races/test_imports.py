"""Two import at once: nothing is there twice, and whoever comes later is told to look again."""

from functools import partial

import pytest

from events.models import Contributor, Session, Theme
from members.list_import.importing import ListChanged, import_members, plan
from members.list_import.reading import Entry
from members.models import ListedAddress
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act, holding, holding_workshop, together, until_blocked
from tests.workshops.programme_import.programmes import CLINIC, HUDDLE, WELCOME, file
from workshops.models import Booking, ProgrammeImport, Workshop
from workshops.places import booking
from workshops.places.refusals import BookingRefused
from workshops.programme_import.importing import ImportChanged, import_programme, look

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def importing(event, *rows):
    """Look at a file now; the act imports what was seen."""
    fingerprint = look(event, file(*rows), "p.csv").fingerprint

    def act():
        try:
            return import_programme(event, file(*rows), "p.csv", fingerprint, by=BY, at=NOW)
        except ImportChanged as refusal:
            return refusal

    return act


def listing(entries):
    fingerprint = plan(entries).fingerprint

    def act():
        try:
            return import_members(entries, by=BY, at=NOW, fingerprint=fingerprint)
        except ListChanged as refusal:
            return refusal

    return act


def told(outcomes):
    """The later ones, who are told."""
    return [str(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


def test_one_file_imported_by_six_at_once_is_there_once():
    event = make.event()
    act = importing(event, WELCOME, CLINIC, HUDDLE)

    outcomes = together(*[act] * 6)

    assert (
        told(outcomes)
        == ["Something has changed since you looked. Nothing has been imported: look again."] * 5
    )
    assert sorted(Session.objects.values_list("title", flat=True)) == ["Clinic", "Huddle", "Welcome"]
    assert sorted(Contributor.objects.values_list("name", flat=True)) == ["Ada", "Bo", "Cy"]
    assert (Theme.objects.count(), Workshop.objects.count(), ProgrammeImport.objects.count()) == (2, 2, 1)


def test_the_later_of_two_files_sees_what_the_first_has_made():
    event = make.event()
    first, second = importing(event, WELCOME, CLINIC), importing(event, CLINIC, HUDDLE)

    outcomes = together(first, second)

    (later,) = [outcome for outcome in outcomes if isinstance(outcome, ImportChanged)]
    assert [one.row.title for one in later.plan.unchanged] == ["Clinic"]
    assert len(later.plan.new) == 1
    assert Session.objects.filter(title="Clinic").count() == 1


def test_files_of_two_events_do_not_wait_for_each_other():
    one, other = make.event(slug="one"), make.event(slug="other")
    acts = importing(one, WELCOME, CLINIC), importing(other, WELCOME, CLINIC)

    outcomes = together(*acts)

    assert told(outcomes) == []
    assert [len(outcome.new) for outcome in outcomes] == [2, 2]


def test_an_import_waits_for_who_changes_a_session_and_then_asks_to_look_again():
    event = make.event()
    session = make.workshop(event, title="Clinic", room="R1")
    act = importing(event, CLINIC)

    with holding("UPDATE events_session SET room = 'R9', title = 'Other' WHERE id = %s", session.pk):
        waits = Act(act)
        until_blocked()
    outcome = waits.wait()

    assert told([outcome]) != []
    assert list(Session.objects.values_list("title", "room")) == [("Other", "R9")]


def test_an_import_waits_for_who_books_and_then_asks_to_look_again_at_whose_sessions_clash():
    event = make.event()
    clinic, other = make.workshop(event, title="Clinic", hour=14), make.workshop(event, hour=10)
    ada = make.registration(event, make.member("Ada"))
    booking.book(clinic, ada, by=BY, at=NOW)
    act = importing(event, CLINIC)

    with holding_workshop(clinic.pk):
        waits = Act(act)
        until_blocked()
        booking.book(other, ada, by=BY, at=NOW)
    outcome = waits.wait()

    assert told([outcome]) != []
    assert sorted(Booking.objects.values_list("status", flat=True)) == ["booked", "booked"]


def test_who_books_waits_for_an_import_that_has_looked():
    event = make.event()
    clinic, other = make.workshop(event, title="Clinic", hour=14), make.workshop(event, hour=10)
    ada = make.registration(event, make.member("Ada"))
    booking.book(clinic, ada, by=BY, at=NOW)
    act = importing(event, CLINIC)

    with holding("LOCK TABLE workshops_programmeimport IN SHARE MODE"):  # between looking and writing
        imports = Act(act)
        until_blocked()
        books = Act(partial(booking.book, other, ada, by=BY, at=NOW))
        until_blocked(2)
    outcomes = [imports.wait(), books.wait()]

    assert told(outcomes[:1]) == []
    assert isinstance(outcomes[1], BookingRefused)
    assert list(Booking.objects.values_list("status", flat=True)) == ["booked"]


def test_one_list_imported_by_four_at_once_is_there_once():
    act = listing([Entry(f"person{number}@example.org", "P") for number in range(50)])

    outcomes = together(*[act] * 4)

    assert (
        told(outcomes)
        == ["The list has changed since you looked. Nothing has been imported: look again."] * 3
    )
    assert ListedAddress.objects.count() == 50


def test_the_later_of_two_lists_does_not_overwrite_what_nobody_saw():
    first, second = (listing([Entry("ada@example.org", name)]) for name in ("Ada", "Ada Bright"))

    outcomes = together(first, second)

    (later,) = [outcome for outcome in outcomes if isinstance(outcome, ListChanged)]
    kept = ListedAddress.objects.get().name
    assert [(change.before, change.after) for change in later.plan.changes] == [
        (kept, ({"Ada", "Ada Bright"} - {kept}).pop())
    ]
