"""What people write gives them no right, and is shown, never run. What forms take: test_every_form.py."""

from collections.abc import Iterator

import pytest
import time_machine

from events.models import Registration, Session
from tests import make
from tests.contracts import people

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SCRIPT = "<script>alert(1)</script>{{ site.pk }}{% now 'Y' %}"
PROFILE = {
    "name": "Ada",
    "pronouns": "",
    "organisation": "",
    "role": "",
    "region": "wales",
    "time_zone": "Europe/London",
    "calendar": "feed",
    "seen": "never",
}


@pytest.fixture(autouse=True)
def _quietly(quiet_site) -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_nobody_makes_themselves_more_than_they_are():
    waiting = make.member("Winnie", membership="waiting")
    client = people.reader(waiting)
    rights = {"is_staff": "on", "is_superuser": "on", "membership": "active", "email": "x@example.org"}

    client.post("/members/profile/", PROFILE | rights | {"groups": "1"})

    waiting.refresh_from_db()
    assert (waiting.is_staff, waiting.is_superuser, waiting.membership) == (False, False, "waiting")


def test_what_people_write_is_shown_and_never_run():
    event = make.event(slug="2026", title=SCRIPT, description=SCRIPT, summary=SCRIPT, venue=SCRIPT)
    fields = (
        "title",
        "summary",
        "description",
        "room",
        "ground_rules",
        "content_note",
        "join_url",
    )
    session = make.workshop(event, slug="flow")
    Session.objects.filter(pk=session.pk).update(**dict.fromkeys(fields, SCRIPT))
    make.session(event, title=SCRIPT, slug="film", starts_at=None, ends_at=None, transcript=SCRIPT)
    make.theme(event, SCRIPT, slug="equity", description=SCRIPT).sessions.add(session)
    make.host(session, SCRIPT, organisation=SCRIPT, biography=SCRIPT, role=SCRIPT)
    ada = make.member(SCRIPT, organisation=SCRIPT, membership_reason=SCRIPT)
    make.registration(event, ada)
    client = people.reader(ada)
    client.post("/events/2026/agenda/flow/book/")

    pages = [
        client.get(path).text
        for path in (
            "/",
            "/events/",
            "/events/2026/",
            "/events/2026/programme/?q=<script>",
            "/events/2026/sessions/flow/",
            "/events/2026/sessions/film/",
            "/events/2026/themes/equity/",
            "/events/2026/agenda/",
            "/events/2026/agenda/flow/cancel/",
            "/events/2026/register/",
            "/events/2026/cancel/",
            "/members/profile/",
            "/calendar/",
        )
    ]

    assert Registration.objects.count() == 1
    assert [page for page in pages if "<script>alert" in page or "&lt;script" not in page] == []
    assert all("{% now 'Y' %}" in page or "{% now &#x27;Y&#x27; %}" in page for page in pages)
