"""What sessions are to a reader comes from above, through a registry."""

from types import SimpleNamespace

import pytest

from events.models import Session
from events.programme import states
from events.programme.contents import Programme
from tests import make

NOTHING = states.Seen(Programme((), ()), {})


@pytest.fixture(autouse=True)
def no_other_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask only what a test registers: the registry starts empty."""
    monkeypatch.setattr(states, "_lookups", [])


@pytest.mark.django_db
def test_a_higher_app_says_what_sessions_are_to_a_registered_reader():
    registration = make.registration(make.event(), make.member("Ada"))
    booked = SimpleNamespace(tone="yours")

    states.register_lookup(lambda mine, _: {7: booked} if mine == registration else {})

    assert states.states_of(registration, NOTHING) == {7: booked}


@pytest.mark.django_db
def test_a_lookup_is_told_which_session_alone_is_wanted():
    event = make.event()
    registration, session = make.registration(event, make.member("Ada")), make.session(event)

    states.register_lookup(lambda mine, about: {about.pk: "booked"} if isinstance(about, Session) else {})

    assert states.states_of(registration, session) == {session.pk: "booked"}


@pytest.mark.django_db
def test_a_state_that_nobody_looks_at_is_not_decided():
    class Decided(dict[int, str]):
        def __getitem__(self, key: int) -> str:
            return super().__getitem__(key) if key == 7 else pytest.fail(f"{key} was decided")

    states.register_lookup(lambda *_: Decided({7: "booked", 8: "waiting"}))

    found_states = states.states_of(make.registration(make.event(), make.member("Ada")), NOTHING)

    assert found_states.get(7) == "booked"


def test_nothing_is_asked_about_somebody_who_is_not_registered():
    states.register_lookup(lambda *_: pytest.fail("asked"))

    assert states.states_of(None, NOTHING) == {}


def test_a_lookup_is_registered_once():
    def lookup(mine: object, about: object) -> dict[int, object]:
        return {}

    states.register_lookup(lookup)
    states.register_lookup(lookup)

    assert states._lookups == [lookup]
