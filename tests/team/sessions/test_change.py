"""A change of a session is looked at before it is saved: whom it touches; what was seen is what is saved."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event, Session
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.sessions import changing
from tests.workshops.places import state
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import changes, foreseen
from workshops.programme.effects import FIELDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

SESSION = "/team/events/2026/sessions/huddle/"
PAGE = f"{SESSION}change/"
AFTER = timedelta(hours=4)
AFTERNOON = {"starts_at_1": "14:00", "ends_at_1": "15:00"}


def look(desk: Client, huddle: Session, **fields: str) -> Any:
    return desk.post(PAGE, changing.typed(huddle) | fields | {"act": "look"})


def save(desk: Client, huddle: Session, seen: str, **fields: str) -> Any:
    return desk.post(PAGE, changing.typed(huddle) | fields | {"act": "save", "seen": seen}, follow=True)


def now(huddle: Session) -> Session:
    return Session.objects.get(pk=huddle.pk)


def test_the_page_of_a_session_leads_to_it_and_nothing_is_saved_by_looking(desk, huddle):
    state.fill(huddle, waiting=1)
    make.host(huddle, "Hana")
    make.host(huddle, "Ian", email="")

    page = flat(look(desk, huddle, **AFTERNOON, room="Room 9").text)

    assert f'href="{PAGE}">Change time, room or places</a>' in flat(desk.get(SESSION).text)
    assert '<dt>Starts</dt><dd>Wed 18 Nov, 14:00 <span class="soft">(was Wed 18 Nov, 10:00)</span>' in page
    assert '<dt>Room</dt><dd>Room 9 <span class="soft">(was none)</span></dd>' in page
    assert "<li>Booked: 2</li><li>In line for a place: 1</li>" in page
    assert "Hosts and speakers: <bdi>Hana</bdi></li>" in page
    assert "Cannot be emailed: <bdi>Ian</bdi></li>" in page
    assert "Save it, and email 4 people" in page
    assert now(huddle).starts_at == huddle.starts_at
    assert not Message.objects.filter(kind="session-changed").exists()


def test_what_was_seen_is_saved_and_told(desk, huddle):
    state.fill(huddle)
    page = look(desk, huddle, **AFTERNOON)

    answer = save(desk, huddle, changing.seen(page), **AFTERNOON)

    assert "Saved." in answer.text
    assert now(huddle).starts_at == NOW.replace(day=18, hour=14)
    assert Message.objects.filter(kind="session-changed").count() == 2


def test_where_somebody_booked_meanwhile_it_is_shown_again_and_not_saved(desk, event, huddle):
    page = look(desk, huddle, **AFTERNOON)
    (ada,) = state.registered(event, "Ada")
    booking.book(huddle, ada, by=BY, at=NOW)

    answer = save(desk, huddle, changing.seen(page), **AFTERNOON)
    shown = now(huddle)
    again = save(desk, huddle, changing.seen(answer), **AFTERNOON)

    assert "Something has changed since you looked, so nothing is saved yet." in flat(answer.text)
    assert "Save it, and email 1 person" in flat(answer.text)
    assert shown.starts_at == huddle.starts_at
    assert "Saved." in again.text


def test_where_somebody_else_changed_the_session_meanwhile_nothing_is_saved(desk, huddle):
    page = look(desk, huddle, **AFTERNOON)
    Session.objects.filter(pk=huddle.pk).update(room="Room 3")

    answer = save(desk, huddle, changing.seen(page), **AFTERNOON)

    assert '<dt>Room</dt><dd>none <span class="soft">(was Room 3)</span></dd>' in flat(answer.text)
    assert (now(huddle).room, now(huddle).starts_at) == ("Room 3", huddle.starts_at)


def test_who_would_have_two_sessions_at_once_is_named(desk, event, huddle):
    ada, _ = state.registered(event, "Ada", "Bo")
    late = make.workshop(event, hour=14.5, title="Leading quietly")
    for one in (huddle, late):
        booking.book(one, ada, by=BY, at=NOW)

    page = look(desk, huddle, **AFTERNOON)

    assert "Who would have two sessions at once: 1" in page.text
    assert "<summary>“Leading quietly”: 1</summary>" in flat(page.text)
    assert "Undecided, they keep “Leading quietly”: <bdi>Ada</bdi>" in flat(page.text)
    assert "Both places stay theirs until Wednesday 4 November, 10:00" in flat(page.text)
    assert 'value="save"' in page.text
    saved = flat(save(desk, huddle, changing.seen(page), **AFTERNOON).text)
    assert (
        "Saved. Emailed: 1 person. 1 of them has two sessions at once, and is asked which they keep." in saved
    )
    assert now(huddle).starts_at != huddle.starts_at
    assert sorted(Booking.objects.values_list("status", flat=True)) == ["booked", "contested"]


def test_who_would_have_two_sessions_at_once_and_no_time_to_decide_keeps_it_where_it_is(desk, event, huddle):
    [ada] = state.registered(event, "Ada")
    late = make.workshop(event, hour=14.5, title="Leading quietly")
    for one in (huddle, late):
        booking.book(one, ada, by=BY, at=NOW)
    wanted = Session.objects.get(pk=huddle.pk)
    wanted.starts_at, wanted.ends_at = late.starts_at, late.ends_at

    seen = foreseen.look(wanted, None, at=found(late.starts_at))

    assert (seen.is_refused, [one.until for one in seen.clashes]) == (True, [None])


def test_what_was_to_decide_already_keeps_its_deadline_and_the_one_that_moves_stays(event, huddle):
    (ada,) = state.registered(event, "Ada")
    late = make.workshop(event, hour=14, title="Leading quietly")
    for one in (huddle, late):
        booking.book(one, ada, by=BY, at=NOW)
    changes.save_session(make.later(now(late), timedelta(hours=-4)), by=BY, at=NOW)
    contested = Booking.objects.get(session=late)
    wanted = make.later(Session.objects.select_related("event").get(pk=huddle.pk), timedelta(minutes=15))

    (clash,) = foreseen.look(wanted, None, at=NOW + timedelta(hours=5)).clashes

    assert (clash.until, clash.keeps, clash.others) == (contested.expires_at, [huddle], [late])
    changes.save_session(wanted, by=BY, at=NOW + timedelta(hours=5))
    contested.refresh_from_db()
    assert (contested.status, contested.expires_at) == ("contested", clash.until)


def test_who_would_host_one_session_and_have_a_place_in_another_is_told(desk, event, huddle):
    ada, bo = state.registered(event, "Ada", "Bo")
    late = make.workshop(event, hour=14, title="Letters")
    make.host(huddle, "Ada", member=ada.member)
    booking.book(late, ada, by=BY, at=NOW)
    booking.book(huddle, bo, by=BY, at=NOW)
    make.host(late, "Bo", member=bo.member)

    page = flat(look(desk, huddle, **AFTERNOON).text)

    assert "<li>Ada, who hosts or speaks here, has booked “Letters”.</li>" in page
    assert "<li>Bo, who has booked it, hosts or speaks in “Letters”.</li>" in page


def test_a_room_or_a_host_used_twice_is_told_where_it_was_not_so_before(desk, event, huddle):
    hana = make.host(huddle, "Hana")
    late = make.session(event, hour=14, title="Letters", room="Room 3")
    late.session_contributors.create(contributor=hana)
    make.session(event, hour=10, title="Of before", room="")

    page = flat(look(desk, huddle, **AFTERNOON, room="Room 3").text)

    assert "Hana is also in “Letters”, 14:00 to 15:00." in page
    assert "Room 3 is also the room of “Letters”, 14:00 to 15:00." in page
    assert "Of before" not in page


def test_a_time_outside_the_event_or_past_is_told(desk, huddle):
    past = {"starts_at_0": "2026-11-01", "ends_at_0": "2026-11-01"}

    page = flat(look(desk, huddle, **past).text)

    assert "It would be outside the days of the event." in page
    assert "It would have begun already, so nobody could book it any more." in page


def test_more_places_say_first_whose_turn_comes_and_why_one_is_held(desk, event, huddle):
    state.fill(huddle, waiting=3)
    first, second, _ = Booking.objects.waiting().filter(session=huddle)
    booking.book(make.workshop(event, title="Of that time"), second.registration, by=BY, at=NOW)

    page = look(desk, huddle, places="4")
    before = state.places(huddle)
    answer = save(desk, huddle, changing.seen(page), places="4")

    assert "Whose turn comes: 2" in page.text
    assert f"<li><bdi>{first.member}</bdi></li>" in flat(page.text)
    held = "A place would be held for them to decide: it overlaps “Of that time”."
    assert f"<li><bdi>{second.member}</bdi>. {held}</li>" in flat(page.text)
    assert before == (2, 0, 3)
    assert "Saved." in answer.text
    assert state.statuses(first, second) == ["booked", "offered"]


def test_an_empty_field_is_no_limit(desk, huddle):
    state.fill(huddle, waiting=1)
    page = look(desk, huddle, places="")

    save(desk, huddle, changing.seen(page), places="")

    assert state.places(huddle) == (3, 0, 0)


def test_who_left_the_line_meanwhile_has_no_turn_that_was_announced(desk, huddle):
    state.fill(huddle, waiting=1)
    page = look(desk, huddle, places="3")
    booking.cancel(Booking.objects.waiting().get(session=huddle), by=BY, at=NOW)

    answer = save(desk, huddle, changing.seen(page), places="3")

    assert "nothing is saved yet" in answer.text
    assert now(huddle).workshop.capacity == 2


def test_there_are_never_fewer_places_than_are_taken(desk, huddle):
    state.fill(huddle)

    assert "2 places are taken, so there cannot be fewer." in look(desk, huddle, places="1").text


def test_places_that_were_taken_while_the_page_was_read_are_kept(desk, event, huddle):
    page = look(desk, huddle, places="1")
    for one in state.registered(event, "Ada", "Bo"):
        booking.book(huddle, one, by=BY, at=NOW)

    answer = save(desk, huddle, changing.seen(page), places="1")

    assert "2 places are taken" in answer.text
    assert now(huddle).workshop.capacity == 2


def test_what_was_typed_comes_back_to_be_changed(desk, huddle):
    answer = desk.post(PAGE, changing.typed(huddle) | {"room": "Room 9", "act": "change"})

    assert 'value="Room 9"' in answer.text
    assert "See what it does" in answer.text


def test_nothing_different_is_nothing_to_save(desk, huddle):
    assert "Nothing is different yet" in look(desk, huddle).text


def test_a_session_ends_after_it_starts(desk, huddle):
    assert "It must end after it starts." in look(desk, huddle, ends_at_1="09:00").text


def test_a_session_that_people_do_not_book_is_moved_too(desk, event):
    open_one = make.session(event, slug="open")
    typed = changing.at(open_one) | AFTERNOON | {"room": "", "act": "look"}

    page = desk.post("/team/events/2026/sessions/open/change/", typed)

    assert "<dt>Starts</dt>" in page.text
    assert "<dt>Places</dt>" not in page.text


@pytest.mark.parametrize("fields", [{"starts_at": None, "ends_at": None}, {"status": "cancelled"}])
def test_what_has_no_time_or_does_not_take_place_is_not_moved(desk, event, fields):
    make.session(event, slug="other", **fields)

    assert desk.get("/team/events/2026/sessions/other/change/").status_code == 404
    assert "Change time" not in desk.get("/team/events/2026/sessions/other/").text


def test_support_looks_and_changes_nothing(huddle):
    assert people.reader(people.staff("Support")).get(PAGE).status_code == 403


def questions(event: Event, number: int) -> int:
    """How many queries it takes to say what a move does where so many clash, wait and host."""
    day = number % 2
    huddle = make.workshop(event, number, day=day)
    late = make.workshop(event, None, day=day, hour=14.5)
    for one in make.crowd(event, number):
        booking.book(huddle, one, by=BY, at=NOW)
        booking.book(late, one, by=BY, at=NOW)
        make.host(late, f"Host {one.pk}").sessions.add(huddle)
    crowd = make.crowd(event, number)
    for one in crowd:
        booking.book(huddle, one, by=BY, at=NOW)
    wanted = make.later(Session.objects.select_related("event", "workshop").get(pk=huddle.pk), AFTER)
    with CaptureQueriesContext(connection) as asked:
        found = foreseen.look(wanted, 3 * number, at=NOW)
    assert (len(found.clashes), len(found.twice), len(found.served)) == (number, number, number)
    return len(asked)


def test_saying_what_it_does_takes_as_many_queries_for_one_as_for_thirty(event):
    assert (questions(event, 1), questions(event, 30)) == (10, 10)


def test_what_runs_into_the_next_is_saved_and_the_next_is_to_be_decided(event, huddle):
    [ada] = state.registered(event, "Ada")
    follows = make.workshop(event, hour=11, title="Letters")
    for one in (huddle, follows):
        booking.book(one, ada, by=BY, at=NOW)
    wanted = Session.objects.get(pk=huddle.pk)
    wanted.ends_at = found(wanted.ends_at) + timedelta(minutes=10)

    seen = foreseen.look(wanted, None, at=found(wanted.starts_at) + timedelta(minutes=30))

    assert not seen.is_refused
    assert [(one.until, one.keeps) for one in seen.clashes] == [(follows.starts_at, [wanted])]


def test_more_places_can_be_given_while_people_join_the_line(event, huddle):
    state.fill(huddle, waiting=1)
    session = Session.objects.select_related("event", "workshop").get(pk=huddle.pk)
    seen = foreseen.look(session, 3, at=NOW).fingerprint
    booking.book(huddle, make.registration(event, make.member("Newcomer")), by=BY, at=NOW)

    foreseen.save(session, {name: getattr(session, name) for name in FIELDS}, 3, seen=seen, by=BY, at=NOW)

    assert Booking.objects.waiting().get().member.name == "Newcomer"


def test_a_move_at_an_event_that_is_called_off_is_asked_about_though_nobody_is_emailed(desk, huddle):
    state.fill(huddle)
    Event.objects.update(status="cancelled")
    wanted = make.later(Session.objects.get(pk=huddle.pk), AFTER)

    found_ = foreseen.look(wanted, None, at=NOW)
    page = flat(look(desk, huddle, **AFTERNOON).text)

    assert (found_.touches_others, found_.mailed) == (True, 0)
    assert "The event is called off: nobody is emailed of this." in page
    assert not Message.objects.filter(kind="session-changed").exists()
