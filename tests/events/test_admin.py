"""Events, themes, contributors and registrations in the admin."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from events import cancellation, registration
from events.models import Event, EventPlaces, Registration
from notifications.models import Message
from tests import make
from tests.admin_forms import act_on, errors
from tests.make import BY
from tests.markup import flat

pytestmark = pytest.mark.django_db

EVENTS = reverse("admin:events_event_changelist")
REGISTRATIONS = reverse("admin:events_registration_changelist")


def save(admin, event, **changes):
    """Save the event's form as a browser would send it, with these changes."""
    url = reverse("admin:events_event_change", args=[event.pk])
    form = admin.get(url).context["adminform"].form
    values = {name: form[name].value() for name in form.fields if not name.endswith("_at")}
    values = {name: value for name, value in values.items() if value is not None}
    return admin.post(url, values | changes)


@pytest.mark.slow
def test_saving_an_event_raises_its_version(admin):
    event = make.event_ahead()

    response = save(admin, event, title="Renamed")

    after = Event.objects.get()
    assert response.status_code == 302
    assert (after.title, after.version > event.version) == ("Renamed", True)


@pytest.mark.slow
def test_its_moments_are_those_of_its_zone(admin):
    event = make.event_ahead(time_zone="Asia/Tokyo")

    save(admin, event, booking_opens_at_0="2026-11-02", booking_opens_at_1="10:00:00")

    assert Event.objects.get().booking_opens_at == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


@pytest.mark.slow
def test_a_zone_that_does_not_exist_is_refused_beside_its_field(admin):
    event = make.event_ahead()

    response = save(admin, event, time_zone="Mars/Olympus")

    assert errors(response) == {"time_zone": ["Choose a time zone from the list."]}


@pytest.mark.slow
def test_the_zones_to_choose_from_begin_with_those_of_the_community(admin):
    form = admin.get(reverse("admin:events_event_add")).context["adminform"].form

    first = form.fields["time_zone"].choices[0]

    assert first == (
        "UK and Ireland",
        [("Europe/London", "United Kingdom (London)"), ("Europe/Dublin", "Ireland (Dublin)")],
    )


@pytest.mark.slow
def test_blank_moments_are_asked_about_before_they_open_anything(admin):
    event = make.event_ahead(status="draft")

    asked = save(admin, event, status="published")
    said = errors(asked)
    is_hidden = Event.objects.get().status
    answered = save(admin, event, status="published", opens_at_once="on")

    assert said == {
        "opens_at_once": [
            "Registration and booking would open as soon as this is saved, because their moments are blank. "
            "Write above when to open, or tick this."
        ]
    }
    assert (is_hidden, answered.status_code, Event.objects.get().status) == ("draft", 302, "published")


@pytest.mark.slow
def test_what_is_open_already_is_not_asked_about_again(admin):
    event = make.event_ahead()

    response = save(admin, event, title="Renamed")

    form = admin.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
    assert (response.status_code, "opens_at_once" in form) == (302, False)


@pytest.mark.slow
def test_saving_an_event_leads_on_to_what_it_lacks_next(admin):
    event = make.event_ahead(title="Q 2027")
    make.session(event, status="draft")

    page = admin.get(save(admin, event)["Location"]).content.decode()

    assert (
        f'Next: <a href="/admin/events/session/?event__id__exact={event.pk}&amp;status__exact=draft">'
        "Publish 1 session of Q 2027: nobody sees drafts</a>." in page
    )


@pytest.mark.slow
def test_places_below_those_taken_are_refused_beside_the_field(admin):
    event = make.event_ahead(capacity=3)
    for name in ("Ada", "Bo"):
        registration.register(event, make.member(name), by=BY, at=timezone.now())

    response = save(admin, event, capacity="1")

    assert errors(response) == {"capacity": ["2 places are taken, so there cannot be fewer."]}
    assert EventPlaces.objects.get().capacity == 3


