"""Everything a role may do begins at most three presses away from any page: *Team*, a page, what is on it."""

import re

import pytest

from tests.contracts import addresses, people
from tests.contracts.roles.granted import with_a_page_for
from tests.contracts.roles.table import ROLES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: What is reached from one record, which a list leads to: its parts have an id in their address.
OF_A_RECORD = re.compile(r"/\d+/|/autocomplete/|/history/|/[a-z]+/[\w-]+/sessions/|/import/\d")
#: What is no page, lists the same as another, or is led to while something waits there.
ON_THE_WAY = {
    "admin:jsi18n",
    "admin:app_list",
    "admin:notifications_message_maybe_sent",
    "team:clocks",
    "team:concerns",  # to those who read some
}


@pytest.mark.parametrize("role", ["moderator", "blog editor", "support", "event admin", "admin"])
def test_every_page_of_the_team_is_found_within_two_presses_of_the_first(role):
    world = addresses.world()
    client = people.reader(ROLES[role](world))
    names = {name for name in with_a_page_for(role) if name.startswith(("team:", "admin:"))} - ON_THE_WAY
    pages = {name: addresses.path(name, world) for name in names}
    wanted = {name: path for name, path in pages.items() if not OF_A_RECORD.search(path)}

    first = _links(client, "/team/")
    second = set().union(*(_links(client, one) for one in first))

    found = {"/team/", *first, *second}
    assert {name: path for name, path in wanted.items() if path not in found} == {}


def _links(client, path):
    """The pages of the team that a page leads to."""
    html = client.get(path).text
    return {one.partition("?")[0] for one in re.findall(r'href="(/(?:team|admin)/[^"#]*)', html)}
