"""Sessions in the admin: every change goes through the rules."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Session
from notifications.models import Message
from tests import make
from tests.admin_forms import act_on, errors
from tests.found import found
from tests.make import BY
from tests.markup import flat
from workshops.models import Booking, Workshop
from workshops.places import booking

pytestmark = pytest.mark.django_db

SESSIONS = reverse("admin:events_session_changelist")
BOOKINGS = reverse("admin:workshops_booking_changelist")


@pytest.fixture
def event() -> Event:
    """An event that lies ahead of the real clock, which the admin reads."""
    return make.event_ahead()


def form_of(admin, url):
    """The values of the form that the page shows, as a browser would send them."""
    form = admin.get(url).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else value for name, value in values.items() if value is not False}
    for name in ("starts_at", "ends_at", "booking_opens_at", "booking_closes_at"):
        values.pop(name, None)
    return values


def session_form(admin, session, **changes):
    """The session's form with its times as the admin's two fields show them, in the event's zone."""
    values = form_of(admin, reverse("admin:events_session_change", args=[session.pk]))
    zone = session.event.zone
    for name in ("starts_at", "ends_at"):
        moment = getattr(session, name)
        if moment:
            values[f"{name}_0"] = moment.astimezone(zone).strftime("%Y-%m-%d")
            values[f"{name}_1"] = moment.astimezone(zone).strftime("%H:%M:%S")
    values["themes"] = [theme.pk for theme in session.themes.all()]
    prefix = "session_contributors"
    values |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return values | changes


def save(admin, session, **changes):
    url = reverse("admin:events_session_change", args=[session.pk])
    return confirm(admin, url, session_form(admin, session, **changes))


def confirm(admin, url, typed):
    """Save, and once more where the page asks first."""
    answer = admin.post(url, typed)
    effects = answer.context and answer.context.get("effects")
    return admin.post(url, typed | {"seen_effects": effects.fingerprint}) if effects else answer


@pytest.mark.slow
def test_saving_without_a_change_changes_and_mails_nothing(admin, event):
    session = make.workshop(event, capacity=3)
    before = Session.objects.values("starts_at", "ends_at", "title", "sequence").get()

    response = save(admin, session)

    assert response.status_code == 302
    assert Session.objects.values("starts_at", "ends_at", "title", "sequence").get() == before
    assert Message.objects.count() == 0


@pytest.mark.slow
def test_times_are_shown_and_read_in_the_events_zone(admin, event):
    Event.objects.update(time_zone="Asia/Tokyo")
    session = make.workshop(Event.objects.get(), hour=3)

    page = admin.get(reverse("admin:events_session_change", args=[session.pk])).content.decode()
    save(admin, session, starts_at_1="13:30:00", ends_at_1="14:30:00")

    session.refresh_from_db()
    assert 'value="12:00"' in page
    assert "Tokyo" in page
    assert found(session.starts_at).astimezone(UTC).strftime("%H:%M") == "04:30"


@pytest.mark.slow
def test_a_move_tells_those_who_booked_and_moves_their_bookings(admin, event):
    session = make.workshop(event, hour=10)
    ada = make.registration(event, make.member("Ada"))
    booked = booking.book(session, ada, by=BY, at=timezone.now())
    start = found(session.starts_at).astimezone(event.zone)

    save(
        admin,
        session,
        starts_at_1=(start + timedelta(hours=3)).strftime("%H:%M:%S"),
        ends_at_1=(start + timedelta(hours=4)).strftime("%H:%M:%S"),
    )

    booked.refresh_from_db()
    assert booked.during.lower == start + timedelta(hours=3)
    assert list(Message.objects.filter(kind="session-changed").values_list("member__name", flat=True)) == [
        "Ada"
    ]


@pytest.mark.slow
def test_a_move_onto_what_has_begun_is_refused_beside_the_field_with_the_number(admin, event):
    begins = timezone.now().replace(microsecond=0) - timedelta(minutes=20)
    session = make.workshop(event, hour=10)
    other = make.workshop(event, starts_at=begins, ends_at=begins + timedelta(hours=1))
    ada = make.registration(event, make.member("Ada"))
    for one in (session, other):
        booking.book(one, ada, by=BY, at=begins - timedelta(days=1))
    moved = session_form(admin, other)

    response = save(
        admin,
        session,
        **{name: moved[name] for name in ("starts_at_0", "starts_at_1", "ends_at_0", "ends_at_1")},
        title="Typed and kept",
    )

    session.refresh_from_db()
    assert errors(response) == {
        "starts_at": [
            "1 person has booked another session at that time, and both have begun, so they could not choose "
            "which to keep. Choose a time to come, or telephone them and give up one of the two places first."
        ]
    }
    assert "Typed and kept" in flat(response.content.decode())
    assert session.title != "Typed and kept"


@pytest.mark.slow
def test_a_capacity_below_what_is_taken_is_refused_beside_the_field(admin, event):
    session = make.workshop(event, capacity=3)
    for name in ("Ada", "Bo"):
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=timezone.now())

    response = save(admin, session, capacity="1")

    assert errors(response) == {"capacity": ["2 places are taken, so there cannot be fewer."]}
    assert Workshop.objects.get().capacity == 3