@pytest.mark.slow
def test_more_places_confirm_those_who_wait(admin, django_capture_on_commit_callbacks):
    event = make.event_ahead(capacity=1)
    for name in ("Ada", "Bo"):
        registration.register(event, make.member(name), by=BY, at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        save(admin, event, capacity="2")

    assert set(Registration.objects.values_list("status", flat=True)) == {"confirmed"}


@pytest.mark.slow
def test_the_form_does_not_offer_to_cancel_and_the_action_asks_first(admin):
    event = make.event_ahead()
    registration.register(event, make.member("Ada"), by=BY, at=timezone.now())

    form = admin.get(reverse("admin:events_event_change", args=[event.pk])).context["adminform"].form
    between = admin.post(EVENTS, {"action": "cancel", "_selected_action": [event.pk]}) and Event.objects.get()
    asked, _ = act_on(admin, EVENTS, "cancel", event)

    assert "cancelled" not in dict(form.fields["status"].choices)
    assert "This mails 1 people" not in asked.content.decode()
    assert "This mails 1 person who is registered" in flat(asked.content.decode())
    assert (between.status, Event.objects.get().status) == ("published", "cancelled")
    assert cancellation.tell(at=timezone.now() + timedelta(minutes=10)) == 1


@pytest.mark.slow
def test_a_published_event_cannot_be_deleted_and_keeps_its_address(admin):
    event = make.event_ahead()

    response = admin.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"})
    save(admin, event, slug="another")

    assert response.status_code == 403
    assert Event.objects.get().slug == event.slug


def test_registering_for_a_member_is_the_same_rule(admin):
    event = make.event_ahead()
    ada = make.member("Ada")
    values = {"event": event.pk, "member": ada.pk, "has_accepted": "on"}

    admin.post(reverse("admin:events_registration_add"), values)

    made = Registration.objects.get()
    assert (made.member, made.status) == (ada, "confirmed")
    assert Message.objects.filter(kind="registered", member=ada).count() == 1


def test_a_refused_registration_says_why(admin):
    event = make.event_ahead()
    edith = make.member("Edith", membership="ended")
    values = {"event": event.pk, "member": edith.pk, "has_accepted": "on"}

    response = admin.post(reverse("admin:events_registration_add"), values)

    assert "ended" in errors(response)["__all__"][0]
    assert Registration.objects.count() == 0


def test_cancelling_registrations_asks_first(admin):
    event = make.event_ahead()
    ada = registration.register(event, make.member("Ada"), by=BY, at=timezone.now())
    chosen = {"action": "cancel", "_selected_action": [ada.pk]}

    admin.post(REGISTRATIONS, chosen)
    between = Registration.objects.get().status
    admin.post(REGISTRATIONS, chosen | {"confirmed": "1"})

    assert (between, Registration.objects.get().status) == ("confirmed", "cancelled")


def test_a_registration_cannot_be_edited_by_hand(admin):
    event = make.event_ahead()
    ada = registration.register(event, make.member("Ada"), by=BY, at=timezone.now())

    response = admin.post(reverse("admin:events_registration_change", args=[ada.pk]), {"status": "cancelled"})

    assert (response.status_code, Registration.objects.get().status) == (403, "confirmed")


@pytest.mark.parametrize(
    ("group", "sees"),
    [("Event admin", True), ("Support", True), ("Blog editor", False), ("Moderator", False)],
)
def test_only_event_admins_and_support_are_led_to_access_needs(client, group, sees):
    event = make.event_ahead()
    ada = registration.register(event, make.member("Ada"), by=BY, at=timezone.now(), needs="A lip-speaker")
    staff = make.member("Sam", is_staff=True)
    staff.groups.add(Group.objects.get(name=group))
    client.force_login(staff)

    page = client.get(reverse("admin:events_registration_change", args=[ada.pk]))

    assert ("/team/needs/?person=" in page.content.decode()) is sees
    assert "A lip-speaker" not in page.content.decode()  # it is looked at there, which is recorded


def test_seeing_registrations_does_not_mean_seeing_access_needs(client):
    event = make.event_ahead()
    ada = registration.register(event, make.member("Ada"), by=BY, at=timezone.now(), needs="A lip-speaker")
    staff = make.member("Sam", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_registration"))
    client.force_login(staff)

    page = client.get(reverse("admin:events_registration_change", args=[ada.pk]))

    assert (page.status_code, "A lip-speaker" in page.content.decode()) == (200, False)


@pytest.mark.slow
@pytest.mark.parametrize("amount", [1, 30])
def test_lists_cost_the_same_however_long_they_are(admin, amount, django_assert_num_queries):
    event = make.event_ahead()
    for number in range(amount):
        one = registration.register(event, make.member(f"Ada {number}"), by=BY, at=timezone.now())
        make.needs(one, "Captions")
        make.host(make.session(event))
        make.theme(event)

    for url, queries in (
        (REGISTRATIONS, 5),
        (EVENTS, 4),
        (reverse("admin:events_contributor_changelist"), 4),
        (reverse("admin:events_theme_changelist"), 7),
    ):
        with django_assert_num_queries(queries):
            admin.get(url)


@pytest.mark.slow
def test_an_event_with_registrations_is_not_made_a_draft_again(admin):
    event = make.event_ahead()
    registration.register(event, make.member("Ada"), by=BY, at=timezone.now())

    response = save(admin, event, title="Renamed", status="draft")

    assert list(errors(response)) == ["status"]
    assert "1 person is registered or waits" in errors(response)["status"][0]
    assert 'value="Renamed"' in response.content.decode()
    assert (Event.objects.get().status, Event.objects.get().title) == ("published", event.title)


@pytest.mark.slow
def test_the_editor_is_told_what_may_be_written_in_a_long_text(admin):
    event = make.event_ahead()
    forms = [
        admin.get(reverse(f"admin:events_{name}_change", args=[pk])).context["adminform"].form
        for name, pk in (
            ("event", event.pk),
            ("theme", make.theme(event).pk),
            ("session", make.session(event).pk),
        )
    ]

    told = [
        [name for name, field in form.fields.items() if "blank line between paragraphs" in field.help_text]
        for form in forms
    ]

    assert told == [
        ["description", "venue", "joining_advice", "code_of_conduct"],
        ["description"],
        ["description", "ground_rules", "support_after"],
    ]
