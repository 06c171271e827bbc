"""What each app holds of a person, field by field: how it is exported, and what erasing makes of it.

Each app names all its models once, in ``AppConfig.ready``, through its module ``personal_data``: a model
``holds`` something of people, or ``holds_nothing``. Exporting and erasing a person read this registry and
nothing else; ``tests/contracts/test_personal_data.py`` fails for a field of any model that nobody named.
Erasing goes in the order in which the holdings were named: of the apps, from the top of the house down.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

from django.db.models import AutoField, Field, Model, Q, QuerySet
from django.utils.functional import Promise

Text: TypeAlias = str | Promise

#: What stands in place of an address that was erased (RFC 2606 keeps the domain free).
NOBODY: Final = "erased@erased.invalid"


@dataclass(frozen=True)
class Held:
    """An address in small letters, and when it was somebody's: ``None`` is from ever, or still."""

    address: str
    since: datetime | None = None
    until: datetime | None = None

    def within(self, made: str) -> Q:
        """Rows that were ``made`` (a field) in that time."""
        after = Q(**{f"{made}__gt": self.since}) if self.since else Q()
        return after & Q(**{f"{made}__lte": self.until}) if self.until else after

    def covers(self, at: datetime) -> bool:
        """Whether it was theirs at a moment."""
        return not (self.since and at <= self.since) and not (self.until and at > self.until)


@dataclass(frozen=True)
class Person:
    """Who is meant: the account's id and name, and the addresses that are or were theirs."""

    id: int
    name: str
    held: tuple[Held, ...] = ()
    #: Ids of accounts of theirs that were brought together with this one.
    former_ids: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """All numbers that stand for them."""
        return (self.id, *self.former_ids)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Those that are theirs now, in small letters."""
        return tuple(one.address for one in self.held if one.until is None)

    def addresses_at(self, at: datetime) -> tuple[str, ...]:
        """Those that were theirs at a moment."""
        return tuple(dict.fromkeys(one.address for one in self.held if one.covers(at)))

    def has(self, field: str) -> Q:
        """Rows whose ``field`` is an address that is theirs now, however its letters are written."""
        found = Q(pk__in=[])
        for address in self.addresses:
            found |= Q(**{f"{field}__lower": address})
        return found

    def had(self, field: str, made: str) -> Q:
        """Rows whose ``field`` is an address that was theirs when they were ``made`` (a field)."""
        found = Q(pk__in=[])
        for one in self.held:
            found |= Q(**{f"{field}__lower": one.address}) & one.within(made)
        return found


Rows: TypeAlias = Callable[[Person], "QuerySet[Any]"]
#: Called with (person, by=, at=) in the transaction that erases them.
Act: TypeAlias = Callable[..., None]


@dataclass(frozen=True)
class Deleted:
    """Erasing deletes the rows; ``act`` does it where deleting alone is not enough.

    ``is_first``: finding them is slow, so it is done before places are locked for which others wait.
    """

    act: Act | None = None
    is_first: bool = False

    def names(self) -> set[str]:
        """No field by itself: all of them go."""
        return set()


@dataclass(frozen=True)
class Emptied:
    """Erasing leaves the rows, for ``because``: what becomes of each field, and why the others stay.

    ``fields`` are set to a value, those of ``by_act`` are written by ``act``; ``stays`` has a reason for the
    rest: names of fields, parted by spaces, → why.
    """

    because: Text
    fields: Mapping[str, Any] = field(default_factory=dict)
    stays: Mapping[str, str] = field(default_factory=dict)
    act: Act | None = None
    by_act: str = ""

    def names(self) -> set[str]:
        """The fields of which it says what becomes of them."""
        return {*self.fields, *self.by_act.split(), *_split(self.stays)}


@dataclass(frozen=True)
class Written:
    """What somebody wrote into rows that are about others: theirs to have; it stays, for ``because``."""

    title: Text
    rows: Rows
    exported: tuple[str, ...]
    because: Text


@dataclass(frozen=True)
class Holding:
    """One model: its ``rows`` of a person, what of them is exported, and what erasing makes of them.

    ``exported`` are names of fields, or of what they lead to (``session__title``). ``unexported``: names of
    fields, parted by spaces, → why a person does not get them. Without ``rows`` it holds nothing of anybody.
    ``words`` are fields in whose text addresses may stand, ``written`` is what others than whom the rows are
    about wrote in them.
    """

    model: type[Model]
    title: Text
    rows: Rows | None
    exported: tuple[str, ...]
    unexported: Mapping[str, str]
    erased: Deleted | Emptied | None
    words: tuple[str, ...] = ()
    written: Written | None = None

    def unnamed(self) -> set[str]:
        """Fields of the model of which export or erasure says nothing; and names that are none of it."""
        fields = {one.name for one in fields_of(self.model)}
        told = {one.partition("__")[0] for one in self.exported} | _split(self.unexported)
        if self.erased is None:
            return fields ^ told
        kept = fields - self.erased.names() if isinstance(self.erased, Emptied) else set()
        wrong = self.erased.names() - {one.name for one in self.model._meta.get_fields()}
        return (fields - told) | kept | wrong | (told - {one.name for one in self.model._meta.get_fields()})


_HOLDINGS: Final[dict[type[Model], Holding]] = {}
_FIRST: Final[list[Act]] = []


def holds(
    model: type[Model],
    title: Text,
    rows: Rows,
    *,
    exported: str,
    erased: Deleted | Emptied,
    unexported: Mapping[str, str] | None = None,
    words: str = "",
    written: Written | None = None,
) -> None:
    """Name a model that holds something of people; see ``Holding``. Names are parted by spaces."""
    named, kept = tuple(exported.split()), tuple(words.split())
    _HOLDINGS[model] = Holding(model, title, rows, named, unexported or {}, erased, kept, written)


def holds_nothing(model: type[Model], fields: str, why: str) -> None:
    """Name a model of which nothing is about a person, with all its fields, and say why."""
    _HOLDINGS[model] = Holding(model, why, None, (), {fields: why}, None)


def before_erasing(act: Act) -> None:
    """Let an app give up by its own rules what others wait for, before anything is taken away."""
    if act not in _FIRST:
        _FIRST.append(act)


def holdings() -> list[Holding]:
    """All that were named, in order."""
    return list(_HOLDINGS.values())


def of_people() -> list[Holding]:
    """Those that hold something of people."""
    return [one for one in _HOLDINGS.values() if one.rows is not None]


@dataclass(frozen=True)
class Exported:
    """One part of a person's file: its title, and which fields of which rows."""

    model: type[Model]
    title: Text
    rows: Rows
    fields: tuple[str, ...]


