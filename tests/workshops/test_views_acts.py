"""The acts on one session over HTTP: with and without JavaScript, refusals, and what is nobody's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from tests import make
from tests.make import NOW
from workshops import booking
from workshops.models import Booking

pytestmark = pytest.mark.django_db
Status = Booking.Status
ACTS = ("book", "cancel", "swap", "choose", "unchoose", "accept", "decline")
ASKING = ("cancel", "swap", "accept")


@pytest.fixture(autouse=True)
def _now():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event():
    return make.event()


@pytest.fixture
def ada(event, client):
    """Ada's registration; she is logged in."""
    registration = make.registration(event, make.member("Ada"))
    client.force_login(registration.member)
    return registration


def url(session, act="book"):
    return reverse(f"workshops:{act}", args=[session.event.slug, session.slug])


def agenda_url(event):
    return reverse("workshops:agenda", args=[event.slug])


def status(session, registration):
    """The status of her live booking, or nothing."""
    live = Booking.objects.live().filter(session=session, registration=registration)
    return live.values_list("status", flat=True).first()


def press(client, session, act="book", **data):
    """Press a button without JavaScript and come back: where to, and the page."""
    response = client.post(url(session, act), data)
    assert response.status_code == 302, response
    return response.url, client.get(response.url).content.decode()


def htmx(client, session, act="book", target=None, **data):
    """Press a button with htmx; the answer."""
    headers = {"HX-Request": "true", "HX-Target": target or f"slot-{session.starts_at:%Y%m%d-%H%M}"}
    response = client.post(url(session, act), data, headers=headers)
    assert response.status_code == 200, response
    return response.content.decode()


