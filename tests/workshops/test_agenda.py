"""What each session is to a reader, and how her agenda is arranged."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests import make
from tests.make import NOW
from workshops import agenda, booking, choices
from workshops.models import Booking, Workshop

pytestmark = pytest.mark.django_db
Status = Booking.Status


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def ada_at(event, name="Ada", **fields):
    """Ada's registration, with the event and her loaded as the page has them."""
    return make.registration(event, make.member(name, **fields))


def crowd(event, session, number):
    """Fill ``session`` with other people."""
    for one in make.crowd(event, number):
        booking.book(session, one, at=NOW)


def state(session, registration, at=NOW):
    """What ``session`` is to her now."""
    return agenda.all_states(registration, at=at)[session.pk]


def shown(session, registration, at=NOW):
    """The words of a state: tone, label, places, and the labels of its buttons."""
    one = state(session, registration, at)
    return one.tone, one.label, one.places, [button.label for button in one.buttons]


def test_a_session_with_places_can_be_booked():
    event = make.event()
    session = make.workshop(event, capacity=20)
    ada = ada_at(event)
    crowd(event, session, 12)

    assert shown(session, ada) == ("", "", "8 of 20 places left", ["Book a place"])


def test_one_place_is_one_place():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada = ada_at(event)

    assert state(session, ada).places == "1 of 1 place left"


def test_a_session_without_limit_says_so():
    event = make.event()
    session = make.workshop(event, capacity=None)
    ada = ada_at(event)

    assert shown(session, ada) == ("", "", "No limit", ["Book a place"])


def test_a_full_session_says_how_many_wait():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada = ada_at(event)
    crowd(event, session, 5)

    assert shown(session, ada) == ("", "", "Full. 4 waiting", ["Join the waiting list"])


def test_what_is_booked_can_be_given_up():
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    booking.book(session, ada, at=NOW)

    assert shown(session, ada) == ("yours", "Booked", "", ["Give up my place"])
    assert [button.is_page for button in state(session, ada).buttons] == [False]


def test_giving_up_what_others_wait_for_asks_first():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada = ada_at(event)
    booking.book(session, ada, at=NOW)
    crowd(event, session, 1)

    assert [button.is_page for button in state(session, ada).buttons] == [True]


def test_what_she_gave_up_she_can_book_again():
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    booking.cancel(booking.book(session, ada, at=NOW), at=NOW)

    assert shown(session, ada) == ("", "", "5 of 5 places left", ["Book again"])


def test_who_waits_knows_her_position_and_where_there_are_places_instead():
    event = make.event()
    full, free, later = make.workshop(event, capacity=1), make.workshop(event), make.workshop(event, hour=15)
    ada = ada_at(event)
    crowd(event, full, 3)
    booking.book(full, ada, at=NOW)

    assert shown(full, ada) == (
        "waiting",
        "You are 3rd on the waiting list",
        "Full. 3 waiting",
        ["Leave the waiting list"],
    )
    assert state(full, ada).instead == (free,)
    assert later not in state(full, ada).instead


def test_what_clashes_with_a_place_offers_a_swap():
    event = make.event()
    mine, other = make.workshop(event, title="Run charts"), make.workshop(event)
    ada = ada_at(event)
    booking.book(mine, ada, at=NOW)

    assert shown(other, ada)[3] == ["Swap with “Run charts”"]
    assert state(other, ada).buttons[0].is_page


def test_a_long_session_offers_to_replace_several():
    event = make.event()
    one, two = make.workshop(event, hour=10), make.workshop(event, hour=11)
    long = make.workshop(event, hour=10, hours=2)
    ada = ada_at(event)
    for session in (one, two):
        booking.book(session, ada, at=NOW)

    assert shown(long, ada)[3] == ["Swap with 2 sessions"]


def test_a_full_session_that_clashes_can_be_waited_for():
    event = make.event()
    mine, full = make.workshop(event), make.workshop(event, capacity=1)
    ada = ada_at(event)
    booking.book(mine, ada, at=NOW)
    crowd(event, full, 1)

    assert shown(full, ada)[3] == ["Join the waiting list"]


def test_touching_ends_do_not_clash():
    event = make.event()
    first, second = make.workshop(event, hour=10), make.workshop(event, hour=11)
    ada = ada_at(event)
    booking.book(first, ada, at=NOW)

    assert shown(second, ada)[3] == ["Book a place"]


def test_a_place_in_another_event_at_that_time_is_named_and_not_swapped():
    event, other = make.event(), make.event()
    session, elsewhere = make.workshop(event), make.workshop(other, title="Elsewhere")
    ada = ada_at(event)
    booking.book(elsewhere, make.registration(other, ada.member), at=NOW)

    assert state(session, ada).says == "At the same time as “Elsewhere”, which you have booked."
    assert state(session, ada).buttons == ()


