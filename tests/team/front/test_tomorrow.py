"""The day before and on the day, what sessions lack stands on the team's first page, and where to mend it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from hosting.models import Agreement
from team.front import tomorrow
from team.sessions.gaps import gaps
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
#: The day before make.event begins, and the day.
EVE = NOW.replace(day=17)
DAY = NOW.replace(day=18, hour=8)
LINK = "https://meet.example/1"
WHOLE: dict[str, Any] = {"join_url": LINK, "has_captions": True, "supported_by": "Quick Fingers Ltd"}


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def flow(event):
    """A session of the first day that lacks nothing."""
    session = make.workshop(event, slug="flow", title="Flow", **WHOLE)
    make.agreed(make.host(session, email="hana@hosts.example"), event)
    return session


def said(at=EVE, role="Event admin"):
    return [(one.text, one.detail, one.url) for one in tomorrow.lines(people.staff(role), at=at)]


def record(session, field):
    return f"/admin/events/session/{session.pk}/change/#{field}"


def test_what_lacks_nothing_is_not_there(flow):
    assert said() == []


@pytest.mark.parametrize(
    ("fields", "says", "field"),
    [
        ({"join_url": ""}, "No joining link", "id_join_url"),
        ({"supported_by": ""}, "No captioner or interpreter noted", "id_supported_by"),
        (
            {"supported_by": "", "has_captions": False, "has_sign_language": True},
            "No captioner or interpreter noted",
            "id_supported_by",
        ),
    ],
)
def test_each_gap_leads_to_the_field_that_mends_it(flow, fields, says, field):
    type(flow).objects.update(**fields)

    assert said() == [("Flow", f"Tomorrow, 10:00: {says}", record(flow, field))]
    assert said(DAY) == [("Flow", f"Today, 10:00: {says}", record(flow, field))]


def test_a_host_who_has_not_agreed_presses_now_and_not_before(event, flow):
    Agreement.objects.all().delete()
    page = "/team/events/2026/sessions/flow/#hosts"

    assert said() == [("Flow", "Tomorrow, 10:00: No host has agreed yet", page)]
    links = list(flow.session_contributors.all())
    before = gaps(flow, links, frozenset(), is_unmet=False, at=NOW)
    assert [(gap.words, gap.is_pressing) for gap in before] == [("No host has agreed yet", False)]


def test_nothing_is_said_earlier_nor_of_what_is_over_cancelled_or_a_draft(event, flow):
    type(flow).objects.update(join_url="")
    assert [said(at) for at in (EVE - 24 * HOUR, DAY + 3 * HOUR)] == [[], []]

    for status in ("cancelled", "draft"):
        type(flow).objects.update(status=status)
        assert said() == []


def test_who_may_not_change_sessions_is_led_to_the_page_about_it(flow):
    type(flow).objects.update(join_url="")

    assert said(role="Support") == [
        ("Flow", "Tomorrow, 10:00: No joining link", "/team/events/2026/sessions/flow/")
    ]


def test_it_stands_on_the_first_page_and_on_the_pages_of_event_and_session(flow):
    type(flow).objects.update(join_url="")
    client = people.reader(people.staff("Event admin"))

    with time_machine.travel(EVE, tick=False):
        pages = [
            flat(client.get(path).content.decode())
            for path in ("/team/", "/team/events/2026/", "/team/events/2026/sessions/flow/")
        ]

    assert "Tomorrow, 10:00: No joining link" in pages[0]
    assert "No joining link" in pages[1]
    assert all(f'href="{record(flow, "id_join_url")}"' in page for page in (pages[0], pages[2]))


def test_many_are_behind_one_line(event):
    for n in range(7):
        make.session(event, title=f"S{n}", hour=9 + n)

    found = said()

    assert len(found) == 6
    assert found[-1][::2] == ("All sessions that lack something", "/team/events/2026/")


@pytest.mark.parametrize(("sessions", "queries"), [(1, 5), (30, 5)])
def test_thirty_cost_the_queries_of_one(event, sessions, queries, django_assert_num_queries):
    tess = people.staff("Event admin")
    tess.has_perm("events.view_event")
    for n in range(sessions):
        make.host(make.workshop(event, hour=9 + n / 10), f"Hana {n}")

    with django_assert_num_queries(queries):
        tomorrow.lines(tess, at=EVE)
