"""What the first page is made of: jobs, the lines of each, and the things that can be taken one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from members.models import Member
from team import taking
from team.models import Taken

#: How many things of a job are named; the rest are behind its number.
NAMED = 5


@dataclass(frozen=True)
class TodoItem:
    """Something to do, and where; ``detail`` says more, ``is_late`` that a promise is broken."""

    text: str
    url: str
    detail: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Thing:
    """One thing that waits, by kind (``app.model``) and id, and who is on it."""

    thing: str
    pk: int
    title: str
    url: str
    detail: str = ""
    taken: Taken | None = None
    is_mine: bool = False
    can_be_taken: bool = False

    def with_who(self, taken: Mapping[tuple[str, int], Taken], reader: Member) -> "Thing":
        """Return it with who is on it, as ``reader`` sees that, and whether they deal with it."""
        found = taken.get((self.thing, self.pk))
        is_mine = found is not None and found.by_id == reader.pk
        can_be_taken = taking.may_take(reader, self.thing)
        return replace(self, taken=found, is_mine=is_mine, can_be_taken=can_be_taken)


@dataclass(frozen=True)
class Section:
    """One job: what waits, what it says when nothing does, and its page (``label``)."""

    name: str
    slug: str
    url: str
    label: str
    nothing: str
    lines: list[TodoItem] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    def with_who(self, taken: Mapping[tuple[str, int], Taken], reader: Member) -> "Section":
        """Return it with who is on each of its things."""
        return replace(self, things=[one.with_who(taken, reader) for one in self.things])