def test_an_offer_says_until_when_and_what_it_would_replace():
    event = make.event()
    mine, full = make.workshop(event, title="Run charts"), make.workshop(event, capacity=1)
    ada = ada_at(event)
    bos = booking.book(full, make.registration(event, make.member("Bo")), at=NOW)
    booking.book(full, ada, at=NOW)
    booking.book(mine, ada, at=NOW)
    booking.cancel(bos, at=NOW)

    one = state(full, ada)

    assert (one.tone, one.label, one.until) == (
        "offered",
        "A place is held for you",
        NOW + timedelta(hours=24),
    )
    assert one.says.startswith("It is at the same time as “Run charts”.")
    assert [(button.label, button.is_page) for button in one.buttons] == [
        ("Accept", True),
        ("Decline", False),
    ]


def test_an_offer_whose_deadline_has_come_can_be_asked_for_again():
    event = make.event()
    mine, full = make.workshop(event), make.workshop(event, capacity=1)
    ada = ada_at(event)
    bos = booking.book(full, make.registration(event, make.member("Bo")), at=NOW)
    booking.book(full, ada, at=NOW)
    booking.book(mine, ada, at=NOW)
    booking.cancel(bos, at=NOW)

    assert shown(full, ada, at=NOW + timedelta(hours=24))[3] == ["Ask again", "Leave the waiting list"]


def test_before_booking_opens_she_chooses():
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session, other = make.workshop(event, title="First"), make.workshop(event)
    ada = ada_at(event)
    assert shown(session, ada)[3] == ["Choose"]

    choices.choose(session, ada, at=NOW)
    choices.choose(other, ada, at=NOW + timedelta(minutes=1))

    assert shown(session, ada) == ("yours", "Chosen", "5 of 5 places left", ["Take out of my choices"])
    assert state(other, ada).says == "At the same time as “First”, which you chose before it."


def test_at_the_second_of_opening_a_choice_can_be_booked():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = ada_at(event)
    choices.choose(session, ada, at=NOW - timedelta(seconds=1))

    assert shown(session, ada, at=NOW)[1:] == (
        "Chosen, not booked yet",
        "5 of 5 places left",
        ["Book a place", "Take out of my choices"],
    )


def test_a_session_that_opens_at_a_moment_of_its_own_says_when():
    event = make.event()
    session = make.workshop(event, booking_opens_at=NOW + timedelta(days=2))
    ada = ada_at(event)

    assert state(session, ada).opens_at == NOW + timedelta(days=2)


def test_after_closing_and_after_the_start_there_is_nothing_to_press():
    event = make.event(booking_closes_at=NOW + timedelta(hours=1))
    session = make.workshop(event)
    ada = ada_at(event)

    closed = state(session, ada, at=NOW + timedelta(hours=1))
    started = state(session, ada, at=session.starts_at)

    assert (closed.says, closed.buttons) == ("Booking for this session has closed.", ())
    assert (started.says, started.buttons) == ("This session has started, so booking has closed.", ())


def test_a_place_can_be_given_up_after_closing_but_not_after_the_start():
    event = make.event(booking_closes_at=NOW + timedelta(hours=1))
    session = make.workshop(event)
    ada = ada_at(event)
    booking.book(session, ada, at=NOW)

    assert shown(session, ada, at=NOW + timedelta(hours=2))[3] == ["Give up my place"]
    assert shown(session, ada, at=session.starts_at) == ("yours", "Booked", "", [])


def test_what_she_hosts_is_in_her_agenda_and_keeps_her_busy():
    event = make.event()
    hosted, other = make.workshop(event, title="Hers"), make.workshop(event)
    ada = ada_at(event)
    make.host(hosted, "Ada", member=ada.member)

    assert shown(hosted, ada) == ("yours", "You host this session", "5 of 5 places left", [])
    assert state(other, ada).says == "At the same time as “Hers”, which you host."


def test_what_needs_no_booking_is_there_by_itself():
    event = make.event()
    plenary = make.session(event, format="plenary")
    ada = ada_at(event)

    assert shown(plenary, ada) == ("", "Open to everyone", "", [])


