"""The agenda page over HTTP: who sees what, all choices at once, and the email."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from events.models import Event, Registration
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.pages import agenda_url, read
from tests.workshops.places.state import fill
from workshops.models import Booking, Workshop
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

Status = Booking.Status


@pytest.fixture
def event() -> Event:
    return make.event(title="Community event")


def test_a_visitor_logs_in_first(client, event):
    assert client.get(agenda_url(event)).url == f"/accounts/login/?next={agenda_url(event)}"


def test_who_is_not_registered_is_shown_the_way(client, event):
    client.force_login(make.member("Bo"))

    page = read(client, event)

    assert "Register for Community event, then book your sessions here." in page
    assert reverse("events:register", args=[event.slug]) in page


@pytest.mark.parametrize(
    ("status", "membership", "says"),
    [
        ("waiting", "active", "You are 1st on the waiting list of the event."),
    ],
)
def test_who_waits_is_told_for_what(client, event, status, membership, says):
    bo = make.member("Bo", membership=Member.Membership(membership))
    make.registration(event, bo, status=Registration.Status(status), ticket=1)
    client.force_login(bo)

    page = read(client, event)

    assert says in page
    assert "Your agenda opens when your registration is confirmed." in page


def test_a_cancelled_registration_is_no_registration(client, event, ada):
    make.workshop(event)
    Registration.objects.update(status="cancelled")

    assert "Register for Community event" in read(client, event)


def test_an_event_that_is_not_public_is_not_found(client, ada):
    draft = make.event(status="draft")

    assert [client.get(agenda_url(draft)).status_code, client.get("/events/nothing/agenda/").status_code] == [
        404,
        404,
    ]


def test_an_empty_programme_says_what_will_be_there(client, event, ada):
    assert "The programme is not here yet" in read(client, event)


@pytest.mark.slow
def test_the_summary_says_figures_and_positions(client, event, ada):
    mine, line = make.workshop(event), make.workshop(event, hour=14, capacity=1, title="Asking questions")
    fill(line, waiting=1)
    for session in (mine, line):
        booking.book(session, ada, by=BY, at=NOW)

    page = read(client, event)

    assert "<strong>1</strong> booked" in flat(page)
    assert "<strong>1</strong> waiting" in flat(page)
    assert '<a class="glance-words" href="#slot-20261118-1400">Asking questions</a>' in flat(page)
    assert '<span class="glance-status">2nd on the waiting list</span>' in flat(page)


def test_what_clashes_folds_away_with_a_swap(client, event, ada):
    mine, other = make.workshop(event), make.workshop(event)
    booking.book(mine, ada, by=BY, at=NOW)

    _, _, folded = read(client, event).partition("<details")

    assert "Other sessions at this time" in folded
    assert f'href="{reverse("workshops:swap", args=[event.slug, other.slug])}"' in folded


def test_a_slot_within_a_longer_session_of_theirs_leads_to_it(client, event, ada):
    long = make.workshop(event, title="Run charts", hours=3)
    make.workshop(event, hour=11)
    booking.book(long, ada, by=BY, at=NOW)

    assert f'During <a href="#session-{long.pk}">Run charts</a>' in flat(read(client, event))


def test_titles_are_shown_as_text(client, event, ada):
    make.workshop(event, title="<script>alert(1)</script>")

    page = read(client, event)

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.slow
def test_before_booking_opens_a_bar_counts_the_choices(client):
    event = make.event(booking_opens_at=NOW + timedelta(days=7))
    ada = make.registration(event, make.member("Ada"))
    client.force_login(ada.member)
    assert "Choose the sessions that you want." in read(client, event)

    for hour in (10, 12, 14, 16):
        choices.choose(make.workshop(event, hour=hour), ada, by=BY, at=NOW)
    page = read(client, event)

    assert "<strong>4 chosen.</strong> Booking opens" in flat(page)
    assert "Monday 9 November, 10:00 (UK and Ireland time)" in page
    assert "Book my" not in page.split('<div class="agenda-bar" data-from-opening hidden>')[0]


@pytest.mark.slow
def test_at_the_minute_one_button_books_all_choices_and_says_what_became_of_each(client):
    event = make.event(booking_opens_at=NOW)
    ada = make.registration(event, make.member("Ada"))
    names = {10: "Pathways", 12: "Run charts", 14: "Plain words"}
    sessions = [make.workshop(event, hour=hour, title=title, capacity=1) for hour, title in names.items()]
    sessions.append(make.workshop(event, hour=10.5, title="Too late"))
    for minute, session in enumerate(sessions):
        choices.choose(session, ada, by=BY, at=NOW - timedelta(minutes=9 - minute))
    fill(sessions[2], waiting=1)
    client.force_login(ada.member)
    assert "Book my 4 choices" in read(client, event)

    response = client.post(agenda_url(event, "book_choices"))

    assert response.url == agenda_url(event)
    assert [(one.level_tag, str(one)) for one in get_messages(response.wsgi_request)] == [
        ("success", "Booked: “Pathways” and “Run charts”."),
        (
            "info",
            "Full, so on the waiting list: you are 2nd for “Plain words”. "
            "We will email you if a place comes free.",
        ),
        ("warning", "Not booked: “Too late”. It is at the same time as “Pathways”."),
    ]
    assert list(
        Booking.objects.filter(member=ada.member).order_by("pk").values_list("status", flat=True)
    ) == [
        Status.BOOKED,
        Status.BOOKED,
        Status.WAITING,
        Status.CHOSEN,
    ]


def test_booking_all_choices_twice_is_harmless(client, event, ada):
    booking_opens = make.workshop(event)
    booking.book(booking_opens, ada, by=BY, at=NOW)

    for _ in range(2):
        client.post(agenda_url(event, "book_choices"))

    assert [one.status for one in Booking.objects.all()] == [Status.BOOKED]


def test_their_agenda_is_emailed_at_once_and_once(client, event, ada):
    for _ in range(2):
        response = client.post(agenda_url(event, "email_agenda"), follow=True)

    assert "We are sending your agenda to ada@example.org." in flat(response.content.decode())
    assert [(one.kind, one.member, one.payload, one.send_after) for one in Message.objects.all()] == [
        ("agenda", ada.member, {"registration": ada.pk, "asked_for": True}, NOW)
    ]


@pytest.mark.parametrize("name", ["book_choices", "email_agenda"])
def test_a_get_changes_nothing(client, event, ada, name):
    assert client.get(agenda_url(event, name)).status_code == 405


@pytest.mark.parametrize("name", ["book_choices", "email_agenda"])
def test_who_is_logged_out_meanwhile_logs_in_and_comes_back(client, event, name):
    assert client.post(agenda_url(event, name)).url == f"/accounts/login/?next={agenda_url(event)}"


@pytest.mark.parametrize("name", ["book_choices", "email_agenda"])
def test_who_is_not_registered_changes_nothing(client, event, name):
    client.force_login(make.member("Bo"))

    response = client.post(agenda_url(event, name))

    assert (response.url, Message.objects.count()) == (agenda_url(event), 0)


def test_the_programme_shows_theirs_with_the_same_button(client, event, ada):
    mine, free = make.workshop(event, hour=12), make.workshop(event)
    booking.book(mine, ada, by=BY, at=NOW)

    page = client.get(reverse("events:programme", args=[event.slug])).content.decode()

    assert f'<div class="booking is-yours is-brief" id="booking-{mine.pk}"' in flat(page)
    assert f'data-hx-target="#booking-{free.pk}"' in page
    assert "<strong>1 booked.</strong>" in flat(page)


@pytest.mark.slow
def test_the_programme_counts_choices_and_books_them_at_the_minute(client):
    event = make.event(booking_opens_at=NOW + timedelta(days=7))
    ada = make.registration(event, make.member("Ada"))
    client.force_login(ada.member)
    address = reverse("events:programme", args=[event.slug])
    choices.choose(make.workshop(event), ada, by=BY, at=NOW)
    choices.choose(make.workshop(event, hour=12), ada, by=BY, at=NOW)

    before = client.get(address).content.decode()
    type(event).objects.update(booking_opens_at=NOW)
    after = client.get(address).content.decode()

    assert "<strong>2 chosen.</strong> <span data-until-opening> Booking opens" in flat(before)
    assert ("data-from-opening" in before, "data-from-opening" in after) == (True, False)
    assert "Book my 2 choices" in after
    assert f'action="{agenda_url(event, "book_choices")}"' in after


@pytest.mark.slow
def test_a_session_page_warns_before_they_join_a_line_beside_what_they_have(client, event, ada):
    mine, full = make.workshop(event, title="Run charts"), make.workshop(event, capacity=1)
    fill(full)
    booking.book(mine, ada, by=BY, at=NOW)
    warning = "You have “Run charts” at this time. If a place here comes free, we hold it for you"

    page = client.get(full.get_absolute_url()).content.decode()

    assert page.index(warning) < page.index("Join the waiting list")
    assert warning not in read(client, event)


def test_the_session_page_shows_the_same_button(client, event, ada):
    session = make.workshop(event)

    page = flat(client.get(session.get_absolute_url()).content.decode())

    assert f'id="act-{session.pk}-book" type="submit" aria-label="Book a place: {session.title}"' in page
    assert f'<input type="hidden" name="next" value="{session.get_absolute_url()}">' in flat(page)


@pytest.mark.slow
def test_every_page_leads_to_their_agenda(client, event, ada):
    home = client.get("/").content.decode()
    Registration.objects.update(status="cancelled")

    assert f'<a href="{agenda_url(event)}">My agenda</a>' in flat(home)
    assert "My agenda" not in client.get("/").content.decode()


@pytest.mark.slow
def test_the_way_to_their_agenda_goes_with_the_events_last_session(client, event, ada):
    make.workshop(event, day=1)
    following = make.event(slug="2027", first_day=date(2027, 11, 17), last_day=date(2027, 11, 18))
    ends = datetime(2026, 11, 19, 11, 30, tzinfo=UTC)
    shown = []
    for moment in (ends - timedelta(seconds=1), ends):
        with time_machine.travel(moment, tick=False):
            client.force_login(ada.member)
            shown.append(re.findall(r'<a href="([^"]*)"[^>]*>My agenda</a>', flat(client.get("/blog/").text)))
    make.registration(following, ada.member)
    with time_machine.travel(ends, tick=False):
        shown.append(re.findall(r'<a href="([^"]*)"[^>]*>My agenda</a>', flat(client.get("/blog/").text)))

    assert shown == [[agenda_url(event)], [], [agenda_url(following)]]


@pytest.mark.slow
@pytest.mark.parametrize(("sessions", "booked"), [(20, 4), (300, 40)])
def test_the_page_costs_the_same_however_long_it_is(
    client, event, ada, sessions, booked, django_assert_num_queries
):
    many = [make.session(event, day=n // 10, hour=8 + n % 10) for n in range(sessions)]
    Workshop.objects.bulk_create(
        Workshop(session=one, capacity=5, during=(one.starts_at, one.ends_at)) for one in many
    )
    for one in many[:booked]:
        booking.book(one, ada, by=BY, at=NOW)
    make.known_to_the_planner()
    read(client, event)

    with django_assert_num_queries(10):
        read(client, event)
