"""What an agenda says of a session."""

from tests import make
from tests.make import NOW
from workshops.agenda import reading


def ada_at(event, name="Ada", **fields):
    """Ada's registration, with the event and them loaded as the page has them."""
    return make.registration(event, make.member(name, **fields))


def state(session, registration, at=NOW):
    """What ``session`` is to them now."""
    return reading.all_states(registration, at=at)[session.pk]


def shown(session, registration, at=NOW):
    """The words of a state: tone, label, places, and the labels of its buttons."""
    one = state(session, registration, at)
    return one.tone, one.label, one.places, [button.label for button in one.buttons]
