"""Emails about concerns, each for its own cause."""

from typing import Protocol

from concerns import handling
from tests import make
from tests.concerns import reports
from tests.make import NOW


class Named(Protocol):
    """What the person and the event are called."""

    @property
    def person(self) -> str:
        """The name."""

    @property
    def title(self) -> str:
        """The title."""


def _came(names: Named) -> None:
    event = make.event(title=names.title[:150])
    _reader, sam = reports.named(event, names.person, "Sam")
    sam.is_staff = False
    sam.save()
    reports.reported(event)


def _answered(names: Named) -> None:
    event = make.event(title=names.title[:150])
    rita, _sam = reports.named(event)
    concern = reports.reported(event, reporter=make.member(names.person), wants="email", is_suspected=True)
    handling.answer(concern.pk, "We spoke with him.", seen=1, by=rita, at=NOW)


CAUSES = {"concern-came": _came, "answer-waits": _answered}