def exported() -> list[Exported]:
    """Return all parts of a person's file, in order."""
    parts = []
    for one in of_people():
        assert one.rows is not None  # noqa: S101  # of_people has those with rows only
        parts.append(Exported(one.model, one.title, one.rows, one.exported))
        if (own := one.written) is not None:
            parts.append(Exported(one.model, own.title, own.rows, own.exported))
    return parts


def staying() -> list[tuple[Text, Text]]:
    """Return what erasing leaves, and why."""
    emptied = [(one.title, one.erased.because) for one in of_people() if isinstance(one.erased, Emptied)]
    return emptied + [(one.written.title, one.written.because) for one in of_people() if one.written]


def fields_of(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the columns to be named: all but numbers of rows, and what is computed from others."""
    return [
        one for one in model._meta.concrete_fields if not isinstance(one, AutoField) and not one.generated
    ]


def erase(person: Person, *, by: Any, at: datetime) -> None:
    """Do what each holding says, in the caller's transaction. Repeating it changes nothing."""
    for holding in filter(_is_first, of_people()):
        _erase(holding, person, by, at)
    for act in _FIRST:
        act(person, by=by, at=at)
    for holding in of_people():
        if not _is_first(holding):
            _erase(holding, person, by, at)


def _is_first(holding: Holding) -> bool:
    return isinstance(holding.erased, Deleted) and holding.erased.is_first


def _erase(holding: Holding, person: Person, by: Any, at: datetime) -> None:
    assert holding.rows is not None  # noqa: S101  # of_people has those with rows only
    erased = holding.erased
    if erased is not None and erased.act is not None:
        erased.act(person, by=by, at=at)
    if isinstance(erased, Deleted):
        holding.rows(person).delete()
    elif isinstance(erased, Emptied) and erased.fields:
        holding.rows(person).update(**erased.fields)


def _split(named: Mapping[str, str]) -> set[str]:
    return {name for names in named for name in names.split()}
