"""The admin and the trail: what its saves record, and the history of a record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client

from audit.actors import Via
from audit.acts import Act
from audit.admin import KeepsTrail
from audit.models import Entry
from events.models import Session, SessionContributor, Theme
from members.models import ListedAddress, Member
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def root() -> Member:
    return people.admin()


@pytest.fixture
def client(root) -> Client:
    return people.reader(root)


def form_of(page):
    """What a browser sends back of a form of the admin that nobody has changed."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            widget = field.field.widget
            shown = widget.get_context(field.html_name, value, {})["widget"]
            for one in shown.get("subwidgets", [shown]):
                if one.get("value") not in (None, False, "") and one.get("type") != "checkbox":
                    sent[one["name"]] = one["value"]
            if isinstance(value, bool) and value:
                sent[field.html_name] = "on"
            if isinstance(value, list):
                sent[field.html_name] = value
    return sent


def told():
    return list(Entry.objects.order_by("pk").values_list("act", "thing", "thing_id", "facts"))


@pytest.mark.slow
def test_every_admin_of_the_site_keeps_the_trail():
    assert [model for model, one in admin.site._registry.items() if not isinstance(one, KeepsTrail)] == []


@pytest.mark.slow
def test_a_plain_save_says_who_changed_which_fields_and_leaves_djangos_log_alone(client, root):
    theme = make.theme(make.event(), title="Old")
    url = f"/admin/events/theme/{theme.pk}/change/"

    client.post(url, form_of(client.get(url)) | {"title": "New"})

    entry = Entry.objects.get()
    assert Theme.objects.get().title == "New"
    assert (entry.via, entry.actor_id, entry.at) == (Via.PERSON, root.pk, NOW)
    assert told() == [("changed", "events.theme", theme.pk, {"fields": ["title"]})]
    assert not LogEntry.objects.exists()


@pytest.mark.slow
def test_what_a_rule_saves_is_told_once_with_its_fields(client):
    event = make.event_ahead()
    session = make.session(event)
    url = f"/admin/events/session/{session.pk}/change/"

    answer = client.post(url, form_of(client.get(url)) | {"room": "Hall"})

    assert answer.status_code == 302
    assert Session.objects.get().room == "Hall"
    assert told() == [("session.changed", "events.session", session.pk, {"fields": ["room"]})]


@pytest.mark.slow
def test_what_is_saved_beside_the_row_is_told_besides(client):
    session = make.session(make.event_ahead())
    theme, host = make.theme(session.event), make.host(make.session(session.event))
    url = f"/admin/events/session/{session.pk}/change/"
    sent = form_of(client.get(url)) | {"themes": [theme.pk], "session_contributors-0-contributor": host.name}
    before = Entry.objects.count()

    asked = client.post(url, sent)
    client.post(url, dict(asked.context["typed"]) | {"seen_effects": asked.context["effects"].fingerprint})

    assert SessionContributor.objects.filter(session=session).count() == 1
    assert [row[3]["fields"] for row in told()[before:]] == [[], ["themes", "sessioncontributor"]]


def test_several_that_are_deleted_at_once_are_told_each(client):
    listed = [ListedAddress.objects.create(email=f"{n}@example.org") for n in range(3)]
    sent = {"action": "delete_selected", "_selected_action": [one.pk for one in listed], "post": "yes"}

    client.post("/admin/members/listedaddress/", sent)

    assert not ListedAddress.objects.exists()
    assert {row[:3] for row in told()} == {("deleted", "members.listedaddress", one.pk) for one in listed}


def test_a_role_that_may_more_says_so(client):
    role = Group.objects.create(name="Readers")

    client.post(f"/admin/auth/group/{role.pk}/change/", {"name": "Readers", "may": ["events.view_session"]})

    assert told() == [("changed", "auth.group", role.pk, {"fields": ["may"]})]


def test_the_history_is_in_the_time_of_the_event(client):
    event = make.event_ahead(time_zone="America/New_York")
    session = make.session(event)
    moment = datetime(2026, 12, 1, 20, 30, tzinfo=UTC)
    Entry.objects.create(
        at=moment, act=Act.SESSION_ADDED, via=Via.SITE, thing="events.session", thing_id=session.pk
    )

    page = client.get(f"/admin/events/session/{session.pk}/history/").text

    assert "When (New York time)" in page
    assert "Tue 1 Dec 2026, 15:30" in page
    assert "The site itself" in page


@pytest.mark.slow
def test_a_long_history_has_pages_of_a_hundred(client, django_assert_num_queries):
    theme = make.theme(make.event())
    who = [make.member(f"Editor {n}").pk for n in range(20)]
    Entry.objects.bulk_create(
        Entry(
            at=NOW + timedelta(seconds=n),
            act=Act.CHANGED,
            via=Via.PERSON,
            actor_id=who[n % 20],
            thing="events.theme",
            thing_id=theme.pk,
            facts={"fields": ["title"]},
        )
        for n in range(10_000)
    )
    url = f"/admin/events/theme/{theme.pk}/history/"

    with django_assert_num_queries(6):
        first = client.get(url)
    with django_assert_num_queries(6):
        last = client.get(f"{url}?p=100")

    assert first.text.count("<tr>") == last.text.count("<tr>") == 101
    assert "Editor 19" in flat(first.text)


def test_a_record_without_history_says_that_nothing_is_known(client):
    theme = make.theme(make.event())

    page = client.get(f"/admin/events/theme/{theme.pk}/history/").text

    assert "Nothing is recorded about this." in page


def test_what_is_no_record_leads_back(client):
    assert client.get("/admin/events/theme/0/history/").status_code == 302


@pytest.mark.slow
def test_who_saves_too_late_is_told_who_was_quicker_also_where_a_rule_saved(client, root):
    session = make.session(make.event_ahead())
    url = f"/admin/events/session/{session.pk}/change/"
    sent = form_of(client.get(url))
    sam = make.member("Sam", is_staff=True, is_superuser=True)
    quicker = people.reader(sam)
    quicker.post(url, form_of(quicker.get(url)) | {"room": "Hall"})
    Session.objects.update(changed_at=NOW + timedelta(seconds=1))

    page = client.post(url, sent | {"room": "Foyer"}).text

    assert "Sam changed it on" in page
    assert Session.objects.get().room == "Hall"
