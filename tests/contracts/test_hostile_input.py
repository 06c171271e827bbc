"""Every form with values that nobody means: a message or a plain refusal, never an error, nothing changed."""

import pytest
import time_machine
from django.core.cache import cache

from events.models import Registration
from members.models import Member
from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>{{ site.pk }}{% now 'Y' %}"
HOSTILE = {
    "a NUL": "a\0b",
    "a lone surrogate": "\udcff\ud800".encode("utf-8", "surrogatepass"),
    "bytes that are no text": b"\xff\xfe\x00\x80",
    "far too long": "a" * 100_000,
    "a script": SCRIPT,
    "a header": "a\r\nBcc: evil@example.org",
    "turned text": "\u202egro.elpmaxe@lave",
    "a huge number": "9" * 5000,
    "less than nothing": "-1",
    "nothing to see": "\u200b\u2060",
    "SQL": "' OR 1=1; DROP TABLE members_member; --",
    "a formula": '=HYPERLINK("https://evil.example")',
    "two values": ["a", "b"],
}
#: Each form's fields, and a set of values of which one at a time is spoilt.
FORMS = {
    "/accounts/signup/": {"name": "Ada", "email": "new@example.org", "password1": "four new green bottles"},
    "/accounts/login/": {"login": "ada@example.org", "password": "wrong but long", "remember": "on"},
    "/accounts/login/code/": {"email": "nobody@example.org"},
    "/accounts/password/reset/": {"email": "nobody@example.org"},
}
MEMBERS_FORMS = {
    "/members/profile/": {
        "name": "Ada",
        "pronouns": "",
        "organisation": "",
        "role": "",
        "region": "wales",
        "time_zone": "Europe/London",
        "calendar": "feed",
        "seen": "never",
    },
    "/calendar/": {"calendar": "feed"},
    "/events/2026/register/": {"needs": "", "share_with_hosts": "on", "code_of_conduct": "on"},
    "/events/2026/register/needs/": {"needs": "", "share_with_hosts": "on"},
    "/accounts/email/": {"email": "nobody@example.org", "action_add": "1"},
    "/accounts/password/change/": {"oldpassword": "wrong", "password1": "x"},
    "/events/2026/agenda/flow/book/": {"wanted": "place", "next": "/"},
    "/events/2026/agenda/flow/cancel/": {"next": "/"},
    "/events/2026/agenda/flow/swap/": {"replace": "1", "next": "/"},
    "/events/2026/agenda/flow/accept/": {"replace": "1", "next": "/"},
}


@pytest.fixture(autouse=True)
def _at_the_time_of_the_tests():
    cache.clear()
    with time_machine.travel(make.NOW, tick=False):
        yield


def spoilt(forms):
    """Yield every form with one of its fields spoilt."""
    return [(path, field) for path, fields in forms.items() for field in fields]


@pytest.mark.parametrize(("path", "field"), spoilt(FORMS))
def test_what_a_visitor_sends_is_never_an_error_and_makes_no_strange_account(path, field):
    make.member("Ada", email="ada@example.org", password="four old green bottles")
    client = people.reader()

    answers = {}
    for what, value in HOSTILE.items():
        cache.clear()
        answers[what] = client.post(path, FORMS[path] | {field: value}).status_code
        client.cookies.clear()

    assert [what for what, status in answers.items() if status >= 500] == []
    made = Member.objects.exclude(email="ada@example.org")
    assert not [person for person in made if not person.name.isprintable() or not person.email.isascii()]


@pytest.mark.parametrize(("path", "field"), spoilt(MEMBERS_FORMS))
def test_what_a_member_sends_is_never_an_error(path, field):
    event = make.event(slug="2026", code_of_conduct="Be kind.")
    make.workshop(event, slug="flow")
    ada = make.member("Ada", email="ada@example.org", password="four old green bottles")
    make.registration(event, ada)
    client = people.reader(ada)

    answers = {
        what: client.post(path, MEMBERS_FORMS[path] | {field: value}).status_code
        for what, value in HOSTILE.items()
    }

    assert [what for what, status in answers.items() if status >= 500] == []
    ada.refresh_from_db()
    assert (ada.email, ada.is_staff, ada.membership) == ("ada@example.org", False, "active")


def test_nobody_makes_herself_more_than_she_is():
    waiting = make.member("Winnie", membership="waiting")
    client = people.reader(waiting)
    rights = {"is_staff": "on", "is_superuser": "on", "membership": "active", "email": "x@example.org"}

    client.post("/members/profile/", MEMBERS_FORMS["/members/profile/"] | rights | {"groups": "1"})

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
        "transcript",
    )
    session = make.workshop(event, slug="flow", **dict.fromkeys(fields, SCRIPT))
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
