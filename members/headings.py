"""Headings of a table that are not read: those nobody knows, and those another one is read instead of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from members.cells import column_name


@dataclass(frozen=True)
class Unknown:
    """A heading that is not read, and what stands below it."""

    heading: str
    examples: tuple[str, ...]
    #: The heading that is read for the same column, where there is one.
    instead: str = ""
    #: Whether nothing stands below it that does not stand below that.
    says_the_same: bool = False

    @property
    def name(self) -> str:
        """The heading as ``column_name`` writes it."""
        return column_name(self.heading)


def not_read(unknown: Sequence[Unknown]) -> Iterator[str]:
    """Yield a sentence for the headings that nobody knows, and one for each that others lost to."""
    if names := [one.heading for one in unknown if not one.instead]:
        yield f"Not read, because not known: {', '.join(names)}."
    beside: dict[tuple[str, bool], list[str]] = {}
    for one in unknown:
        if one.instead:
            beside.setdefault((one.instead, one.says_the_same), []).append(f"“{one.heading}”")
    for (instead, is_same), headings in beside.items():
        why = "says the same" if is_same else "is read in its place"
        yield f"Left out, because “{instead}” {why}: {', '.join(headings)}."
