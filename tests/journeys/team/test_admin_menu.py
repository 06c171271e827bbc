"""The admin on a desk: its menu takes one row, and without a script nothing counts what it cannot."""

import pytest
from django.urls import reverse

from events.models import Registration
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = ("members_member", "events_registration", "auth_group")
ROW = """() => {
  const height = (selector) => document.querySelector(selector).offsetHeight;
  return Math.round(height(".admin-nav") / height(".admin-nav a"));
}"""


@pytest.fixture
def alex(event) -> Registration:
    """Somebody who may do everything, registered so that ``open_as`` knows them."""
    return make.registration(event, make.member("Alex", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("name", LISTS)
def test_the_menu_of_the_admin_takes_one_row_at_1280(alex, open_as, live_server, name):
    page = open_as(alex, live_server.url + reverse(f"admin:{name}_changelist"), width=1280)

    assert page.evaluate(ROW) == 1


def test_without_a_script_nothing_says_how_many_are_ticked(alex, open_as, live_server):
    address = live_server.url + reverse("admin:members_member_changelist")

    with_script = open_as(alex, address).locator(".action-counter").is_visible()
    without = open_as(alex, address, java_script_enabled=False).locator(".action-counter").is_visible()

    assert (with_script, without) == (True, False)
