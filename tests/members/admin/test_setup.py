"""The site's settings, and what a new installation begins with."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from members.models import ListedAddress, Member, SiteSettings
from tests import make
from tests.members.staff import opened

pytestmark = pytest.mark.django_db

SETTINGS = "/admin/members/sitesettings/1/change/"


@pytest.mark.slow
def test_settings_that_somebody_else_saved_meanwhile_are_not_overwritten(client, sam):
    mine, theirs = opened(client, SETTINGS), opened(client, SETTINGS)

    client.post(SETTINGS, theirs | {"name": "Q"})
    refused = client.post(SETTINGS, mine | {"name": "R"})

    assert refused.status_code == 200
    assert SiteSettings.load().name == "Q"


def test_there_is_one_row_of_settings_and_no_way_to_lose_it(client, sam):
    assert client.get("/admin/members/sitesettings/").url == SETTINGS
    assert client.get("/admin/members/sitesettings/add/").status_code == 403
    assert client.post("/admin/members/sitesettings/1/delete/", {"post": "yes"}).status_code == 403
    assert SiteSettings.objects.count() == 1


@pytest.mark.slow
def test_a_new_installation_says_what_is_left_to_set_up(client, sam):
    before = client.get("/admin/").content.decode()

    SiteSettings.objects.update(contact_email="team@example.org", sender_email="q@example.org")
    ListedAddress.objects.create(email="ada@example.org")
    make.session(make.event())
    after = client.get("/admin/").content.decode()

    assert "Import the list of members" in before
    assert "Make the event" in before
    assert "To set up" not in after


def test_the_teams_groups_are_there_with_what_they_may_do():
    support = Group.objects.get(name="Support")
    names = set(support.permissions.values_list("codename", flat=True))

    assert set(Group.objects.values_list("name", flat=True)) >= {
        "Blog editor",
        "Moderator",
        "Event admin",
        "Support",
    }
    assert {"view_member", "change_member"} <= names
    assert not names & {"delete_member", "add_listedaddress", "change_sitesettings"}


def test_createsuperuser_makes_an_admin_whose_address_needs_no_code():
    root = Member.objects.create_superuser("Root@example.org", "three small otters", name="Root")
    client = Client()

    answer = client.post("/accounts/login/", {"login": "root@example.org", "password": "three small otters"})

    assert (root.is_staff, root.is_superuser, root.membership) == (True, True, "active")
    assert answer["Location"] == "/"
