"""Emails about concerns, each for its own cause."""

from datetime import timedelta
from typing import Protocol

from concerns import due, handling, removal
from notifications.models import Message
from tests import make
from tests.concerns import reports
from tests.contracts import people
from tests.make import NOW


class Named(Protocol):
    """What the person and the event are called."""

    @property
    def person(self) -> str:
        """The name."""

    @property
    def words(self) -> str:
        """What is written."""

    @property
    def title(self) -> str:
        """The title."""


def _came(names: Named) -> None:
    event = make.event(title=names.title[:150])
    _reader, sam = reports.named(event, names.person, "Sam")
    sam.is_staff = False
    sam.save()
    reports.reported(event)


def _due(names: Named) -> None:
    event = make.event(title=names.title[:150])
    _reader, sam = reports.named(event, names.person, "Sam")
    sam.is_staff = False
    sam.save()
    reports.reported(event, at=NOW - timedelta(days=4))
    Message.objects.all().delete()
    due.tell(at=NOW)


def _answered(names: Named) -> None:
    event = make.event(title=names.title[:150])
    rita, _sam = reports.named(event)
    concern = reports.reported(event, reporter=make.member(names.person), wants="email", is_suspected=True)
    handling.answer(concern.pk, "We spoke with him.", seen=1, by=rita, at=NOW)


def _taken_out(names: Named) -> None:
    event = make.event(title=names.title[:150])
    ada = make.registration(event, make.member(names.person)).member
    removal.remove(event, ada, "Reason", names.words, by=people.admin(), at=NOW)


def _looked_again(names: Named, *, lifts: bool = True) -> None:
    event, ada = make.event(title=names.title[:150]), make.member(names.person)
    taken_out = removal.remove(event, ada, "Reason", "Words", by=people.admin(), at=NOW)
    taken_out = removal.ask(event, ada, "Please", by=ada, at=NOW)
    Message.objects.all().delete()
    removal.look_again(taken_out, names.words, lifts=lifts, by=taken_out.removed_by, at=NOW)


CAUSES = {
    "concern-came": _came,
    "answer-due": _due,
    "answer-waits": _answered,
    "taken-out": _taken_out,
    "second-look": _looked_again,
    "second-look: stays": lambda names: _looked_again(names, lifts=False),
}
