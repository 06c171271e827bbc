"""Every form with values that nobody means: a message or a plain refusal, never an error, nothing changed.

Which forms there are is found out (``scenes``), what is sent is in ``hostile``, what must hold in ``attack``.
"""

import zlib

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Registration
from tests import make
from tests.contracts import attack, people
from tests.contracts.scenes import SCENES

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
#: Of each scene, how many hostile values each field gets, and how many in the long form.
ROUNDS = {"visitor": 3, "not registered": 3, "registered and booked": 3, "at the agenda": 2, "admin": 2}
LONG = 8


@pytest.fixture(autouse=True)
def _quietly(quiet_site):
    with time_machine.travel(make.NOW, tick=False):
        yield


def faults(name, rounds):
    """What does not hold of the forms of a scene, with so many values in each field."""
    scene = SCENES[name]()
    forms = scene.forms()
    assert forms
    return [
        told
        for form in forms
        for number in range(rounds)
        for told in attack.faults(
            scene, form, attack.spoilt(form, zlib.crc32(form.address.encode()) + number * 7)
        )
    ]


@pytest.mark.parametrize("name", SCENES)
def test_whatever_is_sent_is_refused_in_words_or_legal(name):
    assert faults(name, ROUNDS.get(name, 1)) == []


@pytest.mark.full
@pytest.mark.parametrize("name", SCENES)
def test_whatever_is_sent_into_every_field_is_refused_in_words_or_legal(name):
    assert faults(name, LONG) == []


#: Of these scenes, how many forms are filled in with whatever comes; the long form is every scene.
DRAWN = {"visitor": 25, "not registered": 25, "registered and booked": 40}
#: All that a browser can send; half a character (a surrogate) it cannot.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["0", "-1", "1e9", "2026-02-30", "25:61", "on", "null", "[]", "%00", "../..", "\u202e", "\u200b"]
)


def draw(name, examples):
    """Fill in the forms of a scene with whatever comes, all fields at once; what must hold is asserted."""
    scene = SCENES[name]()
    forms = [form for form in scene.forms() if attack.spoilt(form, 0)]
    if not forms:  # buttons only: there is nothing to fill in
        return

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(st.data())
    def holds(data):
        form = data.draw(st.sampled_from(forms), label="form")
        drawn = {field: (data.draw(ANYTHING, label=field),) for field in attack.spoilt(form, 0)}
        assert list(attack.faults(scene, form, {field: field for field in drawn}, drawn)) == []

    holds()


@pytest.mark.parametrize("name", DRAWN)
def test_whatever_comes_into_all_fields_at_once_is_refused_in_words_or_legal(name):
    draw(name, DRAWN[name])


@pytest.mark.full
@pytest.mark.parametrize("name", SCENES)
def test_whatever_comes_into_the_fields_of_every_form_is_refused_in_words_or_legal(name):
    draw(name, 25)


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
