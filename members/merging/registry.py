"""What merging two accounts makes of every row that points at the one that ends.

Each app names all its ways to a member once, in ``AppConfig.ready``: rows *move* to the account that stays,
*go*, *stay* where they are, or are dealt with by an *act* of the app; ``tests/contracts/test_merging.py``
fails for a way that nobody named. It is done from the ground of the house up: registrations before the
bookings that hang on them. Acts lock first, all of them; then each says what it will do (``look``), which is
what the team has read before; then it is done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from django.apps import apps
from django.db.models import Model

from audit.actors import By
from members.models import Member

#: One of its ways: a model, and the name of its field that is a member.
Way: TypeAlias = tuple[type[Model], str]
Afterwards: TypeAlias = Callable[[], object]


class Line(NamedTuple):
    """What becomes of something, as the page says it before: of what, and in a sentence."""

    about: str
    words: str


def no_lock(kept: Member, ended: Member) -> None:
    """Lock nothing more than the two accounts."""


def no_check(kept: Member, ended: Member) -> None:
    """Refuse nothing."""


@dataclass(frozen=True)
class Act:
    """What an app does itself. ``do`` gets (kept, ended, by=, at=) and returns what follows the commit.

    ``check`` raises a ``MergeRefused`` where these two are never brought together: nobody is mailed a code.
    """

    do: Callable[..., Iterable[Afterwards]]
    look: Callable[[Member, Member], Iterable[Line]]
    lock: Callable[[Member, Member], None] = no_lock
    check: Callable[[Member, Member], None] = no_check


@dataclass(frozen=True)
class Rows:
    """Rows of one model: ``becomes`` is "moves", "goes" or "stays", ``what`` names them, or says why."""

    way: Way
    becomes: str
    what: tuple[str, str]

    def of(self, member: Member) -> Any:
        """The rows that point at a member."""
        model, field = self.way
        return model._default_manager.filter(**{field: member.pk}).order_by()


_ROWS: Final[dict[Way, Rows]] = {}
_ACTS: Final[dict[str, list[Act]]] = {}
_BY_ACT: Final[set[Way]] = set()


def moves(model: type[Model], fields: str, one: str = "", many: str = "") -> None:
    """Name rows that go over as they are; ``one`` and ``many`` count them: "%(count)s comment"."""
    for field in fields.split():
        _ROWS[model, field] = Rows((model, field), "moves", (one, many))


def goes(model: type[Model], fields: str, one: str = "", many: str = "") -> None:
    """Name rows that end with the account."""
    for field in fields.split():
        _ROWS[model, field] = Rows((model, field), "goes", (one, many))


def stays(model: type[Model], fields: str, why: str) -> None:
    """Name rows that stay with the account that has ended, and say why."""
    for field in fields.split():
        _ROWS[model, field] = Rows((model, field), "stays", (why, why))


def by_act(app: str, act: Act, *ways: Way) -> None:
    """Let an app deal with these ways itself."""
    if act not in _ACTS.setdefault(app, []):
        _ACTS[app].append(act)
    _BY_ACT.update(ways)


def named() -> set[Way]:
    """Every way that somebody has named."""
    return {*_ROWS, *_BY_ACT}


def staying() -> set[Way]:
    """The ways by which rows may point at an account that has ended."""
    return {way for way, rows in _ROWS.items() if rows.becomes == "stays"}


def check(kept: Member, ended: Member) -> None:
    """Ask every act whether they may be brought together. Raises ``MergeRefused``."""
    for act in _acts():
        act.check(kept, ended)


def lock(kept: Member, ended: Member) -> None:
    """Lock what the acts write, in the order of the house."""
    for act in _acts():
        act.lock(kept, ended)


def look(kept: Member, ended: Member) -> list[Line]:
    """Say what will become of everything, without doing it."""
    lines = [line for act in _acts() for line in act.look(kept, ended)]
    return lines + [line for rows in _ROWS.values() for line in _counted(rows, ended)]


def do(kept: Member, ended: Member, *, by: By, at: datetime) -> list[Afterwards]:
    """Do all of it, in the caller's transaction and under its locks; return what follows the commit."""
    afterwards: list[Afterwards] = []
    for act in _acts():
        afterwards += act.do(kept, ended, by=by, at=at)
    for rows in _ROWS.values():
        if rows.becomes == "moves":
            rows.of(ended).update(**{rows.way[1]: kept.pk})
        elif rows.becomes == "goes":
            rows.of(ended).delete()
    return afterwards


def _acts() -> list[Act]:
    """Return all acts, from the ground of the house up."""
    order = [config.label for config in reversed(list(apps.get_app_configs()))]
    return [act for label in order for act in _ACTS.get(label, ())]


def _counted(rows: Rows, ended: Member) -> Iterable[Line]:
    if rows.becomes == "stays" or not rows.what[0]:
        return
    if number := rows.of(ended).count():
        said = "go over to the account that stays" if rows.becomes == "moves" else "end with the account"
        if number == 1:
            said = said.replace("go ", "goes ", 1).replace("end ", "ends ", 1)
        yield Line("Also", f"{rows.what[number != 1] % {'count': number}} {said}.")
