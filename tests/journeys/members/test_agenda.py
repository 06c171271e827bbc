"""The agenda in a real Chromium: with JavaScript, without it, by keyboard alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.journeys.an_event import TITLES, fill, session
from tests.journeys.keyboard import outcome
from tests.make import BY
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def card(page, event, title):
    return page.locator(f"#session-{session(event, title).pk}")


def press(page, event, title, label):
    one = card(page, event, title)
    unfold = one.locator("details:not([open]) > summary")
    if unfold.count():
        unfold.click()
    one.get_by_role("button", name=label).click()


def statuses(registration):
    live = Booking.objects.live().filter(registration=registration).order_by("pk")
    return [(one.session.title, one.status) for one in live.select_related("session")]


def test_booking_answers_in_place_and_keeps_the_focus(event, ada, agenda, open_as):
    page = open_as(ada, agenda)

    press(page, event, "Run charts", "Book a place")

    card(page, event, "Run charts").get_by_text("Booked", exact=True).wait_for()
    assert page.url == agenda
    assert outcome(page) == "Booked, Run charts"
    assert page.locator("#messages").inner_text().strip() == ""
    assert page.locator("#agenda-summary").get_by_text("1 booked").is_visible()
    assert page.get_by_text("Other sessions at this time").is_visible()
    assert statuses(ada) == [("Run charts", "booked")]


def test_giving_up_offers_to_book_again(event, ada, agenda, open_as):
    booking.book(session(event, "Run charts"), ada, by=BY, at=timezone.now())
    page = open_as(ada, agenda)

    press(page, event, "Run charts", "Give up my place")
    card(page, event, "Run charts").get_by_text("You gave up your place.").wait_for()
    press(page, event, "Run charts", "Book again")

    card(page, event, "Run charts").get_by_text("Booked", exact=True).wait_for()
    assert statuses(ada) == [("Run charts", "booked")]


def test_losing_the_last_place_by_a_second_is_no_dead_end(event, ada, agenda, open_as):
    page = open_as(ada, agenda)
    fill(event, "Run charts", waiting=2)

    press(page, event, "Run charts", "Book a place")

    lost = card(page, event, "Run charts")
    lost.get_by_text("The last place has just gone.").wait_for()
    assert lost.get_by_text("You are 3rd on the waiting list").is_visible()
    assert lost.get_by_role("link", name="Pathways").is_visible()
    assert outcome(page) == "You are 3rd on the waiting list, Run charts"


def test_a_swap_asks_on_a_page_and_comes_back_to_the_card(event, ada, agenda, open_as):
    booking.book(session(event, "Run charts"), ada, by=BY, at=timezone.now())
    page = open_as(ada, agenda)

    page.get_by_text("Other sessions at this time").click()
    card(page, event, "Pathways").get_by_role("link", name="Swap with “Run charts”").click()
    page.get_by_role("button", name="Swap").click()

    card(page, event, "Pathways").get_by_text("You gave up “Run charts”.").wait_for()
    assert page.url == f"{agenda}#booking-{session(event, 'Pathways').pk}"
    assert statuses(ada) == [("Pathways", "booked")]


def test_giving_up_what_others_wait_for_asks_first(event, ada, agenda, open_as):
    booking.book(session(event, "Run charts"), ada, by=BY, at=timezone.now())
    page = open_as(ada, agenda)
    fill(event, "Run charts", waiting=0)

    press(page, event, "Run charts", "Give up my place")
    page.get_by_text("1 person is waiting for a place; you may not get it back.").wait_for()
    page.get_by_role("button", name="Give up my place").click()

    card(page, event, "Run charts").get_by_text("You gave up your place.").wait_for()
    assert statuses(ada) == []


def test_places_follow_by_themselves_but_never_under_the_focus(event, ada, agenda, open_as):
    page = open_as(ada, agenda)
    page.clock.install()
    page.reload()
    button = card(page, event, "Afternoon one").get_by_role("button")
    button.focus()

    fill(event, "Run charts")
    fill(event, "Afternoon one", waiting=1)
    page.clock.run_for(31_000)

    card(page, event, "Run charts").get_by_role("button", name="Join the waiting list").wait_for()
    assert card(page, event, "Afternoon one").get_by_text("Full. 1 waiting").is_visible()
    assert button.inner_text().startswith("Book a place")

    page.locator("h1").click()
    button.blur()
    page.clock.run_for(31_000)

    card(page, event, "Afternoon one").get_by_role("button", name="Join the waiting list").wait_for()


def test_an_offer_appears_and_only_its_slot_is_asked_for(event, ada, agenda, open_as):
    fill(event, "Run charts")
    for title in ("Pathways", "Run charts"):
        booking.book(session(event, title), ada, by=BY, at=timezone.now())
    page = open_as(ada, agenda)
    page.clock.install()
    page.reload()
    with page.expect_response("**/agenda/parts/**"):
        page.clock.run_for(31_000)
    asked = []
    page.on("request", lambda one: asked.append(one.url))

    others = Booking.objects.booked().filter(session__title="Run charts")
    booking.cancel(others[0], by=BY, at=timezone.now())
    page.clock.run_for(31_000)

    card(page, event, "Run charts").get_by_role("link", name="Accept").wait_for()
    assert [one.split("/agenda/")[1].partition("?")[0] for one in asked] == ["places/", "parts/"]
    slots = event.sessions.order_by("starts_at").values_list("starts_at", flat=True)
    assert [f"slot-{one:%Y%m%d-%H%M}" in asked[1] for one in sorted(set(slots))] == [False, True, False]


def test_an_older_answer_of_another_process_is_not_shown(event, ada, agenda, open_as):
    one = session(event, "Run charts")
    page = open_as(ada, agenda)
    page.clock.install()
    page.reload()
    with page.expect_response("**/agenda/places/**"):
        page.clock.run_for(31_000)
    event.refresh_from_db()
    old = {"words": "Old", "heard": ", old", "full": False, "turn": 0}
    older = {"read": 1, "programme": event.version, "sessions": {str(one.pk): old}}
    page.route("**/agenda/places/**", lambda route: route.fulfill(json=older))

    with page.expect_response("**/agenda/places/**"):
        page.clock.run_for(31_000)
    page.evaluate("(url) => fetch(url).then((one) => one.text())", agenda)

    assert page.locator(f"#booking-{one.pk}-places").inner_text() == "3 of 3 places left"


def test_the_days_at_a_glance_follow_what_is_pressed_and_what_others_do(event, ada, agenda, open_as):
    page = open_as(ada, agenda)
    page.clock.install()
    page.reload()
    glance = page.get_by_role("navigation", name="Your days at a glance")
    lines = glance.get_by_role("listitem")
    lines.filter(has_text="4 sessions to choose from").wait_for()

    press(page, event, "Run charts", "Book a place")
    lines.filter(has_text="Run charts").get_by_text("Booked").wait_for()

    fill(event, "Afternoon one", waiting=1)
    page.locator("h1").click()
    page.clock.run_for(31_000)

    lines.filter(has_text="2 sessions to choose from").get_by_text("1 with places").wait_for()
    assert lines.count() == 3


def test_at_the_minute_the_choices_can_be_booked_without_loading_the_page(live_server, open_as):
    opens = timezone.now() + timedelta(seconds=8)
    day = (timezone.now() + timedelta(days=14)).date()
    event = make.event(first_day=day, last_day=day, booking_opens_at=opens)
    make.workshop(event, title="Pathways")
    ada = make.registration(event, make.member("Ada"))
    page = open_as(ada, live_server.url + reverse("workshops:agenda", args=[event.slug]))

    press(page, event, "Pathways", "Choose")
    card(page, event, "Pathways").get_by_text("Chosen", exact=True).wait_for()
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("button", name="Book my choice").click(timeout=20_000)

    page.get_by_text("Booked: “Pathways”.").wait_for()
    assert statuses(ada) == [("Pathways", "booked")]


def test_everything_works_by_keyboard_alone(event, ada, agenda, open_as):
    page = open_as(ada, agenda)

    tab_to(page, "Book a place: Plain words")
    page.keyboard.press("Enter")
    card(page, event, "Plain words").get_by_text("Booked", exact=True).wait_for()
    tab_to(page, "Other sessions at this time")
    page.keyboard.press("Enter")
    tab_to(page, "Swap with “Plain words”: Pathways")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Swap to “Pathways”?").wait_for()
    tab_to(page, "Swap")
    page.keyboard.press("Enter")

    card(page, event, "Pathways").get_by_text("Booked", exact=True).wait_for()
    assert statuses(ada) == [("Pathways", "booked")]


def tab_to(page, words):
    """Press Tab until the focus stands on something that begins with ``words``."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')").startswith(words):
            return
    raise AssertionError(f"The focus never came to {words!r}.")