def card(html, session):
    """The words of a session's card on a page."""
    found = re.search(rf'<article[^>]* id="session-{session.pk}">.*?</article>', html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else None


def fill(session, number=None):
    """Let others take all the places of a session, and ``number`` of them wait."""
    for one in make.crowd(session.event, session.workshop.capacity + (number or 0)):
        booking.book(session, one, at=NOW)


def test_a_place_is_booked_and_one_comes_back_to_the_card(client, event, ada):
    session = make.workshop(event)

    where, page = press(client, session, wanted="place")

    assert (where, status(session, ada)) == (f"{agenda_url(event)}#session-{session.pk}", Status.BOOKED)
    assert "Booked Give up my place" in card(page, session)


def test_pressing_twice_books_once(client, event, ada):
    session = make.workshop(event)

    press(client, session)
    press(client, session)

    assert [one.status for one in Booking.objects.all()] == [Status.BOOKED]


def test_losing_the_last_place_by_a_second_says_where_she_stands_and_what_there_is(client, event, ada):
    session = make.workshop(event, capacity=1)
    make.workshop(event, title="Plenty of room")
    fill(session, 2)

    _, page = press(client, session, wanted="place")

    words = card(page, session)
    assert "You are 3rd on the waiting list The last place has just gone. We will email you" in words
    assert "Places at this time: Plenty of room" in words
    assert "Leave the waiting list" in words


def test_joining_the_waiting_list_is_not_a_loss(client, event, ada):
    session = make.workshop(event, capacity=1)
    fill(session)

    _, page = press(client, session, wanted="line")

    assert "You are 1st on the waiting list We will email you" in card(page, session)


def test_a_place_that_has_just_come_free_is_said(client, event, ada):
    session = make.workshop(event)

    _, page = press(client, session, wanted="line")

    assert "Booked A place had just come free." in card(page, session)


def test_a_clash_says_with_what_and_offers_the_swap(client, event, ada):
    mine, other = make.workshop(event, title="Run charts"), make.workshop(event)
    booking.book(mine, ada, at=NOW)

    _, page = press(client, other, wanted="place")

    words = card(page, other)
    assert status(other, ada) is None
    assert "It is at the same time as “Run charts”." in words
    assert "Swap with “Run charts”" in words


def test_giving_up_a_place_that_nobody_waits_for_is_done_at_once(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, at=NOW)

    _, page = press(client, session, "cancel")

    assert status(session, ada) is None
    assert "You gave up your place. Book again" in card(page, session)


def test_giving_up_a_place_that_others_wait_for_asks_first(client, event, ada):
    session = make.workshop(event, capacity=1)
    booking.book(session, ada, at=NOW)
    for one in make.crowd(event, 12):
        booking.book(session, one, at=NOW)

    where, page = press(client, session, "cancel")

    assert (where, status(session, ada)) == (url(session, "cancel"), Status.BOOKED)
    assert "12 people are waiting for a place; you may not get it back." in page

    press(client, session, "cancel", sure="yes")

    assert status(session, ada) is None


def test_htmx_is_sent_to_the_page_that_asks(client, event, ada):
    session = make.workshop(event, capacity=1)
    booking.book(session, ada, at=NOW)
    booking.book(session, make.registration(event, make.member("Bo")), at=NOW)

    response = client.post(url(session, "cancel"), headers={"HX-Request": "true", "HX-Target": "slot-x"})

    assert response.headers["HX-Redirect"] == url(session, "cancel")
    assert status(session, ada) == Status.BOOKED


def test_the_page_that_asks_is_a_way_back_where_she_has_no_place(client, event, ada):
    session = make.workshop(event)
    booking.cancel(booking.book(session, ada, at=NOW), at=NOW)

    response = client.get(url(session, "cancel"))

    assert response.url == f"{agenda_url(event)}#session-{session.pk}"


def test_leaving_the_waiting_list_is_done_at_once(client, event, ada):
    session = make.workshop(event, capacity=1)
    fill(session, 3)
    booking.book(session, ada, at=NOW)

    _, page = press(client, session, "cancel")

    assert status(session, ada) is None
    assert "You left the waiting list." in card(page, session)


def test_giving_up_twice_is_harmless(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, at=NOW)

    press(client, session, "cancel")
    where, _ = press(client, session, "cancel")

    assert where == f"{agenda_url(event)}#session-{session.pk}"


def test_a_swap_names_all_that_it_replaces_and_then_does_it(client, event, ada):
    one, two = make.workshop(event, title="First hour"), make.workshop(event, hour=11, title="Second hour")
    long = make.workshop(event, hours=2, title="Two hours")
    for session in (one, two):
        booking.book(session, ada, at=NOW)

    asked = client.get(url(long, "swap")).content.decode()
    named = re.findall(r'name="replace" value="(\d+)"', asked)
    _, page = press(client, long, "swap", replace=named)

    assert named == [str(one.pk), str(two.pk)]
    assert [asked.count(title) > 0 for title in ("First hour", "Second hour", "Two hours")] == [True] * 3
    assert [status(session, ada) for session in (one, two, long)] == [None, None, Status.BOOKED]
    assert "You gave up “First hour” and “Second hour”." in card(page, long)


def test_a_swap_that_names_too_little_changes_nothing(client, event, ada):
    one, two = make.workshop(event), make.workshop(event, hour=11, title="Second hour")
    long = make.workshop(event, hours=2)
    for session in (one, two):
        booking.book(session, ada, at=NOW)

    _, page = press(client, long, "swap", replace=[one.pk])

    assert [status(session, ada) for session in (one, two, long)] == [Status.BOOKED, Status.BOOKED, None]
    assert "It is at the same time as “Second hour”." in card(page, long)


def test_a_swap_into_what_has_filled_up_keeps_the_old_place(client, event, ada):
    mine, other = make.workshop(event), make.workshop(event, capacity=1)
    booking.book(mine, ada, at=NOW)
    fill(other)

    _, page = press(client, other, "swap", replace=[mine.pk])

    assert [status(session, ada) for session in (mine, other)] == [Status.BOOKED, None]
    words = card(page, other)
    assert "The last place has gone. Your sessions stay as they were." in words
    assert "Join the waiting list" in words


def test_asking_about_a_swap_into_what_is_full_says_so(client, event, ada):
    mine, other = make.workshop(event), make.workshop(event, capacity=1)
    booking.book(mine, ada, at=NOW)
    fill(other)

    page = client.get(url(other, "swap"), follow=True).content.decode()

    assert "This session is full now. Your sessions stay as they are." in card(page, other)


def test_a_swap_with_nothing_to_replace_is_a_booking(client, event, ada):
    session = make.workshop(event)

    press(client, session, "swap", replace=["x", "99999999999999999999", "7"])

    assert status(session, ada) == Status.BOOKED
    assert client.get(url(session, "swap")).url == f"{agenda_url(event)}#session-{session.pk}"


def test_a_swap_never_gives_up_somebody_elses_place(client, event, ada):
    session, other = make.workshop(event), make.workshop(event)
    bo = make.registration(event, make.member("Bo"))
    booking.book(session, bo, at=NOW)

    press(client, other, "swap", replace=[session.pk])

    assert (status(session, bo), status(other, ada)) == (Status.BOOKED, Status.BOOKED)


def test_choosing_and_taking_out_before_booking_opens(client):
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    client.force_login(ada.member)

    _, page = press(client, session, "choose")
    assert (status(session, ada), "Chosen Take out of my choices" in card(page, session)) == ("chosen", True)

    press(client, session, "choose")
    _, page = press(client, session, "unchoose")
    assert (status(session, ada), "Choose" in card(page, session)) == (None, True)

    press(client, session, "unchoose")
    assert Booking.objects.count() == 0


def test_booking_before_opening_and_choosing_after_it_are_refused_in_words(client, event, ada):
    session = make.workshop(event, booking_opens_at=NOW + timedelta(seconds=1))
    _, page = press(client, session)
    assert "Booking has not opened yet." in card(page, session)

    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        _, page = press(client, session, "choose")

    assert "Booking has opened: book your place now." in card(page, session)
    assert status(session, ada) is None


@pytest.fixture
def offer(event, ada):
    """A place in a full session is held for Ada, who has booked another one at that time."""
    mine, full = make.workshop(event, title="Run charts"), make.workshop(event, capacity=1)
    bos = booking.book(full, make.registration(event, make.member("Bo")), at=NOW)
    booking.book(full, ada, at=NOW)
    booking.book(mine, ada, at=NOW)
    booking.cancel(bos, at=NOW)
    return mine, full


def test_accepting_names_what_it_replaces_and_then_does_it(client, ada, offer):
    _, full = offer

    asked = client.get(url(full, "accept")).content.decode()
    _, page = press(client, full, "accept", replace=re.findall(r'name="replace" value="(\d+)"', asked))

    assert "Run charts" in asked
    assert [status(session, ada) for session in offer] == [None, Status.BOOKED]
    assert "You gave up “Run charts”." in card(page, full)


def test_accepting_without_giving_anything_up_is_refused_in_words(client, ada, offer):
    _, full = offer

    _, page = press(client, full, "accept")

    assert [status(session, ada) for session in offer] == [Status.BOOKED, Status.OFFERED]
    assert "It is at the same time as “Run charts”." in card(page, full)


def test_an_offer_that_clashes_with_nothing_any_more_is_accepted_at_once(client, ada, offer):
    mine, full = offer
    press(client, mine, "cancel")

    press(client, full, "accept")

    assert status(full, ada) == Status.BOOKED


def test_declining_gives_the_place_to_the_next_and_one_can_ask_again(client, ada, offer):
    _, full = offer

    _, page = press(client, full, "decline")

    assert status(full, ada) == Status.PASSED
    words = card(page, full)
    assert "You declined the place. It goes to the next in line." in words
    assert "Ask again" in words


def test_declining_what_is_no_offer_any_more_says_so(client, ada, offer):
    mine, _ = offer

    _, page = press(client, mine, "decline")

    assert status(mine, ada) == Status.BOOKED
    assert "This offer is no longer open." in card(page, mine)


def test_an_offer_too_late_says_so(client, ada, offer):
    _, full = offer

    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        client.force_login(ada.member)
        _, page = press(client, full, "accept")

    assert "This offer is no longer open." in card(page, full)


def test_htmx_gets_the_slot_that_the_page_shows(client, event, ada):
    session, _other = make.workshop(event), make.workshop(event)

    answer = htmx(client, session)

    page = client.get(agenda_url(event)).content.decode()
    slot = f"slot-{session.starts_at:%Y%m%d-%H%M}"
    pattern = rf'<section class="timeline-slot agenda-slot" id="{slot}".*?</section>'
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    in_answer, in_page = (token.sub("", re.search(pattern, html, re.S)[0]) for html in (answer, page))
    assert in_answer == in_page
    assert answer.lstrip().startswith("<section")


def test_htmx_also_gets_the_summary_and_says_it_once_in_the_live_region(client, event, ada):
    session = make.workshop(event)

    answer = htmx(client, session)

    assert "<strong>1</strong> booked" in answer
    assert 'id="agenda-summary" data-key=' in answer
    assert '<div hx-swap-oob="beforeend:#messages"><p class="visually-hidden">Booked.</p></div>' in answer
    assert answer.count('visually-hidden">Booked.') == 1


def test_htmx_gets_the_other_slots_of_that_time_as_well(client, event, ada):
    session, later = make.workshop(event, hours=2), make.workshop(event, hour=11)
    away = make.workshop(event, hour=15)

    answer = htmx(client, session)

    slots = re.findall(r'id="(slot-[\d-]+)" [^>]*?(hx-swap-oob="outerHTML")?>', answer)
    assert slots == [("slot-20261118-1000", ""), ("slot-20261118-1100", 'hx-swap-oob="outerHTML"')]
    assert card(answer, later) is not None
    assert card(answer, away) is None


def test_htmx_elsewhere_gets_the_state_alone(client, event, ada):
    session = make.workshop(event)
    page = session.get_absolute_url()

    answer = htmx(client, session, target=f"booking-{session.pk}", next=page)

    assert answer.lstrip().startswith(f'<div class="booking is-yours" id="booking-{session.pk}">')
    assert f'<input type="hidden" name="next" value="{page}">' in answer
    assert "agenda-slot" not in answer


def test_htmx_is_told_a_refusal_like_everybody(client, event, ada):
    mine, other = make.workshop(event, title="Run charts"), make.workshop(event)
    booking.book(mine, ada, at=NOW)

    answer = htmx(client, other)

    assert answer.count("It is at the same time as “Run charts”.") == 2


def test_one_comes_back_to_the_page_on_which_one_pressed(client, event, ada):
    session = make.workshop(event)
    page = f"{reverse('events:programme', args=[event.slug])}?format=workshop"

    where, shown = press(client, session, next=page)

    assert where == f"{page}#session-{session.pk}"
    assert "Booked." in shown


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_one_is_never_sent_to_another_site(client, event, ada, page):
    session = make.workshop(event)

    where, _ = press(client, session, next=page)

    assert where == f"{agenda_url(event)}#session-{session.pk}"


@pytest.mark.parametrize("act", ACTS)
def test_a_visitor_logs_in_first_and_comes_to_the_page(client, event, act):
    session = make.workshop(event)

    plain = client.post(url(session, act))
    htmx = client.post(url(session, act), {"next": "/events/"}, headers={"HX-Request": "true"})

    assert plain.url == f"/accounts/login/?next={agenda_url(event)}"
    assert htmx.headers["HX-Redirect"] == "/accounts/login/?next=/events/"


@pytest.mark.parametrize("act", ACTS)
def test_who_is_not_registered_is_told_how_to(client, event, act):
    session = make.workshop(event)
    client.force_login(make.member("Bo"))

    response = client.post(url(session, act), follow=True)
    htmx = client.post(url(session, act), headers={"HX-Request": "true"})

    assert "Register for the event" in response.content.decode()
    assert htmx.headers["HX-Redirect"] == agenda_url(event)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("act", ACTS)
def test_who_is_not_confirmed_yet_is_told_what_she_waits_for(client, event, ada, act):
    session = make.workshop(event)
    type(ada).objects.update(status="received")

    htmx = client.post(url(session, act), headers={"HX-Request": "true"})

    assert htmx.headers["HX-Redirect"] == agenda_url(event)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("act", [act for act in ACTS if act not in ASKING])
def test_a_get_changes_nothing(client, event, ada, act):
    assert client.get(url(make.workshop(event), act)).status_code == 405


@pytest.mark.parametrize("act", ASKING)
def test_a_page_that_asks_changes_nothing(client, event, ada, offer, act):
    before = list(Booking.objects.order_by("pk").values())

    for session in offer:
        client.get(url(session, act))

    assert list(Booking.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("act", ACTS)
def test_what_is_not_there_is_not_found(client, event, ada, act):
    draft = make.workshop(event, status="draft")
    elsewhere = make.workshop(make.event())
    addresses = [
        reverse(f"workshops:{act}", args=[event.slug, slug])
        for slug in ("nothing", draft.slug, elsewhere.slug)
    ]
    addresses.append(reverse(f"workshops:{act}", args=["nothing", draft.slug]))

    assert [client.post(address).status_code for address in addresses] == [404] * 4


@pytest.mark.parametrize("act", ["cancel", "accept", "decline"])
def test_somebody_elses_booking_is_not_found(client, event, ada, act):
    session = make.workshop(event)
    bo = make.registration(event, make.member("Bo"))
    booking.book(session, bo, at=NOW)

    assert client.post(url(session, act)).status_code == 404
    assert status(session, bo) == Status.BOOKED


@pytest.mark.parametrize("act", ["swap", "cancel", "accept"])
def test_asking_about_a_session_without_places_is_no_error(client, event, ada, act):
    plenary = make.session(event, format="plenary")

    assert client.get(url(plenary, act)).status_code in (302, 404)
    assert client.post(url(plenary, act)).status_code in (302, 404)


def test_an_address_in_any_script_works(client, event, ada):
    session = make.workshop(event, slug="améliorer-les-soins", title="Améliorer les soins")

    press(client, session)

    assert status(session, ada) == Status.BOOKED
