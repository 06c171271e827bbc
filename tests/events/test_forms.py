"""Forms of the event pages: text to values."""

import pytest

from events.forms import AccessNeedsForm, RegistrationForm
from events.models import AccessNeeds, Event


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        ({}, {"needs": "", "share_with_hosts": False}),
        ({"needs": "  Captions  "}, {"needs": "Captions", "share_with_hosts": False}),
        ({"needs": "Ë 健康", "share_with_hosts": "on"}, {"needs": "Ë 健康", "share_with_hosts": True}),
        ({"needs": "a" * 2000}, {"needs": "a" * 2000, "share_with_hosts": False}),
    ],
)
def test_access_needs_are_optional(data: dict[str, str], answers: dict[str, object]):
    form = AccessNeedsForm(data)

    assert form.is_valid()
    assert form.answers() == answers


def test_the_form_is_filled_with_what_they_said_before():
    form = AccessNeedsForm.about(AccessNeeds(needs="Captions", is_shared_with_hosts=True))

    assert (form["needs"].value(), form["share_with_hosts"].value()) == ("Captions", True)


def test_the_form_is_empty_for_who_said_nothing():
    form = AccessNeedsForm.about(None)

    assert (form["needs"].value(), form["share_with_hosts"].value()) == (None, None)


def test_the_code_of_conduct_is_required_and_not_ticked_beforehand():
    form = RegistrationForm({}, event=Event(code_of_conduct="Be kind."))

    assert form.errors == {"code_of_conduct": ["Accept the code of conduct to register."]}
    assert not RegistrationForm(None, event=Event(code_of_conduct="Be kind."))["code_of_conduct"].value()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_a_code_of_conduct_there_is_nothing_to_accept(text: str):
    assert RegistrationForm({}, event=Event(code_of_conduct=text)).is_valid()
