"""Forms of the event pages: text to values."""

import pytest

from events.forms import AccessNeedsForm, RegistrationForm, initial_of
from events.models import Event, KeptNeed
from events.models.access_needs import kinds_for

NOTHING = {"needs": "", "share_with_hosts": False, "kinds": {}, "keep": False}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, {}),
        ({"needs": "  Captions  "}, {"needs": "Captions"}),
        ({"needs": "Ë 健康", "share_with_hosts": "on"}, {"needs": "Ë 健康", "share_with_hosts": True}),
        ({"needs": "a" * 2000}, {"needs": "a" * 2000}),
        ({"need-captions": "on", "keep": "on"}, {"kinds": {"captions": False}, "keep": True}),
        (
            {"need-captions": "on", "need-slides": "on", "hosts-slides": "on"},
            {"kinds": {"captions": False, "slides": True}},
        ),
        ({"hosts-slides": "on"}, {}),
    ],
)
def test_access_needs_are_optional_and_hosts_know_need_by_need(data: dict[str, str], told: dict[str, object]):
    form = AccessNeedsForm(data, event=Event())

    assert form.is_valid()
    found = form.told()
    assert {*found.pop("shown")} == {*kinds_for(Event())}
    assert found == NOTHING | told


def test_a_room_is_asked_about_only_where_people_come_to_one():
    online, in_person = (AccessNeedsForm(event=Event(place=place)) for place in ("online", "in-person"))

    assert "need-step-free" not in online.fields
    assert {"need-step-free", "need-hearing-loop"} <= {*in_person.fields}


def test_the_form_is_filled_with_what_they_said_before():
    before = [
        KeptNeed(kind="other", words="A quiet room", is_shared_with_hosts=True),
        KeptNeed(kind="captions", is_shared_with_hosts=False),
    ]
    form = AccessNeedsForm(event=Event(), initial=initial_of(before, is_kept=True))

    values = {name: form[name].value() for name in ("needs", "share_with_hosts", "keep")}
    assert values == {"needs": "A quiet room", "share_with_hosts": True, "keep": True}
    assert (form["need-captions"].value(), form["hosts-captions"].value()) == (True, False)
    assert form.is_told


def test_the_form_is_closed_for_who_said_nothing():
    assert not AccessNeedsForm(event=Event(), initial=initial_of([], is_kept=False)).is_told


def test_the_code_of_conduct_is_required_and_not_ticked_beforehand():
    form = RegistrationForm({}, event=Event(code_of_conduct="Be kind."))

    assert form.errors == {"code_of_conduct": ["Accept the code of conduct to register."]}
    assert not RegistrationForm(None, event=Event(code_of_conduct="Be kind."))["code_of_conduct"].value()


@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_a_code_of_conduct_there_is_nothing_to_accept(text: str):
    assert RegistrationForm({}, event=Event(code_of_conduct=text)).is_valid()
