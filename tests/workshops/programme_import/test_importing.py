"""Importing a programme: looked at first, then all of it or nothing, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest

from common.spreadsheets.tables import TableRefused
from events.models import Contributor, Session, Theme
from notifications.models import Message
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.programme_import.programmes import (
    CLINIC,
    HEADER,
    HUDDLE,
    WELCOME,
    counts,
    file,
    load,
    plan,
    problems,
)
from workshops.models import Booking, ProgrammeImport, Workshop
from workshops.places import booking
from workshops.programme_import import writing
from workshops.programme_import.importing import ImportChanged, import_programme

pytestmark = pytest.mark.django_db


def test_an_imported_session_has_everything_that_its_row_says():
    event = make.event()

    load(event, CLINIC)

    session = Session.objects.get()
    hosts = list(session.contributors.values_list("name", flat=True))
    assert (session.title, session.slug, session.format, session.status, session.room, session.summary) == (
        "Clinic",
        "clinic",
        "workshop",
        "published",
        "R1",
        "Short",
    )
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 11, 18, 10, tzinfo=UTC),
        datetime(2026, 11, 18, 11, tzinfo=UTC),
    )
    assert (session.description, sorted(hosts), session.workshop.capacity) == ("Long", ["Bo", "Cy"], 12)
    assert [theme.title for theme in session.themes.all()] == ["Flow"]


def test_a_plenary_is_open_to_all_and_a_talk_without_capacity_has_no_limit():
    event = make.event()

    load(event, WELCOME, HUDDLE)

    places = list(Workshop.objects.values_list("session__title", "capacity"))
    assert places == [("Huddle", None)]


def test_an_import_that_would_email_many_more_by_now_is_looked_at_again():
    event = make.event()
    load(event, HUDDLE)
    moved = HUDDLE.replace("R2", "R9")
    looked = plan(event, moved)
    booking.book(Session.objects.get(), make.registration(event, make.member()), by=BY, at=NOW)

    with pytest.raises(ImportChanged) as refused:
        import_programme(event, file(moved), "p.csv", looked.fingerprint, by=BY, at=NOW)

    assert (looked.emails, refused.value.plan.emails) == (0, 1)
    assert Session.objects.get().room == "R2"


def test_the_same_file_twice_changes_nothing():
    event = make.event()
    load(event, WELCOME, CLINIC, HUDDLE)
    before = list(Session.objects.order_by("pk").values())

    again = load(event, WELCOME, CLINIC, HUDDLE)

    assert counts(again) == (0, 0, 3, 0)
    assert list(Session.objects.order_by("pk").values()) == before
    assert (Contributor.objects.count(), Theme.objects.count()) == (3, 2)


def test_planning_changes_nothing():
    event = make.event()

    planned = plan(event, WELCOME, CLINIC)

    assert counts(planned) == (2, 0, 0, 0)
    assert (Session.objects.count(), Contributor.objects.count(), Theme.objects.count()) == (0, 0, 0)


@pytest.mark.slow
def test_an_edit_changes_the_session_and_keeps_its_bookings():
    event = make.event()
    load(event, CLINIC)
    session = Session.objects.get()
    ada = make.registration(event, make.member("Ada"))
    booked = booking.book(session, ada, by=BY, at=NOW)

    edited = load(event, CLINIC.replace("T10:00", "T12:00").replace("T11:00", "T13:00").replace("R1", "R9"))

    booked.refresh_from_db()
    session.refresh_from_db()
    assert [change.column for change in edited.changed[0].changes] == ["starts_at", "ends_at", "room"]
    assert (booked.status, booked.during.lower) == (Booking.Status.BOOKED, session.starts_at)
    assert (session.room, found(session.starts_at).hour, session.sequence) == ("R9", 12, 1)
    assert list(Message.objects.filter(kind="session-changed").values_list("member__name", flat=True)) == [
        "Ada"
    ]


@pytest.mark.slow
def test_two_sessions_that_change_places_keep_the_bookings_of_one_member_in_both():
    event = make.event()
    later = CLINIC.replace("Clinic", "Later").replace("T10:", "T14:").replace("T11:", "T15:")
    load(event, CLINIC, later)
    clinic, other = Session.objects.get(title="Clinic"), Session.objects.get(title="Later")
    ada = make.registration(event, make.member("Ada"))
    booking.book(clinic, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW)

    load(event, CLINIC.replace("Clinic", "Later"), later.replace("Later", "Clinic"))

    times = dict(Booking.objects.booked().values_list("session__title", "session__starts_at"))
    assert {title: found(moment).hour for title, moment in times.items()} == {"Clinic": 14, "Later": 10}


def test_a_move_onto_what_people_have_booked_says_before_it_is_imported_whom_it_asks():
    event = make.event()
    later = CLINIC.replace("Clinic", "Later").replace("T10:", "T14:").replace("T11:", "T15:")
    load(event, CLINIC, later)
    ada = make.registration(event, make.member("Ada"))
    for session in Session.objects.all():
        booking.book(session, ada, by=BY, at=NOW)

    looked = plan(event, CLINIC, CLINIC.replace("Clinic", "Later"))
    load(event, CLINIC, CLINIC.replace("Clinic", "Later"))

    assert looked.clashes[:1] == [
        "1 person has booked “Later” and another session at its new time: both places stay theirs, and they "
        "are asked which they keep: Ada."
    ]
    assert looked.emails == 1
    assert dict(Booking.objects.values_list("session__title", "status")) == {
        "Clinic": Booking.Status.BOOKED,
        "Later": Booking.Status.CONTESTED,
    }


def test_where_somebody_else_would_have_two_sessions_since_it_was_looked_at_nothing_is_imported():
    event = make.event()
    later = CLINIC.replace("Clinic", "Later").replace("T10:", "T14:").replace("T11:", "T15:")
    rows = (CLINIC, CLINIC.replace("Clinic", "Later"))
    load(event, CLINIC, later)
    looked = plan(event, *rows)
    ada = make.registration(event, make.member("Ada"))
    for session in Session.objects.all():
        booking.book(session, ada, by=BY, at=NOW)

    with pytest.raises(ImportChanged) as refusal:
        import_programme(event, file(*rows), "p.csv", looked.fingerprint, by=BY, at=NOW)

    assert refusal.value.plan.clashes[0].endswith("which they keep: Ada.")
    assert Session.objects.get(title="Later").starts_at != Session.objects.get(title="Clinic").starts_at


def test_who_counts_on_several_sessions_that_move_is_told_in_one_letter():
    event = make.event()
    later = CLINIC.replace("Clinic", "Later").replace("T10:", "T14:").replace("T11:", "T15:")
    load(event, CLINIC, later)
    ada, bo = (make.registration(event, make.member(name)) for name in ("Ada", "Bo"))
    for session in Session.objects.all():
        booking.book(session, ada, by=BY, at=NOW)
    booking.book(Session.objects.get(title="Later"), bo, by=BY, at=NOW)
    Message.objects.all().delete()
    moved = [row.replace("T10:", "T12:").replace("T11:", "T13:") for row in (CLINIC, later)]
    moved[1] = moved[1].replace("T14:", "T16:").replace("T15:", "T17:")

    looked = plan(event, *moved)
    load(event, *moved)

    told = Message.objects.filter(member__isnull=False).order_by("member__name")
    assert [(one.member.name, one.kind) for one in told if one.member] == [
        ("Ada", "agenda"),
        ("Bo", "session-changed"),
    ]
    assert looked.emails == Message.objects.count()


def test_a_move_onto_what_people_have_booked_at_a_time_that_has_begun_is_refused_with_their_number():
    event = make.event()
    later = CLINIC.replace("Clinic", "Later").replace("T10:", "T14:").replace("T11:", "T15:")
    load(event, CLINIC, later)
    ada = make.registration(event, make.member("Ada"))
    for session in Session.objects.all():
        booking.book(session, ada, by=BY, at=NOW)
    begun = found(Session.objects.get(title="Clinic").starts_at)
    rows = (CLINIC, CLINIC.replace("Clinic", "Later"))
    looked = plan(event, *rows)

    with pytest.raises(TableRefused) as refused:
        import_programme(event, file(*rows), "p.csv", looked.fingerprint, by=BY, at=begun)

    assert "1 person has booked another session at that time, and both have begun" in problems(refused)[0]


def test_a_capacity_below_the_places_taken_is_refused_by_row():
    event = make.event()
    load(event, CLINIC)
    for name in ("Ada", "Bo"):
        booking.book(Session.objects.get(), make.registration(event, make.member(name)), by=BY, at=NOW)

    with pytest.raises(TableRefused) as refused:
        plan(event, WELCOME, CLINIC.replace(",12,", ",1,"))

    assert problems(refused) == ["Row 3, capacity: 2 places are taken, so there cannot be 1."]


@pytest.mark.slow
def test_a_raised_capacity_gives_places_to_those_who_wait():
    event = make.event()
    load(event, CLINIC.replace(",12,", ",1,"))
    session = Session.objects.get()
    bookings = [
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=NOW)
        for name in ("Ada", "Bo", "Cy")
    ]

    load(event, CLINIC.replace(",12,", ",2,"))

    statuses = [Booking.objects.get(pk=one.pk).status for one in bookings]
    assert statuses == ["booked", "booked", "waiting"]


@pytest.mark.slow
def test_a_blank_capacity_loosens_a_booked_session_only_when_asked():
    event = make.event()
    load(event, CLINIC)
    booking.book(Session.objects.get(), make.registration(event, make.member("Ada")), by=BY, at=NOW)
    blank = CLINIC.replace(",12,", ",,")

    kept = load(event, blank)
    kept_capacity = Workshop.objects.get().capacity
    load(event, blank, lift_limits=True)

    assert kept.notices == [
        "Row 2: “Clinic” keeps its 12 places, although the file sets no limit, because people have booked it."
    ]
    assert (kept_capacity, Workshop.objects.get().capacity) == (12, None)


def test_sessions_that_no_row_names_are_listed_and_stay():
    event = make.event()
    load(event, WELCOME, CLINIC)

    planned = load(event, CLINIC)

    assert [session.title for session in planned.gone] == ["Welcome"]
    assert Session.objects.filter(status="published").count() == 2


def test_a_row_is_known_again_by_its_id_whatever_else_changes():
    event = make.event()
    header = f"id,{HEADER}"
    load(event, f"a7,{CLINIC}", header=header)

    planned = load(event, f"a7,{HUDDLE}", header=header)

    assert counts(planned) == (0, 1, 0, 0)
    assert Session.objects.get().title == "Huddle"


def test_a_corrected_title_keeps_the_session_and_another_one_in_its_room_does_not_inherit_it():
    event = make.event()
    load(event, CLINIC)

    corrected = plan(event, CLINIC.replace("Clinic", "Clinics"))
    replaced = plan(event, CLINIC.replace("Clinic", "Sourdough for beginners").replace("Bo; Cy", "Dee"))

    assert (counts(corrected), counts(replaced)) == ((0, 1, 0, 0), (1, 0, 0, 1))


@pytest.mark.parametrize("typed", ["O'Malley's clinic", "O’MALLEY’S CLINIC", "OʼMalleyʼs clínic"])
def test_a_title_typed_otherwise_is_still_that_session_when_it_moves(typed):
    event = make.event()
    load(event, CLINIC.replace("Clinic", "O’Malley’s clinic"))

    moved = (
        CLINIC.replace("Clinic", typed).replace("T10:", "T14:").replace("T11:", "T15:").replace("R1", "R9")
    )

    assert counts(plan(event, moved)) == (0, 1, 0, 0)


def test_equal_titles_are_told_apart_by_their_time():
    event = make.event()
    morning = HUDDLE
    evening = HUDDLE.replace("T10:", "T17:").replace("T11:", "T18:")
    load(event, morning, evening)

    planned = load(event, evening.replace("R2", "R5"), morning)

    assert [
        (found(one.session.starts_at).hour, [c.column for c in one.changes]) for one in planned.changed
    ] == [(17, ["room"])]


def test_the_fingerprint_is_the_same_until_something_else_would_be_done():
    event = make.event()
    first, second = plan(event, CLINIC), plan(event, CLINIC)
    load(event, WELCOME, CLINIC)

    later = plan(event, CLINIC)

    assert first.fingerprint == second.fingerprint
    assert first.fingerprint != later.fingerprint


def test_what_has_changed_since_it_was_looked_at_is_not_imported():
    event = make.event()
    session = make.workshop(event, capacity=3, title="Clinic")
    rows = [WELCOME, CLINIC.replace(",12,", ",2,")]
    looked = plan(event, *rows)
    for name in ("Ada", "Bo", "Cy"):
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=NOW - timedelta(days=1))

    with pytest.raises(ImportChanged) as changed:
        import_programme(event, file(*rows), "p.csv", looked.fingerprint, by=BY, at=NOW)

    assert [str(problem) for problem in changed.value.plan.problems] == [
        "Row 3, capacity: 3 places are taken, so there cannot be 2."
    ]
    assert list(Session.objects.values_list("title", flat=True)) == ["Clinic"]


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch):
    event = make.event()
    make.workshop(event, capacity=3, title="Clinic")
    looked = plan(event, WELCOME, CLINIC)
    monkeypatch.setattr(writing, "raise_version", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        import_programme(event, file(WELCOME, CLINIC), "p.csv", looked.fingerprint, by=BY, at=NOW)

    assert list(Session.objects.values_list("title", flat=True)) == ["Clinic"]


def test_what_was_imported_is_kept_with_who_did_it():
    event, ada = make.event(), make.member("Ada")
    make.workshop(event, capacity=3, title="Clinic", room="R7")
    rows = [WELCOME, CLINIC.replace("workshop", "Workshop 60 min")]
    looked = plan(event, *rows)

    import_programme(event, file(*rows), "p.csv", looked.fingerprint, by=ada, at=NOW)

    kept = ProgrammeImport.objects.get()
    assert (kept.member, kept.imported_at, kept.filename, kept.new, kept.changed) == (ada, NOW, "p.csv", 1, 1)
    assert kept.understood == "The format “Workshop 60 min” is here: Workshop"
    assert kept.outcome.splitlines()[0] == "row 2: new: Welcome"
    assert kept.outcome.splitlines()[1].startswith("row 3: Clinic: ")
    assert "room: R7 → R1" in kept.outcome


@pytest.mark.slow
def test_a_host_who_can_be_reached_is_told_of_a_move_and_one_of_a_draft_is_not():
    event = make.event()
    rows = [CLINIC.replace("Bo; Cy", "Bo <bo@example.org>"), HUDDLE.replace("Cy", "Cy <cy@example.org>")]
    load(event, rows[0])
    load(event, *rows, publish=False)

    load(event, *[row.replace("T10:", "T14:").replace("T11:", "T15:") for row in rows], publish=False)

    told = list(Message.objects.filter(kind="session-changed").values_list("email", flat=True))
    moved = dict(Session.objects.values_list("title", "workshop__during"))
    assert {title: during.lower.hour for title, during in moved.items()} == {"Clinic": 14, "Huddle": 14}
    assert told == ["bo@example.org"]
