"""The pages of somebody's own data, and that of the team: what they say, ask and do."""

from datetime import timedelta

import pytest
from django.test import Client

from common.personal_data import registry
from members.models import Erasure
from members.privacy import erasure
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import NOW
from tests.members.privacy.everything import PASSWORD
from tests.members.privacy.test_export import MY_DATA, logged_in

ERASE, KEEP = f"{MY_DATA}erase/", f"{MY_DATA}keep/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def test_the_page_names_all_that_goes_and_all_that_stays_with_why():
    page = people.reader(make.member("Ada")).get(ERASE).content.decode()

    for holding in registry.of_people():
        assert f">{holding.title}</" in page
        if isinstance(holding.erased, registry.Emptied):
            assert f"<dd>{holding.erased.because}</dd>" in page
    assert "What others wrote about you" in page


def test_one_asks_and_takes_it_back_with_one_press():
    ada = make.member("Ada", password=PASSWORD)
    client = logged_in(ada)

    client.post(ERASE)
    asked = found(erasure.pending(ada))
    page = client.get(MY_DATA).content.decode()
    answer = people.reader(ada).post(KEEP, follow=True)

    assert (asked.due_at, asked.asked_by) == (NOW + timedelta(days=10), ada)
    assert "Thursday 12 November, 10:00" in page
    assert "You will not be erased. Everything is as it was." in answer.content.decode()
    assert erasure.pending(ada) is None


def test_nobody_asks_without_showing_who_they_are():
    ada = make.member("Ada", password=PASSWORD)

    answer = people.reader(ada).post(ERASE)

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not Erasure.objects.exists()


def test_the_press_goes_on_once_they_have_shown_who_they_are():
    ada = make.member("Ada", password=PASSWORD)
    client = people.reader(ada)
    asked = client.post(ERASE)

    client.post(asked["Location"], {"password": PASSWORD, "next": ERASE})

    assert erasure.pending(ada) is not None


def test_the_last_admin_is_told_why_not():
    root = make.member("Root", is_staff=True, is_superuser=True, password=PASSWORD)

    page = logged_in(root).post(ERASE).content.decode()

    assert "This is the last account that may do everything here." in page
    assert erasure.pending(root) is None


def test_the_team_asks_for_somebody_and_takes_it_back():
    ada, support = make.member("Ada"), people.staff("Support", password=PASSWORD)
    client, page = logged_in(support), f"/admin/members/member/{ada.pk}/erase/"

    client.post(page)
    asked = found(erasure.pending(ada))
    shown = client.get(page).content.decode()
    client.post(page, {"keep": "1"})

    assert asked.asked_by == support
    assert "Ada will be erased on 12 November 2026." in " ".join(shown.split())
    assert erasure.pending(ada) is None


def test_the_team_does_not_touch_stronger_accounts():
    moderator, support = people.staff("Moderator"), people.staff("Support", password=PASSWORD)

    answer = logged_in(support).post(f"/admin/members/member/{moderator.pk}/erase/")

    assert (answer.status_code, Erasure.objects.count()) == (403, 0)


def test_the_page_about_privacy_shows_the_table_of_what_is_kept():
    page = Client().get("/policies/privacy/").content.decode()
    rules = Client().get("/policies/comments/").content.decode()

    assert "Accounts whose email address nobody has confirmed" in page
    assert ">30 days<" in page
    assert "How long we keep what" not in rules
