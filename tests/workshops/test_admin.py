"""Sessions and bookings in the admin: every change goes through the rules."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Session
from notifications.models import Message
from tests import make
from workshops import booking
from workshops.models import Booking, PlaceOverride, ProgrammeUpload, Workshop

pytestmark = pytest.mark.django_db

SESSIONS = reverse("admin:events_session_changelist")
BOOKINGS = reverse("admin:workshops_booking_changelist")
HEADER = "title,format,starts_at,ends_at,capacity"


@pytest.fixture
def admin(client):
    """A client that is logged in as an admin."""
    client.force_login(make.member("Alex", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def event():
    """An event that lies ahead of the real clock, which the admin reads."""
    first = timezone.now().date() + timedelta(days=30)
    return make.event(first_day=first, last_day=first + timedelta(days=1))


def now():
    return timezone.now()


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
    return admin.post(url, session_form(admin, session, **changes))


def errors(response):
    return {name: list(told) for name, told in response.context["adminform"].form.errors.items()}


def test_saving_without_a_change_changes_and_mails_nothing(admin, event):
    session = make.workshop(event, capacity=3)
    before = Session.objects.values("starts_at", "ends_at", "title", "sequence").get()

    response = save(admin, session)

    assert response.status_code == 302
    assert Session.objects.values("starts_at", "ends_at", "title", "sequence").get() == before
    assert Message.objects.count() == 0


def test_times_are_shown_and_read_in_the_events_zone(admin, event):
    Event.objects.update(time_zone="Asia/Tokyo")
    session = make.workshop(Event.objects.get(), hour=3)

    page = admin.get(reverse("admin:events_session_change", args=[session.pk])).content.decode()
    save(admin, session, starts_at_1="13:30:00", ends_at_1="14:30:00")

    session.refresh_from_db()
    assert 'value="12:00:00"' in page
    assert "Tokyo" in page
    assert session.starts_at.astimezone(UTC).strftime("%H:%M") == "04:30"


def test_a_move_tells_those_who_booked_and_moves_their_bookings(admin, event):
    session = make.workshop(event, hour=10)
    ada = make.registration(event, make.member("Ada"))
    booked = booking.book(session, ada, at=now())
    start = session.starts_at.astimezone(event.zone)

    save(
        admin,
        session,
        starts_at_1=(start + timedelta(hours=3)).strftime("%H:%M:%S"),
        ends_at_1=(start + timedelta(hours=4)).strftime("%H:%M:%S"),
    )

    booked.refresh_from_db()
    assert booked.during.lower == session.starts_at + timedelta(hours=3)
    assert list(Message.objects.filter(kind="session-changed").values_list("member__name", flat=True)) == [
        "Ada"
    ]


def test_a_move_that_would_clash_is_refused_beside_the_field_with_the_number(admin, event):
    session, other = make.workshop(event, hour=10), make.workshop(event, hour=14)
    ada = make.registration(event, make.member("Ada"))
    for one in (session, other):
        booking.book(one, ada, at=now())
    moved = session_form(admin, other)

    response = save(
        admin,
        session,
        starts_at_1=moved["starts_at_1"],
        ends_at_1=moved["ends_at_1"],
        title="Typed and kept",
    )

    session.refresh_from_db()
    assert errors(response) == {
        "starts_at": [
            "1 person has booked another session at the new time, so the session cannot move there."
        ]
    }
    assert "Typed and kept" in response.content.decode()
    assert session.title != "Typed and kept"


def test_a_capacity_below_what_is_taken_is_refused_beside_the_field(admin, event):
    session = make.workshop(event, capacity=3)
    for name in ("Ada", "Bo"):
        booking.book(session, make.registration(event, make.member(name)), at=now())

    response = save(admin, session, capacity="1")

    assert errors(response) == {"capacity": ["2 places are taken, so there cannot be fewer."]}
    assert Workshop.objects.get().capacity == 3


def test_raising_the_capacity_gives_places_to_those_who_wait(
    admin, event, django_capture_on_commit_callbacks
):
    session = make.workshop(event, capacity=1)
    booked = [booking.book(session, make.registration(event, make.member(name)), at=now()) for name in "AB"]

    with django_capture_on_commit_callbacks(execute=True):
        save(admin, session, capacity="2")

    assert [Booking.objects.get(pk=one.pk).status for one in booked] == ["booked", "booked"]


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


def test_a_session_that_people_booked_cannot_become_open_to_all(admin, event):
    session = make.workshop(event)
    booking.book(session, make.registration(event, make.member("Ada")), at=now())
    values = session_form(admin, session, capacity="")
    del values["needs_booking"]

    response = admin.post(reverse("admin:events_session_change", args=[session.pk]), values)

    assert errors(response)["status"] == [
        "1 person has a place or waits for one. Cancel the session instead."
    ]
    assert Workshop.objects.count() == 1


def test_cancelling_asks_first_and_says_how_many_it_mails(admin, event):
    session = make.workshop(event)
    make.host(session)
    booked = booking.book(session, make.registration(event, make.member("Ada")), at=now())
    chosen = {"action": "cancel", "_selected_action": [session.pk]}

    asked = admin.post(SESSIONS, chosen)
    status_when_asked = Session.objects.get().status
    admin.post(SESSIONS, chosen | {"confirmed": "1"})

    booked.refresh_from_db()
    assert "This mails those who are booked, wait or host: 2 now." in asked.content.decode()
    assert (status_when_asked, Session.objects.get().status) == ("published", "cancelled")
    assert (booked.status, booked.ended) == ("cancelled", "session")
    assert Message.objects.filter(kind="session-cancelled").count() == 2


def test_publishing_makes_drafts_public(admin, event):
    session = make.workshop(event, status="draft")

    admin.post(SESSIONS, {"action": "publish", "_selected_action": [session.pk]})

    session.refresh_from_db()
    assert session.status == "published"


def test_booking_for_a_member_is_the_same_rule(admin, event):
    session = make.workshop(event, capacity=1)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    url = reverse("admin:workshops_booking_add")

    for one in (ada, bo):
        admin.post(url, {"registration": one.pk, "session": session.pk})

    assert list(Booking.objects.order_by("ticket").values_list("member__name", "status")) == [
        ("Ada", "booked"),
        ("Bo", "waiting"),
    ]


def test_a_refused_booking_for_a_member_says_why(admin, event):
    early, late = make.workshop(event, hour=10), make.workshop(event, hour=10.5)
    ada = make.registration(event, make.member("Ada"))
    booking.book(early, ada, at=now())

    response = admin.post(
        reverse("admin:workshops_booking_add"), {"registration": ada.pk, "session": late.pk}
    )

    assert errors(response) == {"__all__": [f"It is at the same time as “{early.title}”."]}
    assert Booking.objects.count() == 1


def test_a_booking_cannot_be_edited_by_hand(admin, event):
    session = make.workshop(event)
    one = booking.book(session, make.registration(event, make.member("Ada")), at=now())
    url = reverse("admin:workshops_booking_change", args=[one.pk])

    shown, posted = admin.get(url), admin.post(url, {"status": "cancelled"})

    one.refresh_from_db()
    assert (shown.status_code, posted.status_code, one.status) == (200, 403, "booked")


def test_cancelling_a_booking_serves_the_line(admin, event, django_capture_on_commit_callbacks):
    session = make.workshop(event, capacity=1)
    ada, bo = (booking.book(session, make.registration(event, make.member(name)), at=now()) for name in "AB")

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(BOOKINGS, {"action": "cancel", "_selected_action": [ada.pk], "confirmed": "1"})

    ada.refresh_from_db()
    bo.refresh_from_db()
    assert (ada.status, ada.ended, bo.status) == ("cancelled", "staff", "booked")


def test_moving_up_needs_a_reason_and_is_recorded(admin, event):
    session = make.workshop(event, capacity=1)
    people = [make.registration(event, make.member(name)) for name in ("Ada", "Bo", "Cy")]
    last = [booking.book(session, one, at=now()) for one in people][-1]
    chosen = {"action": "move_up", "_selected_action": [last.pk], "confirmed": "1"}

    without = admin.post(BOOKINGS, chosen | {"reason": " "})
    admin.post(BOOKINGS, chosen | {"reason": "Was cut off while booking"})

    line = Booking.objects.waiting().values_list("member__name", flat=True)
    assert "This field is required" in without.content.decode()
    assert list(line) == ["Cy", "Bo"]
    assert PlaceOverride.objects.values_list("reason", "by__name", "ticket_before").get() == (
        "Was cut off while booking",
        "Alex",
        3,
    )


def upload(admin, event, *rows):
    content = "\n".join([HEADER, *rows]).encode()
    url = reverse("admin:events_session_import")
    return admin.post(url, {"event": event.pk, "file": SimpleUploadedFile("p.csv", content)})


def row(event, title="Clinic", capacity="12"):
    day = event.first_day.isoformat()
    return f"{title},workshop,{day}T10:00Z,{day}T11:00Z,{capacity}"


def test_an_import_is_looked_at_before_it_is_done(admin, event):
    uploaded = upload(admin, event, row(event))
    looked = admin.get(uploaded.url)
    before = Session.objects.count()

    done = admin.post(uploaded.url, {"fingerprint": looked.context["plan"].fingerprint})

    assert "1 new, 0 changed, 0 as they are" in looked.content.decode()
    assert (before, done.status_code) == (0, 302)
    assert list(Session.objects.values_list("title", "workshop__capacity")) == [("Clinic", 12)]
    assert ProgrammeUpload.objects.count() == 0


def test_an_import_whose_effect_has_changed_is_shown_again(admin, event):
    uploaded = upload(admin, event, row(event))
    looked = admin.get(uploaded.url)
    make.workshop(event, title="Clinic")

    again = admin.post(uploaded.url, {"fingerprint": looked.context["plan"].fingerprint})

    assert "look again" in again.content.decode()
    assert Session.objects.count() == 1


def test_an_import_with_problems_names_the_rows_and_keeps_nothing(admin, event):
    response = upload(admin, event, row(event), row(event, "Other", "many"))

    assert "Row 3, capacity: “many” is not a whole number of places." in response.content.decode()
    assert (Session.objects.count(), ProgrammeUpload.objects.count()) == (0, 0)


def test_new_sessions_are_shown_as_they_were_read_in_the_events_time(admin, event):
    Event.objects.filter(pk=event.pk).update(time_zone="Asia/Tokyo")

    looked = admin.get(upload(admin, event, row(event), row(event, "Open hall", "")).url).content.decode()

    assert "Times are those of Asia/Tokyo." in looked
    assert f"<td>2</td><td>Clinic</td><td>Workshop</td><td>{event.first_day:%a} " in looked
    assert ", 19:00</td><td>20:00</td><td></td><td>12</td>" in looked
    assert "<td>no limit</td>" in looked
    assert looked.count('value="Import this programme"') == 2


def test_nobody_else_sees_an_upload(admin, client, event):
    uploaded = upload(admin, event, row(event))
    client.force_login(make.member("Eve", is_staff=True, is_superuser=True))

    assert client.get(uploaded.url).status_code == 404


def test_staff_without_the_right_may_not_import(client, event):
    client.force_login(make.member("Eve", is_staff=True))

    assert client.get(reverse("admin:events_session_import")).status_code == 403


@pytest.mark.parametrize("amount", [1, 30])
def test_lists_cost_the_same_however_long_they_are(admin, event, amount, django_assert_num_queries):
    for number in range(amount):
        session = make.workshop(event, hour=number % 20, capacity=1)
        for name in ("Ada", "Bo"):
            booking.book(session, make.registration(event, make.member(name)), at=now())

    with django_assert_num_queries(6):
        admin.get(SESSIONS)
    with django_assert_num_queries(5):
        admin.get(BOOKINGS)


def test_the_admin_says_the_opening_moment_of_a_session_in_the_events_zone(admin):
    event = make.event(time_zone="Asia/Tokyo")
    opens_at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    session = make.workshop(event, booking_opens_at=opens_at)

    page = admin.get(reverse("admin:events_session_change", args=[session.pk])).content.decode()

    assert 'value="10:00:00"' in page
