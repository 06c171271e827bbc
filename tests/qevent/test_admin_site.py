"""The admin's front page: the pages by job, what waits for whom, and what is left to set up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import ListedAddress, SiteSettings
from notifications import outbox
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.markup import flat
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def front(member):
    return people.reader(member).get(INDEX)


def lines(member):
    return [line.text for line in front(member).context["todo"]]


def something_of_everything(number=1):
    """People who wait, emails that failed, a draft, and full sessions; so many of each."""
    event = make.event_ahead()
    for n in range(number):
        make.member(f"Winnie {n}", membership="waiting")
        make.session(event, status="draft", title=f"Draft {n}")
        full = make.workshop(event, capacity=2, title=f"Full {n}")
        Workshop.objects.filter(session=full).update(taken=2, line=n, ticket=n + 2)
        at = timezone.now()
        outbox.enqueue("welcome", at=at, key=f"k{n}", email="ada@example.org")
    Message.objects.update(state="failed")


def test_pages_are_grouped_by_job_in_plain_words():
    groups = {
        group["name"]: [page["name"] for page in group["models"]]
        for group in front(people.admin()).context["app_list"]
    }

    assert groups == {
        "Events": ["Events", "Sessions", "Themes", "Hosts and speakers", "Registrations", "Bookings"],
        "People": ["Members", "Community’s list"],
        "Emails": ["Emails sent"],
        "Blog": ["Posts"],
        "Conversation": ["Comments", "Decisions", "Reports"],
        "The site": ["Site settings", "Pages", "Policy pages", "Team roles"],
    }


def test_what_waits_is_there_with_the_way_to_it():
    something_of_everything()

    page = front(people.admin())

    assert [(line.text, line.url) for line in page.context["todo"]] == [
        ("1 person waits for approval", "/admin/members/member/?standing=waiting"),
        ("1 email could not be sent", "/admin/notifications/message/?state__exact=failed"),
        ("1 session is a draft, which nobody sees", "/admin/events/session/?status__exact=draft"),
        ("Sessions fill up", "/admin/events/session/?places=filling"),
    ]
    assert "Full 0: 2 of 2" in flat(page.text)


@pytest.mark.slow
def test_every_line_leads_to_a_list_of_just_that():
    something_of_everything(3)
    client = people.reader(people.admin())

    found = [client.get(line.url).context["cl"].result_count for line in client.get(INDEX).context["todo"]]

    assert found == [3, 3, 3, 3]


def test_with_nothing_waiting_it_says_what_would_be_there():
    page = front(people.admin())

    assert page.context["todo"] == []
    assert "People who wait for approval" in flat(page.text)


@pytest.mark.slow
def test_each_sees_what_they_may_do_something_about():
    something_of_everything()

    assert lines(people.staff("Moderator")) == []
    assert [line.split()[1] for line in lines(people.staff("Support"))] == ["person", "email", "fill"]
    assert len(lines(people.staff("Event admin"))) == 4


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_the_front_page_asks_the_same_however_much_waits(number):
    something_of_everything(number)
    client = people.reader(people.admin())
    client.get(INDEX)

    with CaptureQueriesContext(connection) as asked:
        client.get(INDEX)

    assert len(asked) == 13


def test_an_event_in_the_past_fills_up_no_more():
    event = make.event_ahead()
    full = make.workshop(event, capacity=2)
    Workshop.objects.filter(session=full).update(taken=2)
    full.starts_at, full.ends_at = (timezone.now() - timedelta(hours=hours) for hours in (2, 1))
    full.save()

    assert lines(people.admin()) == []


@pytest.mark.slow
def test_setting_up_goes_from_the_settings_to_the_published_event():
    root = people.admin()

    def steps():
        return [step.text for step in front(root).context["setup"]]

    first = steps()
    SiteSettings.objects.update(contact_email="team@example.org", sender_email="q@example.org")
    ListedAddress.objects.create(email="ada@example.org")
    event = make.event(status="draft", title="Q 2027")
    second = steps()
    type(event).objects.update(registration_opens_at=timezone.now())
    third = steps()
    type(event).objects.update(booking_opens_at=timezone.now())
    session = make.session(event, status="draft")
    fourth = steps()
    type(session).objects.update(status="published")
    type(event).objects.update(status="published")

    assert first == [
        "Say what the site and the team are called, and where emails are answered",
        "Say from which address emails come",
        "Import the list of members",
        "Make the event",
    ]
    assert second == [
        "Say when registration and booking of Q 2027 open",
        "Import the programme of Q 2027, or type it in under Sessions",
        "Publish Q 2027 when it is ready",
    ]
    assert third[0] == "Say when booking of Q 2027 opens"
    assert fourth == [
        "Publish 1 session of Q 2027: nobody sees drafts",
        "Publish Q 2027 when it is ready",
    ]
    assert steps() == []


@pytest.mark.slow
def test_every_page_of_the_admin_says_in_its_title_what_it_is():
    event = make.event_ahead(title="Q 2027")
    session = make.session(event, title="Run charts")
    client = people.reader(people.admin())
    pages = [
        INDEX,
        "/admin/events/session/",
        "/admin/events/session/add/",
        f"/admin/events/session/{session.pk}/change/",
        f"/admin/events/session/{session.pk}/delete/",
        f"/admin/events/session/{session.pk}/history/",
        "/admin/events/session/import/",
    ]

    titles = [flat(client.get(page).text).split("<title>")[1].split("</title>")[0] for page in pages]

    assert titles == [
        "What to do - Q community admin",
        "Sessions - Q community admin",
        "Add session - Q community admin",
        "Run charts - Change session - Q community admin",
        "Delete Run charts - Q community admin",
        "Change history: Run charts - Sessions - Q community admin",
        "Import a programme - Q community admin",
    ]


@pytest.mark.slow
def test_public_pages_lead_the_team_to_their_record_and_back():
    event = make.event_ahead()
    session, theme = make.session(event), make.theme(event)
    editor, other = people.reader(people.staff("Event admin")), people.reader(people.staff("Moderator"))
    pages = {
        one.get_absolute_url(): f"/admin/events/{kind}/{one.pk}/change/"
        for kind, one in (("event", event), ("session", session), ("theme", theme))
    }

    for page, record in pages.items():
        assert f'href="{record}"' in editor.get(page).text
        assert f'href="{record}"' not in other.get(page).text
        assert f'href="{page}"' in editor.get(record).text
