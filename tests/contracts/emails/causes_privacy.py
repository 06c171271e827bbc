"""Emails about people's own data, each for its own cause."""

from typing import Protocol

from members.models import Erasure
from members.privacy import erasure, export, refused_erasures
from tests import make
from tests.contracts import people
from tests.make import BY, NOW


class Named(Protocol):
    """What the person is called."""

    @property
    def person(self) -> str:
        """The name."""


def _data_ready(names: Named) -> None:
    ada = make.member(names.person)
    export.ask(ada, by=ada, at=NOW)
    export.make_due(clock=lambda: NOW)


def _erasure_asked(names: Named) -> None:
    ada = make.member(names.person)
    erasure.ask(ada, by=ada, at=NOW)


def _erasure_asked_by_the_team(names: Named) -> None:
    erasure.ask(make.member(names.person), by=people.admin(), at=NOW)


def _erasure_taken_back(names: Named) -> None:
    ada = make.member(names.person)
    Erasure.objects.create(member=ada, asked_by=ada, asked_at=NOW, due_at=NOW + erasure.THINKING)
    erasure.take_back(ada, by=people.admin(), at=NOW)


def _erasure_refused(names: Named) -> None:
    people.admin()
    asked = erasure.ask(ada := make.member(names.person), by=ada, at=NOW)
    refused_erasures.note(asked, refused_erasures.on_our_side(), at=NOW)


def _erased(names: Named) -> None:
    erasure.erase(make.member(names.person), by=BY, at=NOW)


CAUSES = {
    "data-ready": _data_ready,
    "erasure-asked": _erasure_asked,
    "erasure-asked: by the team": _erasure_asked_by_the_team,
    "erasure-taken-back": _erasure_taken_back,
    "erasure-refused": _erasure_refused,
    "erasure-refused-team": _erasure_refused,
    "erased": _erased,
}