@pytest.mark.slow
def test_a_link_to_a_video_of_a_session_with_a_time_is_refused_in_words(admin, event):
    session = make.workshop(event)

    response = save(admin, session, recording_url="https://v.example/1")

    assert "add recordings on the team’s page of the session" in response.text
    assert not Session.objects.get().has_film


def test_raising_the_capacity_gives_places_to_those_who_wait(
    admin, event, django_capture_on_commit_callbacks
):
    session = make.workshop(event, capacity=1)
    booked = [
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=timezone.now())
        for name in "AB"
    ]

    with django_capture_on_commit_callbacks(execute=True):
        save(admin, session, capacity="2")

    assert [Booking.objects.get(pk=one.pk).status for one in booked] == ["booked", "booked"]


@pytest.mark.slow
def test_a_stale_save_is_refused(admin, event):
    session = make.workshop(event, capacity=3)
    first, second = session_form(admin, session, title="First"), session_form(admin, session, title="Second")
    url = reverse("admin:events_session_change", args=[session.pk])
    admin.post(url, first)

    response = admin.post(url, second)

    session.refresh_from_db()
    assert session.title == "First"
    assert "Alex changed it" in errors(response)["__all__"][0]


def test_a_new_session_gets_an_address_and_its_places(admin, event):
    url = f"{reverse('admin:events_session_add')}?event={event.pk}"
    day = event.first_day.isoformat()
    values = {
        "event": event.pk,
        "title": "Draw your ward",
        "format": "workshop",
        "status": "published",
        "starts_at_0": day,
        "starts_at_1": "10:00:00",
        "ends_at_0": day,
        "ends_at_1": "11:00:00",
        "needs_booking": "on",
        "capacity": "12",
        "session_contributors-TOTAL_FORMS": "0",
        "session_contributors-INITIAL_FORMS": "0",
    }

    response = admin.post(url, values)

    places = Workshop.objects.select_related("session").get()
    assert response.status_code == 302
    assert (places.session.slug, places.capacity, places.is_open) == ("draw-your-ward", 12, True)


@pytest.mark.slow
def test_a_session_that_people_booked_cannot_become_open_to_all(admin, event):
    session = make.workshop(event)
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=timezone.now())
    values = session_form(admin, session, capacity="")
    del values["needs_booking"]

    response = admin.post(reverse("admin:events_session_change", args=[session.pk]), values)

    assert errors(response)["status"] == [
        "1 person has a place or waits for one. Cancel the session instead."
    ]
    assert Workshop.objects.count() == 1


@pytest.mark.slow
def test_the_action_leaves_what_is_over_as_it_is_and_says_so(admin, event):
    long_ago = make.workshop(event, title="Of yesterday", day=-60)

    _, answer = act_on(admin, SESSIONS, "cancel", long_ago)

    assert "Of yesterday: It is over, so it cannot be cancelled" in answer.content.decode()
    assert Session.objects.get(pk=long_ago.pk).is_published


@pytest.mark.slow
def test_cancelling_asks_first_and_says_how_many_it_mails(admin, event):
    session = make.workshop(event)
    make.host(session)
    booked = booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=timezone.now())

    admin.post(SESSIONS, {"action": "cancel", "_selected_action": [session.pk]})
    status_when_asked = Session.objects.get().status
    asked, _ = act_on(admin, SESSIONS, "cancel", session)

    booked.refresh_from_db()
    assert "This mails those who are booked, wait or host: 2 now." in flat(asked.content.decode())
    assert (status_when_asked, Session.objects.get().status) == ("published", "cancelled")
    assert (booked.status, booked.ended) == ("cancelled", "session")
    assert Message.objects.filter(kind="session-cancelled").count() == 2


def test_what_touches_others_since_it_was_read_is_not_cancelled(admin, event):
    session = make.workshop(event)
    chosen = {"action": "cancel", "_selected_action": [session.pk]}
    seen = admin.post(SESSIONS, chosen).context["seen"]
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=timezone.now())

    answer = admin.post(SESSIONS, chosen | {"confirmed": "1", "seen": seen}, follow=True)

    assert "Something has changed since you looked, so it is not cancelled yet." in answer.text
    assert Session.objects.get().is_published


def test_publishing_makes_drafts_public(admin, event):
    session = make.workshop(event, status="draft")

    admin.post(SESSIONS, {"action": "publish", "_selected_action": [session.pk]})

    session.refresh_from_db()
    assert session.status == "published"


@pytest.mark.slow
@pytest.mark.parametrize("amount", [1, 30])
def test_lists_cost_the_same_however_long_they_are(admin, event, amount, django_assert_num_queries):
    for number in range(amount):
        session = make.workshop(event, hour=number % 20, capacity=1)
        for name in ("Ada", "Bo"):
            booking.book(session, make.registration(event, make.member(name)), by=BY, at=timezone.now())

    with django_assert_num_queries(7):
        admin.get(SESSIONS)
    with django_assert_num_queries(6):
        admin.get(BOOKINGS)


@pytest.mark.slow
def test_the_admin_says_the_opening_moment_of_a_session_in_the_events_zone(admin):
    event = make.event(time_zone="Asia/Tokyo")
    opens_at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    session = make.workshop(event, booking_opens_at=opens_at)

    page = admin.get(reverse("admin:events_session_change", args=[session.pk])).content.decode()

    assert 'value="10:00"' in page
