"""Answering cases, many at once: each by its rule, and what is refused is said by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from common.http import parse_id
from events.models import AccessNeed
from events.need_cases import NeedRefused
from members.models import Member


@dataclass(frozen=True)
class Ticked:
    """A case that was ticked, and the version of it that was shown."""

    case: AccessNeed
    version: int

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
    cases = AccessNeed.objects.with_people().filter(pk__in=versions).order_by("pk")
    return [Ticked(case, versions[case.pk]) for case in cases]


def each(chosen: Sequence[Ticked], rule: Callable[[Ticked], object]) -> tuple[list[Ticked], list[str]]:
    """Answer each; return those that were, and what was refused of the others."""
    done, refused = [], []
    for one in chosen:
        try:
            rule(one)
        except NeedRefused as refusal:
            refused.append(f"{one.member.name}: {refusal}")
        else:
            done.append(one)
    return done, refused
