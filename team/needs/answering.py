"""Answering cases, many at once: each by its rule, and what is refused is said by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from common.http import parse_id
from events.models import AccessNeed
from events.need_cases import NeedRefused
from members.models import Member
from team.needs import cases


@dataclass(frozen=True)
class Ticked:
    """A case that was ticked, and the version of it that was shown."""

    case: AccessNeed
    version: int
    #: What it is about, where that was looked at.
    what: str = ""

    @property
    def seen(self) -> str:
        """It with the version that was shown, as an address names it."""
        return f"{self.case.pk}_{self.version}"

    @property
    def member(self) -> Member:
        """Whose need it is."""
        return self.case.told.registration.member


def ticked(sent: Iterable[str]) -> list[Ticked]:
    """Return the cases that are named as "12_3", number and version; what names none is left out."""
    versions = {}
    for one in sent:
        pk, _, version = one.partition("_")
        versions[parse_id(pk)] = parse_id(version)
    found = AccessNeed.objects.with_people().filter(pk__in=versions).order_by("pk")
    return [Ticked(case, versions[case.pk]) for case in found]


@dataclass(frozen=True)
class Refused:
    """One that was not answered, and why, by name."""

    one: Ticked
    sentence: str


def each(chosen: Sequence[Ticked], rule: Callable[[Ticked], object]) -> tuple[list[Ticked], list[Refused]]:
    """Answer each; return those that were, and those that were refused."""
    done, refused = [], []
    for one in chosen:
        try:
            rule(one)
        except NeedRefused as refusal:
            refused.append(Refused(one, f"{one.member.name}: {refusal}"))
        else:
            done.append(one)
    return done, refused


def anew(refused: Sequence[Refused], *, by: Member, at: datetime) -> list[Ticked]:
    """Return those that were refused as they are now, looked at again, which is recorded."""
    found = AccessNeed.objects.with_people().filter(pk__in=[one.one.case.pk for one in refused])
    rows = list(found.order_by("pk"))
    what = cases.look(rows, by=by, at=at, goes_on=True)
    return [Ticked(case, case.version, what.get(case.pk, "")) for case in rows]


def unreached(done: Sequence[Ticked]) -> list[str]:
    """Return the names of those whom no email reaches: closed accounts, addresses that nobody confirmed."""
    ids = {one.member.pk for one in done}
    reached = set(Member.objects.reachable().filter(pk__in=ids).values_list("pk", flat=True))
    return list(dict.fromkeys(one.member.name for one in done if one.member.pk not in reached))
