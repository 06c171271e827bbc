"""What an agenda says of a session."""

from datetime import datetime
from typing import Any

from events.models import Event, Registration, Session
from events.programme.cache_version import raise_version
from tests import make
from tests.make import NOW
from workshops.agenda import state_lookup
from workshops.agenda.states import State


def ada_at(event: Event, name: str = "Ada", **fields: Any) -> Registration:
    """Ada's registration, with the event and them loaded as the page has them."""
    return make.registration(event, make.member(name, **fields))


def change(session: Session, reader: Registration, **fields: object) -> None:
    """Change a session with the version of its programme, as rules do; the reader has the event anew."""
    Session.objects.filter(pk=session.pk).update(**fields)
    raise_version(session.event_id)
    reader.event = Event.objects.get(pk=session.event_id)


def state(session: Session, registration: Registration, at: datetime = NOW) -> State:
    """What ``session`` is to them now."""
    return state_lookup.all_states(registration, at=at)[session.pk]


def shown(
    session: Session, registration: Registration, at: datetime = NOW
) -> tuple[str, str, str, list[str]]:
    """The words of a state: tone, label, places, and the labels of its buttons."""
    one = state(session, registration, at)
    return one.tone, one.label, one.places, [button.label for button in one.buttons]
