"""The admin's front page: the pages by job, what the team did last, and what is left to set up."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members import membership
from members.models import ListedAddress, SiteSettings
from tests import make
from tests.contracts import people
from tests.markup import flat

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def front(member):
    return people.reader(member).get(INDEX)


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


def test_it_leads_to_what_waits_for_the_team():
    assert 'href="/team/">the team’s first page</a>' in flat(front(people.admin()).text)


def test_it_says_what_the_team_did_last():
    winnie, tess = make.member("Winnie", membership="waiting"), people.staff("Support")
    membership.approve(winnie, by=tess, at=timezone.now())

    assert f"{tess}: Approved the membership (" in flat(front(people.admin()).text)


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
        "Records - Q community admin",
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
