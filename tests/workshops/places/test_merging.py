"""Two accounts are brought together: what becomes of registrations, bookings, turns in line and hosting."""

from datetime import timedelta

import pytest

from audit.models import Entry
from events import registration as registering
from events.models import AccessNeed, AccessNeeds, Contributor, Event, EventPlaces, Registration
from members.merging import act
from members.merging.proof import MergeRefused
from members.models import Member
from notifications.models import Message
from tests import invariants, letters, make
from tests.contracts import people
from tests.make import BY, NOW
from tests.members.merging.bringing import bring_together
from tests.workshops.places.state import full_with_line, places, statuses
from workshops.models import Booking
from workshops.places import booking, choices

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
Status = Booking.Status


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def by() -> Member:
    return people.staff("Support")


@pytest.fixture
def kept() -> Member:
    return make.member("Ada", email="ada@home.example")


@pytest.fixture
def ended() -> Member:
    return make.member("Ada Byron", email="ada@work.example")


def theirs(member: Member) -> dict[str, str]:
    """The live bookings of a member: title of the session → status."""
    return dict(Booking.objects.live().filter(member=member).values_list("session__title", "status"))


def registered(event: Event, *members: Member) -> list[Registration]:
    return [registering.register(event, one, by=BY, at=NOW) for one in members]


def needs(registration: Registration, words: str, *, shared: bool) -> None:
    """Tell a need in their own words."""
    told = AccessNeeds.objects.create(registration=registration)
    AccessNeed.objects.create(
        told=told,
        kind="other",
        words=words,
        is_shared_with_hosts=shared,
        asked_at=NOW,
        state_changed_at=NOW,
    )


def booked(session, registration, at=NOW) -> Booking:
    return booking.book(session, registration, by=BY, at=at)


def test_a_registration_goes_over_with_its_bookings_turn_and_needs(event, kept, ended, by):
    (hers,) = registered(event, ended)
    place, (bos,) = full_with_line(event, "Bo", title="Full")
    mine = make.workshop(event, hour=14, title="Rota")
    booked(place, hers), booked(mine, hers)
    needs(hers, "A chair", shared=True)

    bring_together(kept, ended, by=by)

    assert theirs(kept) == {"Full": "waiting", "Rota": "booked"}
    assert (theirs(ended), statuses(bos)) == ({}, ["waiting"])
    assert Registration.objects.get(member=kept, event=event).access_needs.needs == "A chair"
    assert not Registration.objects.filter(member=ended).exists()
    assert invariants.broken() == []


def test_of_two_registrations_the_better_remains_and_the_other_place_goes_to_the_line(kept, ended, by):
    event = make.event(capacity=2)
    registered(event, ended, kept)
    bo = make.member("Bo")
    registered(event, bo)

    bring_together(kept, ended, by=by)

    row = EventPlaces.objects.get(event=event)
    found = dict(Registration.objects.filter(event=event).values_list("member__name", "status"))
    assert (found.pop("Account brought together with another"), found) == (
        "cancelled",
        {"Ada": "confirmed", "Bo": "confirmed"},
    )
    assert Registration.objects.get(member=kept).ticket == 1
    assert (row.taken, row.held, row.line) == (2, 0, 0)


def test_the_earlier_turn_in_the_line_of_the_event_is_kept(kept, ended, by):
    event = make.event(capacity=1)
    cy, bo = make.member("Cy"), make.member("Bo")
    registered(event, bo, ended, cy, kept)

    bring_together(kept, ended, by=by)
    registering.cancel(Registration.objects.get(member=bo), by=BY, at=NOW)

    found = dict(Registration.objects.filter(event=event).values_list("member__name", "status"))
    assert (found["Ada"], found["Cy"]) == ("confirmed", "waiting")
    assert invariants.broken() == []


def test_in_one_session_a_place_is_better_than_a_turn_and_of_two_turns_the_earlier(event, kept, ended, by):
    mine, other = registered(event, kept, ended)
    one, (_, bos) = full_with_line(event, "Al", "Bo", title="Turns")
    booked(one, other), booked(one, mine)
    two = make.workshop(event, capacity=1, hour=14, title="Place")
    booked(two, mine), booked(two, other)

    bring_together(kept, ended, by=by)

    turn = Booking.objects.get(member=kept, session=one, status="waiting")
    assert theirs(kept) == {"Turns": "waiting", "Place": "booked"}
    assert (turn.ticket, places(one), places(two)) == (4, (1, 0, 3), (1, 0, 0))
    assert statuses(bos) == ["waiting"]
    assert invariants.broken() == []


def test_a_second_place_in_one_session_goes_to_who_waits_for_it(event, kept, ended, by):
    mine, other = registered(event, kept, ended)
    session = make.workshop(event, capacity=2, title="Rota")
    booked(session, other), booked(session, mine)
    bos = booked(session, make.registration(event, make.member("Bo")))

    bring_together(kept, ended, by=by)

    hers = Booking.objects.booked().get(member=kept)
    assert (theirs(kept), hers.ticket, statuses(bos)) == ({"Rota": "booked"}, 1, ["booked"])
    assert (places(session), invariants.broken()) == ((2, 0, 0), [])


