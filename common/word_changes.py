"""What became of words from one text to the next: the same, taken out, put in."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed", "skipped"]


@dataclass(frozen=True)
class Piece:
    """Some words, and what became of them; those that are *skipped* only count what is not shown."""

    kind: Kind
    words: str


def pieces(
    before: Sequence[str], after: Sequence[str], *, between: str = "", least_alike: float = 0
) -> list[Piece]:
    """Return both texts in order, in runs of words; what was replaced is taken out, then put in.

    ``between`` stands between two words of a run. Empty where they are less alike than ``least_alike`` (0 to
    1). How much text may be compared is the caller's to limit: the best match takes time by the words' cube.
    """
    matcher = SequenceMatcher(None, before, after)
    if least_alike and matcher.ratio() < least_alike:
        return []
    found: list[Piece] = []
    for act, from_, to, start, end in matcher.get_opcodes():
        if act == "equal":
            found.append(Piece("same", between.join(before[from_:to])))
            continue
        if to > from_:
            found.append(Piece("removed", between.join(before[from_:to])))
        if end > start:
            found.append(Piece("added", between.join(after[start:end])))
    return found
