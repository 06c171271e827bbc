"""Every view of access needs is recorded: whatever page shows somebody's words has written down who looked.

Each address is asked by who may do everything and by a member, by GET and by POST as forms of needs send it.
What hosts see, and that each look of theirs is recorded, is in ``tests/hosting/test_people.py``.
"""

import pytest
from django.db import transaction
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from tests import make
from tests.contracts import addresses, people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("quiet_site", "ordinary_monday"),
]
WORDS = "Zebra lamp"
LOOKS = (Act.NEEDS_SEEN, Act.NEEDS_SEEN_BY_HOST, Act.NEEDS_TAKEN_ALONG)
#: What the forms of pages that show needs send.
SENT = {"why": "1", "shown": "page", "next": "/team/needs/"}
#: The pages that show them to the team.
TEAM = {"team:needs", "team:session_needs"}


def views(client: Client, world: addresses.World) -> dict[str, int]:
    """Return what shows the words, and how many looks were recorded by it; nothing of it stays."""
    found = {}
    for name in addresses.names():
        path = addresses.path(name, world)
        for data in (None, SENT):
            with people.as_she_is(client), transaction.atomic():
                before = Entry.objects.filter(act__in=LOOKS).count()
                answer = client.get(path) if data is None else client.post(path, data)
                if not answer.streaming and WORDS.encode() in answer.content:
                    found[name] = Entry.objects.filter(act__in=LOOKS).count() - before
                transaction.set_rollback(True)
    return found


@pytest.fixture
def world() -> addresses.World:
    """One of each, and Ada needs something, as hosts may know too."""
    made = addresses.world()
    make.need(made.ada.registrations.get(event__slug="2026"), "other", WORDS, is_shared_with_hosts=True)
    return made


def test_whoever_of_the_team_reads_it_is_in_its_history(world):
    found = views(people.reader(world.root), world)

    assert [name for name, looks in found.items() if not looks] == []
    assert set(found) == TEAM


def test_a_member_reads_what_another_needs_nowhere(world):
    assert views(people.reader(make.member("Bo")), world) == {}
