"""Pictures of numbers: columns of stacked parts, drawn as SVG without a script.

Each part of all columns is one path, so that sixty sessions make a picture of a few kilobytes. The drawing is
stretched to the width of the page; words stand outside of it and keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from common.words import in_digits

#: Units of the drawing: a column with the gap after it, the gap, the height of the tallest column.
STEP: Final = 10
GAP: Final = 2
HEIGHT: Final = 100
#: How parts look, from the ground up: each can be told from its neighbours in grey as well.
LOOKS: Final = ("solid", "hollow", "loud")


@dataclass(frozen=True)
class Part:
    """One part of all columns: its name, how it looks, and its drawing."""

    name: str
    look: str
    path: str


@dataclass(frozen=True)
class Picture:
    """A picture. ``top`` names the height of the tallest column, ``below`` what stands under the columns.

    ``below`` has a word for each column, or one for the first and one for the last.
    """

    key: str
    title: str
    description: str
    columns: int
    parts: tuple[Part, ...]
    top: str
    below: tuple[str, ...]

    #: What the drawing needs of its size.
    height: int = HEIGHT

    @property
    def width(self) -> int:
        """How wide the drawing is, in units of its own."""
        return self.columns * STEP

    @property
    def named(self) -> list[tuple[str, str]]:
        """The words under the columns with the middle of each column in percent, where each has one."""
        if len(self.below) != self.columns or self.columns == 1:
            return []
        return [(f"{100 * (n + 0.5) / self.columns:.1f}%", word) for n, word in enumerate(self.below)]


def columns(
    key: str,
    title: str,
    *,
    names: Sequence[str],
    heights: Sequence[Sequence[float]],
    below: tuple[str, ...],
    looks: Sequence[str] = LOOKS,
    most: float | None = None,
    top: str = "",
) -> Picture | None:
    """Draw a column for each of ``heights``, of as many parts as there are ``names``; ``None`` of nothing.

    ``most`` is the height of the whole drawing; without it that of the tallest column, which ``top`` names.
    """
    tallest = max((sum(one) for one in heights), default=0)
    most = most or tallest
    if not tallest or not most:
        return None
    top = top or in_digits(round(most))
    layers = [list(accumulate(one, initial=0.0)) for one in heights]
    parts = tuple(
        Part(name, look, _path((each[place], each[place + 1], most) for each in layers))
        for place, (name, look) in enumerate(zip(names, looks, strict=False))
    )
    description = f"Columns from left to right, {below[0]} to {below[-1]}; the top is {top}."
    return Picture(key, title, description, len(heights), parts, top, below)


def _path(spans: Iterable[tuple[float, float, float]]) -> str:
    """Return one path of a rectangle for each column, from a height to a height, in parts of the most."""
    drawn = []
    for number, (lower, upper, most) in enumerate(spans):
        y, height = HEIGHT - HEIGHT * upper / most, HEIGHT * (upper - lower) / most
        if height > 0:
            drawn.append(f"M{number * STEP} {y:.3g}h{STEP - GAP}v{height:.3g}h-{STEP - GAP}z")
    return "".join(drawn)
