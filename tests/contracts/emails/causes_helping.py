"""The letter about a call, each for its own cause."""

from datetime import timedelta
from typing import Protocol

from events import registration as registering
from events.models import Event, Registration, Session
from members.models import Member
from team.people import by_telephone, calls
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from workshops.places import booking


class Named(Protocol):
    """What people and things are called."""

    @property
    def person(self) -> str:
        """The name."""

    def event(self) -> Event:
        """An event."""

    def session(self, event: Event, *, hour: float = 10) -> Session:
        """A session of it."""


def _helper(names: Named) -> Member:
    sam = people.staff("Support")
    Member.objects.filter(pk=sam.pk).update(name=names.person)
    return sam


def _registered(names: Named, sam: Member) -> Registration:
    ada, event = make.member(names.person), names.event()
    with calls.call(ada, by=sam, at=NOW):
        return by_telephone.register(event, ada, by=sam, at=NOW, heard_conduct=True, needs="Captions")


def _helped(names: Named) -> None:
    sam = _helper(names)
    ada = _registered(names, sam)
    for number in range(2):
        at = NOW + timedelta(minutes=number + 1)
        session = names.session(ada.event, hour=10 + 2 * number)
        with calls.call(ada.member, by=sam, at=at, session=session):
            one = booking.book(session, ada, by=sam, at=at)
    at = NOW + timedelta(minutes=4)
    with calls.call(ada.member, by=sam, at=at):
        booking.cancel(one, by=sam, at=at)


def _cancelled(names: Named) -> None:
    sam = _helper(names)
    ada = _registered(names, sam)
    booking.book(names.session(ada.event), ada, by=ada.member, at=NOW)
    letters.deliver(NOW + timedelta(minutes=10))
    at = NOW + timedelta(minutes=10)
    with calls.call(ada.member, by=sam, at=at):
        registering.cancel(ada, by=sam, at=at)


CAUSES = {"changed-for-you": _helped, "changed-for-you: cancelled": _cancelled}
