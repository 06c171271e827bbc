"""What is done for a caller on their page: by the members' rules, for them, by whoever helps."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from events.models import AccessNeeds, Registration, Session
from members.models import Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def ada() -> Member:
    return make.member("Ada Byron")


@pytest.fixture
def registration(ada: Member) -> Registration:
    """Her registration for an event that takes bookings."""
    return make.registration(make.event(slug="2026", code_of_conduct="Be kind."), ada)


def press(client: Client, person: Member, act: str, **posted: object) -> str:
    """Press something on the page of a person; return what the next page says."""
    return flat(client.post(f"/team/people/{person.pk}/{act}/", posted, follow=True).text)


def on(session: Session, act: str) -> str:
    return f"sessions/{session.pk}/{act}"


def state(person: Member, session: Session) -> str:
    """What their latest booking of a session is."""
    return str(Booking.objects.filter(member=person, session=session).latest("pk").status)


def trail(person: Member) -> list[tuple[str, str]]:
    """What was done for a person, and by whom; oldest first."""
    names = dict(Member.objects.values_list("pk", "name"))
    rows = Entry.objects.filter(member_id=person.pk).order_by("pk")
    return [(one.act, names.get(one.actor_id or 0, one.via)) for one in rows]


def test_a_session_is_booked_for_them_by_whoever_helps_and_twice_is_once(desk, ada, registration):
    session = make.workshop(registration.event)

    said = press(desk, ada, on(session, "book"))
    press(desk, ada, on(session, "book"))

    assert f"{session.title}: booked for them." in said
    assert Booking.objects.count() == 1
    assert trail(ada) == [(Act.BOOKED, "Staff Support")]


def test_of_a_full_one_the_position_is_told(desk, ada, registration):
    session = make.workshop(registration.event, capacity=0)
    booking.book(session, make.registration(registration.event, make.member("Bo")), by=BY, at=NOW)

    assert "they are 2nd on the waiting list." in press(desk, ada, on(session, "book"))


def test_what_the_rule_refuses_is_said_of_them_never_of_you(desk, ada, registration):
    session = make.workshop(registration.event, booking_opens_at=NOW + timedelta(days=1))

    said = press(desk, ada, on(session, "book"))

    assert "Nothing has changed." in said
    assert "Booking has not opened" in said
    assert not Booking.objects.exists()


def test_a_swap_names_what_it_replaces_and_asks(desk, ada, registration):
    old, new = make.workshop(registration.event, title="Old"), make.workshop(registration.event, title="New")
    booking.book(old, registration, by=BY, at=NOW)

    asked = flat(desk.get(f"/team/people/{ada.pk}/{on(new, 'swap')}/").text)
    said = press(desk, ada, on(new, "swap"), replace=[old.pk])

    assert "They give up" in asked
    assert "Old," in asked
    assert "They gave up “Old”." in said
    assert (state(ada, old), state(ada, new)) == ("cancelled", "booked")


def test_a_swap_from_a_page_that_is_out_of_date_changes_nothing(desk, ada, registration):
    old, new = make.workshop(registration.event), make.workshop(registration.event)
    mine = make.workshop(registration.event, hour=15)
    booking.book(old, registration, by=BY, at=NOW)
    booking.book(mine, registration, by=BY, at=NOW)

    said = press(desk, ada, on(new, "swap"), replace=[mine.pk])
    unnamed = press(desk, ada, on(new, "swap"))

    assert "It is at the same time as" in said
    assert "It has changed since your page was loaded." in unnamed
    assert (state(ada, old), state(ada, mine)) == ("booked", "booked")


def test_an_offer_is_accepted_or_declined_for_them(desk, ada, registration):
    event = registration.event
    old, new = make.workshop(event, title="Old"), make.workshop(event, capacity=1)
    holder = booking.book(new, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(new, registration, by=BY, at=NOW)
    booking.book(old, registration, by=BY, at=NOW)
    booking.cancel(holder, by=BY, at=NOW)
    offered = Booking.objects.get(member=ada, session=new)

    asked = flat(desk.get(f"/team/people/{ada.pk}/{on(new, 'accept')}/").text)
    before = flat(desk.get(f"/team/people/{ada.pk}/{on(new, 'decline')}/").text)
    declined = press(desk, ada, on(new, "decline"))
    twice = press(desk, ada, on(new, "decline"))

    assert offered.status == "offered"
    assert "Old," in asked
    assert "The place goes to the next in line. They keep their turn." in before
    assert "declined for them" in declined
    assert "declined for them" in twice
    assert [act for act, _ in trail(ada)].count(Act.OFFER_DECLINED) == 1
    for act in ("accept", "decline"):
        assert "no longer open" in flat(desk.get(f"/team/people/{ada.pk}/{on(new, act)}/", follow=True).text)


def test_accepting_gives_up_what_the_page_has_named(desk, ada, registration):
    event = registration.event
    old, new = make.workshop(event), make.workshop(event, capacity=1)
    holder = booking.book(new, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(new, registration, by=BY, at=NOW)
    booking.book(old, registration, by=BY, at=NOW)
    booking.cancel(holder, by=BY, at=NOW)

    refused = press(desk, ada, on(new, "accept"))
    press(desk, ada, on(new, "accept"), replace=[old.pk, "x", "9" * 30])

    assert "at the same time" in refused
    assert (state(ada, old), state(ada, new)) == ("cancelled", "booked")


def test_a_place_is_given_up_after_saying_who_gets_it(desk, ada, registration):
    session = make.workshop(registration.event, capacity=1)
    booking.book(session, registration, by=BY, at=NOW)
    next_one = make.registration(registration.event, make.member("Bo"))
    booking.book(session, next_one, by=BY, at=NOW)

    asked = flat(desk.get(f"/team/people/{ada.pk}/{on(session, 'give-up')}/").text)
    said = press(desk, ada, on(session, "give-up"), seen="yours")
    again = press(desk, ada, on(session, "give-up"), seen="yours")

    assert "1 person waits for a place, and gets this one." in asked
    assert "their place is given up." in said
    assert "was given up already." in again
    assert state(next_one.member, session) == "booked"
    assert Booking.objects.get(member=ada).ended == Booking.Ended.BY_STAFF


def test_who_left_the_line_on_a_page_of_before_keeps_the_place_that_came(desk, ada, registration):
    event = registration.event
    session = make.workshop(event, capacity=1)
    holder = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(session, registration, by=BY, at=NOW)
    booking.cancel(holder, by=BY, at=NOW)

    said = press(desk, ada, on(session, "give-up"), seen="waiting")

    assert "It has changed since your page was loaded." in said
    assert state(ada, session) == "booked"


def test_leaving_a_line_asks_first_because_the_turn_is_lost(desk, ada, registration):
    session = make.workshop(registration.event, capacity=0)
    booking.book(session, registration, by=BY, at=NOW)

    asked = flat(desk.get(f"/team/people/{ada.pk}/{on(session, 'give-up')}/").text)
    nothing = press(desk, ada, on(session, "give-up"))
    before = state(ada, session)
    said = press(desk, ada, on(session, "give-up"), seen="waiting")

    assert "joining again is at the end of the line" in asked
    assert "It has changed since your page was loaded." in nothing
    assert (before, state(ada, session)) == ("waiting", "cancelled")
    assert "they left the waiting list." in said


def test_the_last_place_that_went_meanwhile_is_told_as_a_warning(desk, ada, registration):
    session = make.workshop(registration.event, capacity=1)
    booking.book(session, make.registration(registration.event, make.member("Bo")), by=BY, at=NOW)

    said = press(desk, ada, on(session, "book"), wanted="place")
    told = press(desk, make.registration(registration.event, make.member("Cy")).member, on(session, "book"))

    assert "the last place has just gone: they are 1st on the waiting list." in said
    assert "notice-warning" in said
    assert "notice-warning" not in told


def test_nothing_is_booked_for_a_closed_account_nor_given_up_once_it_has_begun(desk, ada, registration):
    hour = timedelta(hours=1)
    begun = make.workshop(registration.event, starts_at=NOW - hour, ends_at=NOW + hour)
    mine, other = make.workshop(registration.event), make.workshop(registration.event)
    booking.book(mine, registration, by=BY, at=NOW)

    started = desk.get(f"/team/people/{ada.pk}/{on(begun, 'give-up')}/", follow=True).text
    Member.objects.filter(pk=ada.pk).update(is_active=False)
    closed = press(desk, ada, on(other, "book"))
    page = desk.get(f"/team/people/{ada.pk}/").context["shown"]

    assert "has started, so what Ada Byron has there stays as it is." in flat(started)
    assert "is closed, so nothing is booked for them." in closed
    assert not Booking.objects.filter(session=other).exists()
    assert [line.buttons for line in page.in_event.lines] == [()]
    assert (page.may_change, page.in_event.may_change) == (False, False)


def test_a_session_without_places_has_no_acts(desk, ada, registration):
    open_to_all = make.session(registration.event)

    for act in ACTS:
        assert desk.post(f"/team/people/{ada.pk}/{on(open_to_all, act)}/").status_code == 404
    assert desk.get(f"/team/people/{ada.pk}/{on(open_to_all, 'swap')}/").status_code == 404


def test_who_is_emailed_is_said_only_where_an_email_reaches_them(desk):
    event = make.event(slug="2026")
    nia = Member.objects.create_user("nia@new.example", name="Nia", membership="active")

    said = press(desk, nia, "register/2026")

    assert "No email reaches them until they have confirmed nia@new.example: tell them." in said
    assert "We are emailing them" not in said
    assert Registration.objects.get(event=event).member == nia


def test_choices_are_made_and_taken_back_before_booking_opens(desk, ada):
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    make.registration(event, ada)
    session = make.workshop(event)

    chosen = press(desk, ada, on(session, "choose"))
    page = desk.get(f"/team/people/{ada.pk}/").context["shown"].in_event
    back = press(desk, ada, on(session, "unchoose"))

    assert "chosen for them." in chosen
    assert [button.label for button in page.lines[0].buttons] == ["Take out of their choices"]
    assert "taken out of their choices." in back
    assert not Booking.objects.exists()


def test_three_acts_in_one_call_are_told_in_one_letter(desk, ada, registration):
    first, second, third = (make.workshop(registration.event, hour=9 + 2 * n) for n in range(3))

    for session in (first, second, third):
        press(desk, ada, on(session, "book"))
    press(desk, ada, on(third, "give-up"), seen="yours")

    owed = Message.objects.filter(member=ada).values_list("kind", "state")
    assert list(owed) == [("changed-for-you", "queued")]


def test_sessions_are_found_by_words_of_their_title_with_places_and_lines(desk, ada, registration):
    event = registration.event
    river = make.workshop(event, title="Draw your ward as a rivière", capacity=5)
    make.workshop(event, title="Rota as kindness", capacity=0, hour=15)
    make.session(event, title="Welcome", hour=8)
    path = f"/team/people/{ada.pk}/programme/2026/"

    every, found = desk.get(path), desk.get(path, {"q": "RIVIERE draw"})
    nothing = flat(desk.get(path, {"q": "river bank"}).text)
    lines = [(one.session.title, one.places, one.buttons[0].label) for one in every.context["page"]]

    assert lines == [
        (river.title, "5 of 5 places left", "Book a place"),
        ("Rota as kindness", "Full", "Join the waiting list"),
    ]
    assert [one.session.title for one in found.context["page"]] == [river.title]
    assert 'value="RIVIERE draw"' in found.text
    assert "No session has these words" in nothing


def test_an_act_in_the_list_of_sessions_comes_back_to_it(desk, ada, registration):
    path = f"/team/people/{ada.pk}/programme/2026/"
    session = make.workshop(registration.event)

    there = desk.post(f"/team/people/{ada.pk}/{on(session, 'book')}/", {"next": path})
    elsewhere = desk.post(f"/team/people/{ada.pk}/{on(session, 'book')}/", {"next": "https://evil.example/"})

    assert there.headers["Location"] == path
    assert elsewhere.headers["Location"] == f"/team/people/{ada.pk}/?event=2026#event"


def test_who_is_not_registered_is_registered_first(desk, ada):
    event = make.event(slug="2026")
    session = make.workshop(event)

    said = flat(desk.get(f"/team/people/{ada.pk}/programme/2026/", follow=True).text)

    assert "is not registered for Event" in said
    assert desk.post(f"/team/people/{ada.pk}/{on(session, 'book')}/").status_code == 404


def test_a_caller_is_registered_once_they_have_heard_the_code_of_conduct(desk, ada):
    event = make.event(slug="2026", code_of_conduct="Be kind.")

    refused = press(desk, ada, "register/2026", needs="Captions")
    none_yet = Registration.objects.count()
    said = press(
        desk, ada, "register/2026", needs="Captions", consents="on", heard_conduct="on", share_with_hosts="on"
    )
    twice = press(desk, ada, "register/2026", needs="Captions", consents="on", heard_conduct="on")
    lost = press(desk, ada, "register/2026", needs="A step-free room", consents="on", heard_conduct="on")

    needs = AccessNeeds.objects.get()
    assert "Read the code of conduct to them first, then tick this." in refused
    assert (none_yet, Registration.objects.count()) == (0, 1)
    assert f"{event.title}: registered. They are told in one email" in said
    assert "is registered already." in twice
    assert "Nothing was saved, access needs neither" in lost
    assert "A step-free room</textarea>" in lost
    assert (needs.needs, needs.is_shared_with_hosts) == ("Captions", True)
    assert trail(ada) == [
        (Act.REGISTERED, "Staff Support"),
        (Act.NEEDS_KEPT, "Staff Support"),
        (Act.CONDUCT_BY_TELEPHONE, "Staff Support"),
        (Act.NEEDS_BY_TELEPHONE, "Staff Support"),
    ]
    assert Message.objects.filter(member=ada, kind="changed-for-you").count() == 1


def test_who_has_registered_themselves_did_not_accept_anything_by_telephone(desk, ada):
    event = make.event(slug="2026", code_of_conduct="Be kind.")
    make.registration(event, ada, code_of_conduct_accepted_at=NOW - timedelta(days=1))

    press(desk, ada, "register/2026", heard_conduct="on")

    assert trail(ada) == []


def test_where_an_event_has_no_code_nobody_is_asked_about_it(desk, ada):
    make.event(slug="2026")

    press(desk, ada, "register/2026")

    assert trail(ada) == [(Act.REGISTERED, "Staff Support")]


def test_a_registration_that_the_rule_refuses_is_said_of_them(desk):
    edith = make.member("Edith", membership="ended")
    make.event(slug="2026")

    said = press(desk, edith, "register/2026")

    assert "The membership of Edith has ended. Reinstate it, then register them." in said
    assert not Registration.objects.exists()


def test_a_registration_is_cancelled_after_naming_what_is_lost(desk, ada, registration):
    session = make.workshop(registration.event, title="River")
    booking.book(session, registration, by=BY, at=NOW)

    asked = flat(desk.get(f"/team/people/{ada.pk}/deregister/2026/").text)
    named = [one.pk for one in Booking.objects.filter(member=ada)]
    more = booking.book(make.workshop(registration.event, title="Rota", hour=15), registration, by=BY, at=NOW)
    news = press(desk, ada, "deregister/2026", lost=named)
    still = state(ada, session)
    said = press(desk, ada, "deregister/2026", lost=[*named, more.pk])
    again = press(desk, ada, "deregister/2026")

    assert "River: Booked" in asked
    assert "Their sessions have changed since your page was loaded." in news
    assert "Rota: Booked" in news
    assert still == "booked"
    assert "is cancelled. They are told in one email" in said
    assert "is not registered for" in again
    assert state(ada, session) == "cancelled"


def test_an_event_that_is_over_keeps_its_registrations(desk, ada):
    event = make.event(slug="2025", first_day=date(2025, 11, 1), last_day=date(2025, 11, 2))
    registration = make.registration(event, ada)

    said = press(desk, ada, "deregister/2025")

    registration.refresh_from_db()
    assert "is over, so the registration of Ada Byron stays as it is." in said
    assert registration.is_confirmed
    assert "Cancel the registration" not in desk.get(f"/team/people/{ada.pk}/?event=2025").text


def test_a_session_that_is_asked_for_says_why_it_cannot_be_booked(desk, ada, registration):
    event = registration.event
    hosted = make.workshop(event, title="Hosted river")
    make.host(hosted, "Ada", member=ada)
    make.session(event, title="Open river", hour=8)
    path = f"/team/people/{ada.pk}/programme/2026/"

    found = {line.session.title: line for line in desk.get(path, {"q": "river"}).context["page"]}
    unasked = [line.session.title for line in desk.get(path).context["page"]]

    assert (found["Hosted river"].word.label, found["Hosted river"].buttons) == ("They host this session", [])
    assert found["Open river"].says == "No need to book."
    assert unasked == []


def test_the_list_of_sessions_brings_back_its_page_and_words(desk, ada, registration):
    make.workshop(registration.event, title="River")

    page = flat(desk.get(f"/team/people/{ada.pk}/programme/2026/", {"q": "river"}).text)

    assert f'value="/team/people/{ada.pk}/programme/2026/?q=river"' in page


ACTS = ["book", "swap", "accept", "decline", "give-up", "choose", "unchoose"]


@pytest.mark.parametrize("act", ACTS)
def test_booking_for_people_is_for_who_may_book_for_people(ada, registration, act):
    session = make.workshop(registration.event)
    client = _with("events.view_session", "events.change_registration")

    assert client.post(f"/team/people/{ada.pk}/{on(session, act)}/").status_code == 403
    assert client.get(f"/team/people/{ada.pk}/programme/2026/").status_code == 403
    assert "Book a session for them" not in client.get(f"/team/people/{ada.pk}/").text


@pytest.mark.parametrize("act", ["register", "deregister"])
def test_registering_people_is_for_who_may_register_people(ada, registration, act):
    client = _with("events.view_session", "workshops.change_booking")

    assert client.post(f"/team/people/{ada.pk}/{act}/2026/").status_code == 403
    assert "Cancel the registration" not in client.get(f"/team/people/{ada.pk}/").text


def _with(*permissions: str) -> Client:
    """The browser of somebody who helps people, and may do this besides."""
    member = people.staff()
    for one in ("members.change_member", *permissions):
        app, _, codename = one.partition(".")
        member.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client = Client()
    client.force_login(member)
    return client
