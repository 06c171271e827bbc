"""Every form of the site is taken as it is meant and from this site only, and loses no words.

Whatever nobody means is answered by a message or a plain refusal, never an error, and changes nothing. Forms
are found on the pages (``scenes``), never listed; that all are found, ``test_forms`` asks. A scene is made
once, and all that is asked of its forms is asked in it.
"""

import zlib
from collections.abc import Iterator

import pytest
import time_machine
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from tests.contracts.conftest import silence
from tests.contracts.forms import posted, typing_again
from tests.contracts.hostile import attack, sending
from tests.contracts.pages.catalogue import undone
from tests.contracts.scenes.catalogue import SCENES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: Taking nothing out of a comment, changing nothing of a session, moving by nothing, answering nothing; and
#: what stands in the others is no code, no browser's passkey and no file of theirs.
REFUSED = (
    "redact",
    "merge",
    "second-step",
    "email/back",
    "in-line/change",
    "2026/move",
    "flow/files",
    "flow/recording/file",
    "captions",
    "audio",
    "attendance/report",
    "feedback",
    "concern/answer",
)
#: Of each scene, how many hostile values each field gets, and how many in the long form.
ROUNDS = {"visitor": 3, "not registered": 3, "registered and booked": 3, "at the agenda": 2, "admin": 2}
LONG = 8
#: Of these scenes, how many forms are filled in with whatever comes; the long form is every scene.
DRAWN = {"visitor": 25, "not registered": 25, "registered and booked": 40}
#: All that a browser can send; half a character (a surrogate) it cannot.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["0", "-1", "1e9", "2026-02-30", "25:61", "on", "null", "[]", "%00", "../..", "\u202e", "\u200b"]
)
#: Whose forms stand in other scenes too: how each is taken is asked of them all, the rest in the long form.
ALIKE = (
    "membership ended",
    "another member",
    "host",
    "staff without rights",
    "blog editor",
    "moderator",
    "support",
)
#: Nobody is logged in yet: no form meets the log-in, and none is somebody's.
BEFORE = (
    "visitor",
    "signing up",
    "a code to log in",
    "a forgotten password",
    "a new password",
    "a host's code",
)

#: What is typed there is a code, and good for half a minute: nothing to come back.
CODES = ("setting up a second step", "giving it")
#: A code opens what is somebody's alone, so it is kept nowhere, and stands in the email, or was shown once.
ASKS_FOR_A_CODE = ("/accounts/email/back/", "/events/2026/concern/answer/")


@pytest.fixture(scope="module")
def scene(request, django_db_setup, django_db_blocker):
    """Somebody at their browser; undone after the last test that is about them."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=False, DEBUG=False),
        time_machine.travel(make.NOW, tick=False),
        silence(),
        undone(),
    ):
        made = SCENES[request.param]()
        posted.to(request.param, made)
        yield made


def of_every(names, later=()):
    """Ask for these scenes, one after the other: whatever asks for the same one shares it.

    ``later`` is what is asked of in the long form only.
    """
    scenes = [pytest.param(one, marks=pytest.mark.full) if one in later else one for one in names]
    return pytest.mark.parametrize("scene", scenes, indirect=True)


@pytest.fixture(autouse=True)
def _quietly(quiet_site) -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@of_every(SCENES)
def test_a_form_is_taken_as_it_is_meant_and_from_this_site_only(scene):
    forms = [form for form in scene.forms if form.has_button]
    refused = []
    for form in forms:
        answer = sending.send(scene, form, sending.filled_in(form, scene))
        is_asking = form.method == "POST" and "error" not in answer.text
        if answer.status not in attack.DONE and not (
            answer.status == 200 and (is_asking or form.method == "GET")
        ):
            refused.append(
                f"{form}: {answer.status}, {answer.page(form).wrong or answer.page(form).errors_beside}"
            )

    strange = [told for form in forms if form.method == "POST" for told in attack.without_token(scene, form)]

    assert [told for told in refused if not any(f"/{one}/" in told for one in REFUSED)] == []
    assert strange == []
    assert forms


@of_every([one for one in SCENES if one not in (*BEFORE, *CODES)], later=ALIKE)
def test_what_is_typed_comes_back_over_the_log_in_and_over_an_old_token(scene):
    typed = [form for form in scene.forms if typing_again.is_typed_into(form)]
    found = [form for form in typed if form.action not in ASKS_FOR_A_CODE]

    lost = [
        told
        for form in found
        for act in (typing_again.over_the_log_in, typing_again.with_an_old_token)
        for told in act(scene, form)
    ]

    assert lost == []


def faults(scene, rounds):
    """What does not hold of the forms of a scene, with so many values in each field."""
    assert scene.forms
    return [
        told
        for form in scene.forms
        for number in range(rounds)
        for told in attack.faults(
            scene, form, attack.spoilt(form, zlib.crc32(form.address.encode()) + number * 7)
        )
    ]


@of_every([one for one in SCENES if one not in ALIKE])
def test_whatever_is_sent_is_refused_in_words_or_legal(scene, request):
    assert faults(scene, ROUNDS.get(request.node.callspec.params["scene"], 1)) == []


@pytest.mark.full
@of_every(SCENES)
def test_whatever_is_sent_into_every_field_is_refused_in_words_or_legal(scene):
    assert faults(scene, LONG) == []


def draw(scene, examples):
    """Fill in the forms of a scene with whatever comes, all fields at once; what must hold is asserted."""
    forms = [form for form in scene.forms if attack.spoilt(form, 0)]
    if not forms:  # buttons only: there is nothing to fill in
        return

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(st.data())
    def holds(data):
        form = data.draw(st.sampled_from(forms), label="form")
        drawn = {field: (data.draw(ANYTHING, label=field),) for field in attack.spoilt(form, 0)}
        assert list(attack.faults(scene, form, {field: field for field in drawn}, drawn)) == []

    holds()


@of_every(DRAWN)
def test_whatever_comes_into_all_fields_at_once_is_refused_in_words_or_legal(scene, request):
    draw(scene, DRAWN[request.node.callspec.params["scene"]])


@pytest.mark.full
@of_every(SCENES)
def test_whatever_comes_into_the_fields_of_every_form_is_refused_in_words_or_legal(scene):
    draw(scene, 25)
