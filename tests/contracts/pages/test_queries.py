"""No page asks the database more the longer it is: the same number of queries for few and for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Contributor, Session, SessionContributor, Theme
from members.models import ListedAddress
from notifications import delivery, outbox
from notifications.outbox import MessageRow
from tests import make
from workshops.letters import calendar_feed
from workshops.models import Booking, Workshop

pytestmark = pytest.mark.django_db
NOW = make.NOW


def queries(client: Client, url: str) -> int:
    """How many a page takes, once what may be cached is cached."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def coming_event():
    """An event in two weeks, open for everything."""
    day = timezone.now().date() + timedelta(days=14)
    return make.event(first_day=day, last_day=day + timedelta(days=9))


def programme(event, number):
    """So many workshops in times of their own, each with a theme and a host, all of them different."""
    first = Session.objects.count()
    sessions = [
        make.session(event, day=n // 40, hour=6 + (n % 40) * 0.4, hours=0.3)
        for n in range(first, first + number)
    ]
    Workshop.objects.bulk_create(
        Workshop(session=one, capacity=5, during=(one.starts_at, one.ends_at)) for one in sessions
    )
    for n, one in enumerate(sessions):
        theme = Theme.objects.create(event=event, title=f"Theme {first + n}", slug=f"t-{first + n}")
        one.themes.add(theme)
        person = Contributor.objects.create(name=f"Host {first + n}")
        SessionContributor.objects.create(session=one, contributor=person)
    make.known_to_the_planner()
    return sessions


def book(registration, sessions):
    """Give them a place in each."""
    for one in sessions:
        Booking.objects.create(
            registration=registration,
            member_id=registration.member_id,
            session=one,
            status="booked",
            ticket=1,
            during=(one.starts_at, one.ends_at),
            created_at=NOW,
            status_changed_at=NOW,
        )
    Workshop.objects.filter(session__in=sessions).update(taken=F("taken") + 1)


def client_of(member=None):
    client = Client()
    if member is not None:
        client.force_login(member)
    return client


def pages_of(event):
    session = event.sessions.order_by("pk")[0]
    theme = session.themes.get()
    return {
        "home": reverse("home"),
        "events": reverse("events:list"),
        "event": event.get_absolute_url(),
        "programme": reverse("events:programme", args=[event.slug]),
        "session": session.get_absolute_url(),
        "theme": reverse("events:theme", args=[event.slug, theme.slug]),
    }


VISITOR = {"home": 3, "events": 2, "event": 4, "programme": 3, "session": 7, "theme": 6}
REGISTERED = {"home": 7, "events": 4, "event": 8, "programme": 7, "session": 18, "theme": 11}


@pytest.mark.slow
@pytest.mark.parametrize("sessions", [20, 300])
def test_the_public_pages_ask_the_same_of_twenty_sessions_and_of_three_hundred(sessions):
    event = coming_event()
    made = programme(event, sessions)
    ada = make.registration(event, make.member("Ada"))
    book(ada, made[:4])
    visitor, registered = client_of(), client_of(ada.member)

    asked_by_visitor = {name: queries(visitor, url) for name, url in pages_of(event).items()}
    asked_by_member = {name: queries(registered, url) for name, url in pages_of(event).items()}

    assert (asked_by_visitor, asked_by_member) == (VISITOR, REGISTERED)


@pytest.mark.slow
@pytest.mark.parametrize(("sessions", "bookings"), [(20, 4), (300, 4), (300, 40)])
def test_their_own_pages_ask_the_same_of_four_bookings_and_of_forty(sessions, bookings):
    event = coming_event()
    ada = make.registration(event, make.member("Ada"))
    book(ada, programme(event, sessions)[:bookings])
    calendar_feed.make_address(ada.member, at=NOW)
    client = client_of(ada.member)

    asked = {
        "agenda": queries(client, reverse("workshops:agenda", args=[event.slug])),
        "now": queries(client, reverse("workshops:agenda_now", args=[event.slug])),
        "places": queries(client, reverse("workshops:places_now", args=[event.slug])),
        "register": queries(client, reverse("events:register", args=[event.slug])),
        "cancel": queries(client, reverse("events:cancel_registration", args=[event.slug])),
        "calendar": queries(
            client_of(), calendar_feed.address(ada.member).removeprefix("http://localhost:8000")
        ),
    }

    assert asked == {"agenda": 10, "now": 6, "places": 2, "register": 7, "cancel": 6, "calendar": 7}


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_every_list_of_the_admin_asks_the_same_of_one_row_and_of_thirty(number):
    event = coming_event()
    made = programme(event, number)
    for one in made:
        person = make.registration(event, make.member(f"Ada {one.pk}"))
        make.needs(person, "Captions")
        book(person, [one])
        ListedAddress.objects.create(email=f"{one.pk}@example.net")
        outbox.enqueue_many("agenda", [MessageRow(str(one.pk), member_id=person.member_id)], at=NOW)
    lists = {
        "events_contributor": 4,
        "events_event": 4,
        "events_registration": 5,
        "events_session": 7,
        "events_theme": 7,
        "members_listedaddress": 4,
        "members_member": 4,
        "notifications_message": 4,
        "workshops_booking": 6,
    }
    staff = client_of(make.member("Sam", is_staff=True, is_superuser=True))

    asked = {name: queries(staff, reverse(f"admin:{name}_changelist")) for name in lists}

    assert asked == lists


@pytest.mark.slow
@pytest.mark.parametrize("bookings", [1, 500])
def test_the_form_of_a_session_asks_the_same_of_one_booking_and_of_five_hundred(bookings):
    event = coming_event()
    session = programme(event, 1)[0]
    for one in make.crowd(event, bookings):
        book(one, [])
    Booking.objects.bulk_create(
        Booking(
            registration=one,
            member_id=one.member_id,
            session=session,
            status="waiting",
            ticket=ticket,
            during=(session.starts_at, session.ends_at),
            created_at=NOW,
            status_changed_at=NOW,
        )
        for ticket, one in enumerate(event.registrations.all(), 1)
    )
    staff = client_of(make.member("Sam", is_staff=True, is_superuser=True))

    assert queries(staff, reverse("admin:events_session_change", args=[session.pk])) == 14


def test_a_calendar_joins_no_table_to_all_registrations_of_an_event():
    ada = make.registration(coming_event(), make.member("Ada"))

    with CaptureQueriesContext(connection) as asked:
        calendar_feed.entries(ada.member, at=NOW)

    assert not [one["sql"] for one in asked if 'DISTINCT "events_event' in one["sql"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "which"), [("agenda", delivery.SINGLE), ("booking-opens", delivery.TO_MANY)], ids=["one", "many"]
)
def test_the_next_message_is_found_by_an_index_among_thousands_that_are_due_together(kind, which):
    people = make.crowd(make.event(), 2000)
    outbox.enqueue_many(kind, [MessageRow(str(one.pk), member_id=one.member_id) for one in people], at=NOW)
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_message")
        delivery.claim(at=NOW, which=which)
        claim = next(one["sql"] for one in asked if "EXECUTE" in one["sql"])

        cursor.execute(f"EXPLAIN {claim}")

        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "message_due" in plan
    assert "Sort" not in plan
