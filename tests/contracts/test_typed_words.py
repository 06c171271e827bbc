"""What is typed into any form of the site comes back where the form met the log-in, or had an old token."""

import pytest
import time_machine

from tests import make
from tests.contracts import typing
from tests.contracts.scenes import SCENES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: Nobody is logged in yet: no form meets the log-in, and none is somebody's.
BEFORE = ("visitor", "signing up", "a code to log in", "a forgotten password", "a new password")


@pytest.fixture(autouse=True)
def _quietly(quiet_site):
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.mark.parametrize("name", [one for one in SCENES if one not in BEFORE])
def test_what_is_typed_comes_back_over_the_log_in_and_over_an_old_token(name):
    scene = SCENES[name]()
    found = [form for form in scene.forms() if typing.is_typed_into(form)]

    lost = [
        told
        for form in found
        for act in (typing.over_the_log_in, typing.with_an_old_token)
        for told in act(scene, form)
    ]

    assert lost == []