def test_of_two_places_at_one_time_the_one_booked_first_stays_also_in_another_event(event, kept, ended, by):
    other_event = make.event()
    (mine,), (other,) = registered(event, kept), registered(other_event, ended)
    later = booked(make.workshop(event, title="Later"), mine, at=NOW + HOUR)
    first = booked(make.workshop(other_event, title="First", hour=10.5), other, at=NOW)

    bring_together(kept, ended, by=by)

    later.refresh_from_db()
    assert (theirs(kept), later.ended) == ({"First": "booked"}, "merged")
    assert (statuses(first), invariants.broken()) == (["booked"], [])


def test_what_they_host_with_either_takes_no_place(event, kept, ended, by):
    (mine,) = registered(event, kept)
    hosted = make.workshop(event, title="Hosted")
    make.host(hosted, "Ada B.", email=ended.email)
    booked(hosted, mine)
    said = [line.words for line in act.plan(kept, ended) if line.about.startswith("Hosted")]

    bring_together(kept, ended, by=by)

    host = Contributor.objects.get()
    assert said == ["Booked with ada@home.example: this ends, because they host it themselves."]
    assert (theirs(kept), host.member, host.email) == ({}, kept, "")
    assert places(hosted) == (0, 0, 0)


def test_what_waited_for_a_membership_is_confirmed_by_the_other_s(kept, by):
    event, soon = make.event(booking_opens_at=NOW + HOUR), make.event()
    waits = make.member("Ada", membership="waiting", email="a@waits.example")
    (hers,) = registered(event, waits)
    choices.choose(make.workshop(event, title="Rota"), hers, by=BY, at=NOW)
    registered(soon, kept)

    bring_together(waits, kept, by=by)

    waits.refresh_from_db()
    assert waits.is_member
    assert set(Registration.objects.filter(member=waits).values_list("status", flat=True)) == {"confirmed"}
    assert theirs(waits) == {"Rota": "chosen"}


def test_needs_of_both_are_kept_and_hosts_may_know_where_both_said_so(event, kept, ended, by):
    mine, other = registered(event, kept, ended)
    needs(mine, "A chair", shared=True)
    needs(other, "Breaks", shared=False)
    AccessNeed.objects.create(told_id=other.pk, kind="captions", asked_at=NOW, state_changed_at=NOW)

    bring_together(kept, ended, by=by)

    told = AccessNeeds.objects.get()
    own, captions = told.cases.order_by("pk")
    assert (own.words, own.is_shared_with_hosts) == ("A chair\n\nBreaks", False)
    assert captions.kind == "captions"
    assert told.registration.member == kept


def test_what_is_past_goes_over_too(kept, ended, by):
    over = make.event(first_day=NOW.date() - timedelta(days=9), last_day=NOW.date() - timedelta(days=8))
    past = [make.registration(over, one) for one in (kept, ended)]

    bring_together(kept, ended, by=by)

    assert [one.status for one in Registration.objects.order_by("pk")] == ["confirmed", "cancelled"]
    assert [one.member for one in past] == [kept, ended]


def test_each_booking_says_in_the_trail_what_became_of_it(event, kept, ended, by):
    mine, other = registered(event, kept, ended)
    session, moved = make.workshop(event), make.workshop(event, hour=14)
    booked(session, mine), booked(session, other), booked(moved, other)

    bring_together(kept, ended, by=by)

    rows = Entry.objects.filter(thing="workshops.booking", act__contains="merged").order_by("pk")
    assert [(one.act, one.actor_id) for one in rows] == [
        ("booking.ended-merged", by.pk),
        ("booking.merged", by.pk),
    ]


def test_words_that_come_to_an_answered_need_make_it_new_and_the_further_of_two_alike_stands(
    event, kept, ended, by
):
    mine, other = registered(event, kept, ended)
    for one, words in ((mine, "A chair"), (other, "Breaks")):
        needs(one, words, shared=True)
        AccessNeed.objects.create(told_id=one.pk, kind="captions", asked_at=NOW, state_changed_at=NOW)
    AccessNeed.objects.filter(told=mine.pk, kind="other").update(state="confirmed", answer_sent_at=NOW)
    AccessNeed.objects.filter(told=other.pk, kind="captions").update(state="confirmed")

    bring_together(kept, ended, by=by)

    found = {one.kind: (one.state, one.answer_sent_at) for one in AccessNeed.objects.all()}
    owed = Message.objects.get(kind="needs-answered")
    assert found == {"other": ("new", None), "captions": ("confirmed", None)}
    assert (owed.member, owed.payload) == (kept, {"registration": mine.pk})


def test_needs_that_are_too_long_together_are_refused_before_anything_is_done(event, kept, ended, by):
    mine, other = registered(event, kept, ended)
    needs(mine, "a" * 1500, shared=True)
    needs(other, "b" * 1500, shared=True)

    with pytest.raises(MergeRefused, match="too long to be kept as one"):
        bring_together(kept, ended, by=by)

    assert Member.objects.get(pk=ended.pk).is_active
    assert AccessNeed.objects.count() == 2


def test_all_of_the_agenda_is_told_to_the_address_that_stays(event, kept, ended, by):
    (hers,) = registered(event, ended)
    booked(make.workshop(event, title="Rota"), hers)
    letters.deliver(NOW + HOUR)

    bring_together(kept, ended, by=by, at=NOW + HOUR)

    told = [one for one in letters.deliver(NOW + 2 * HOUR) if "Rota" in one.body]
    assert [one.to for one in told] == [["ada@home.example"]]