def test_the_session_page_and_the_programme_answer_in_place(event, ada, live_server, open_as):
    one = session(event, "Pathways")
    page = open_as(ada, live_server.url + one.get_absolute_url())

    page.get_by_role("button", name="Book a place").click()
    page.get_by_text("Booked", exact=True).wait_for()
    assert page.url.endswith(one.get_absolute_url())

    page.goto(live_server.url + reverse("events:programme", args=[event.slug]))
    press(page, event, "Pathways", "Give up my place")
    card(page, event, "Pathways").get_by_role("button", name="Book again").wait_for()
    assert statuses(ada) == []


def test_without_javascript_each_button_comes_back_to_its_card(event, ada, agenda, open_as):
    fill(event, "Afternoon one", waiting=1)
    page = open_as(ada, agenda, java_script_enabled=False)

    press(page, event, "Run charts", "Book a place")
    assert page.url.endswith(f"#booking-{session(event, 'Run charts').pk}")
    press(page, event, "Afternoon one", "Join the waiting list")
    assert "You are 2nd on the waiting list" in card(page, event, "Afternoon one").inner_text()
    page.get_by_text("Other sessions at this time").click()
    card(page, event, "Pathways").get_by_role("link", name="Swap with").click()
    page.get_by_role("button", name="Swap").click()

    assert statuses(ada) == [("Afternoon one", "waiting"), ("Pathways", "booked")]
    press(page, event, "Pathways", "Give up my place")
    press(page, event, "Afternoon one", "Leave the waiting list")
    assert statuses(ada) == []


def test_without_javascript_all_choices_are_booked_at_once(live_server, open_as):
    day = (timezone.now() + timedelta(days=14)).date()
    event = make.event(first_day=day, last_day=day, booking_opens_at=timezone.now() + timedelta(days=1))
    for hour, title in enumerate(TITLES, start=10):
        make.workshop(event, hour=hour, title=title)
    ada = make.registration(event, make.member("Ada"))
    page = open_as(
        ada, live_server.url + reverse("workshops:agenda", args=[event.slug]), java_script_enabled=False
    )

    for title in TITLES:
        press(page, event, title, "Choose")
    assert page.get_by_text("4 chosen.").is_visible()
    type(event).objects.filter(pk=event.pk).update(booking_opens_at=timezone.now())
    page.reload()
    page.get_by_role("button", name="Book my 4 choices").click()

    assert statuses(ada) == [(title, "booked") for title in TITLES]
