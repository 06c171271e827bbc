"""Emails of what members keep, each for its own cause."""

from typing import Protocol

from learning import notes
from tests import make
from tests.make import NOW


class Named(Protocol):
    """What the person and the event are called, and what is written."""

    @property
    def person(self) -> str:
        """The name."""

    @property
    def words(self) -> str:
        """What is written."""

    @property
    def title(self) -> str:
        """The title."""


def _comes_back(names: Named) -> None:
    event, ada = make.event(title=names.title[:150]), make.member(names.person)
    make.registration(event, ada)
    notes.promise(ada, event, names.words, seen="", by_email=True, at=NOW - notes.COMES_BACK_AFTER)
    notes.bring_back(at=NOW)


CAUSES = {"one-thing": _comes_back}