def test_a_cancelled_session_is_told_to_those_who_had_it_only():
    event = make.event()
    session = make.workshop(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    booked = booking.book(session, ada, at=NOW)
    type(session).objects.filter(pk=session.pk).update(status="cancelled")
    Booking.objects.filter(pk=booked.pk).update(status="cancelled", ended="session")

    assert shown(session, ada) == ("cancelled", "Cancelled", "", [])
    assert agenda.all_states(bo, at=NOW) == {}


def test_a_slot_shows_hers_then_the_choices_and_folds_what_clashes():
    event = make.event()
    plenary = make.session(event, hour=9, format="plenary")
    mine, other = make.workshop(event), make.workshop(event)
    free, line = make.workshop(event, hour=14), make.workshop(event, hour=14, capacity=1)
    ada = ada_at(event)
    crowd(event, line, 1)
    booking.book(mine, ada, at=NOW)
    booking.book(line, ada, at=NOW)

    slots = [
        [[card.session for card in cards] for cards in (slot.hers, slot.choices, slot.others)]
        for slot in agenda.read(ada, at=NOW).slots
    ]

    assert slots == [[[plenary], [], []], [[mine], [], [other]], [[], [free, line], []]]


def test_a_choice_stays_where_it_stands():
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    sessions = [make.workshop(event) for _ in range(3)]
    ada = ada_at(event)
    choices.choose(sessions[1], ada, at=NOW)

    (slot,) = agenda.read(ada, at=NOW).slots

    assert [card.session for card in slot.choices] == sessions


def test_times_stand_in_the_events_zone_with_hers_beside():
    event = make.event()
    make.workshop(event, hours=1.5)
    ada = ada_at(event, time_zone="America/New_York")

    (slot,) = agenda.read(ada, at=NOW).slots

    assert (slot.title, slot.note) == ("10:00 to 11:30", "05:00 to 06:30 for you")


def test_the_summary_counts_what_she_has():
    event = make.event()
    mine, line = make.workshop(event), make.workshop(event, hour=14, capacity=1)
    ada = ada_at(event)
    crowd(event, line, 1)
    booking.book(mine, ada, at=NOW)
    booking.book(line, ada, at=NOW)

    summary = agenda.read(ada, at=NOW).summary

    assert (summary.booked, [one.session for one in summary.waiting], summary.chosen) == (1, [line], 0)


def test_a_key_changes_with_the_buttons_and_not_with_the_number_of_places():
    event = make.event()
    session = make.workshop(event, capacity=3)
    ada = ada_at(event)
    keys = []
    for number in (1, 1, 1, 1):
        keys.append(agenda.read(ada, at=NOW).slots[0].key)
        crowd(event, session, number)

    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_somebody_else_is_not_in_her_agenda_and_keeps_nobody_else_busy():
    event = make.event()
    session, other = make.workshop(event), make.workshop(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    booking.book(session, bo, at=NOW)

    assert shown(session, ada)[1] == ""
    assert shown(other, ada)[3] == ["Book a place"]


def test_joining_details_are_for_those_who_booked():
    event = make.event()
    session, plenary = make.workshop(event, capacity=1), make.session(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    booking.book(session, ada, at=NOW)
    booking.book(session, bo, at=NOW)
    session = type(session).objects.get(pk=session.pk)

    answers = [agenda.may_join(session, one) for one in (ada, bo)]

    assert answers == [True, False]
    assert agenda.may_join(plenary, ada) is None


@pytest.mark.parametrize(("sessions", "booked"), [(20, 4), (300, 40)])
def test_reading_costs_the_same_however_long_it_is(sessions, booked, django_assert_num_queries):
    event = make.event(last_day=make.event().first_day + timedelta(days=30))
    ada = ada_at(event)
    many = [make.session(event, day=n // 10, hour=8 + n % 10) for n in range(sessions)]
    Workshop.objects.bulk_create(
        Workshop(session=one, capacity=5, during=(one.starts_at, one.ends_at)) for one in many
    )
    for one in many[:booked]:
        booking.book(one, ada, at=NOW)
    agenda.read(ada, at=NOW)

    with django_assert_num_queries(3):
        agenda.read(ada, at=NOW)


def test_a_slot_that_falls_into_a_long_session_says_so():
    event = make.event()
    long, inside = make.workshop(event, hours=3), make.workshop(event, hour=11)
    ada = ada_at(event)
    booking.book(long, ada, at=NOW)

    slots = agenda.read(ada, at=NOW).slots

    assert [slot.busy_with for slot in slots] == [[], [long]]
    assert [card.session for card in slots[1].others] == [inside]


def test_one_session_is_the_same_alone_as_among_all():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    full, meanwhile = make.workshop(event, capacity=0), make.workshop(event, hours=2)
    touching, later = make.workshop(event, hour=9), make.workshop(event, hour=15)
    booking.book(full, ada, at=NOW)

    alone = agenda.all_states(ada, at=NOW, around=full)

    everything = agenda.all_states(ada, at=NOW)
    assert alone == {pk: everything[pk] for pk in (full.pk, meanwhile.pk)}
    assert alone[full.pk].instead == (meanwhile,)
    assert {touching.pk, later.pk} < set(everything)


def test_an_on_demand_session_alone_is_nothing_to_her():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    film = make.session(event, starts_at=None, ends_at=None)

    assert agenda.all_states(ada, at=NOW, around=film) == {}
