"""Boxes of an MP4 file (ISO/IEC 14496-12): which tracks it has, and where it says more than what is heard.

Nothing is decoded, and nothing is read but the heads of boxes, a bounded number of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

#: Boxes that are looked at, of a whole file.
MOST: Final = 2_000
#: Boxes that hold boxes, on the way to what a track is and to what is said of it.
_INSIDE: Final = (b"moov", b"trak", b"mdia")
#: What a recorder writes of itself, of a place or of people; and room in which such may lie.
REMARKS: Final = (b"udta", b"meta", b"uuid", b"free", b"skip")


@dataclass(frozen=True)
class Box:
    """A box: its kind, where its content begins, and where it ends; ``head`` is where its kind stands."""

    kind: bytes
    head: int
    start: int
    stop: int


def boxes(file: "IO[bytes]", size: int) -> Iterator[Box]:
    """Yield the boxes of a file and of those of its boxes that hold some, in order."""
    waiting, seen = [(0, size)], 0
    while waiting:
        at, stop = waiting.pop()
        while at + 8 <= stop and seen < MOST:
            seen += 1
            box = _read(file, at, stop)
            if box is None:
                break
            yield box
            if box.kind in _INSIDE:
                waiting.append((box.start, box.stop))
            at = box.stop


def _read(file: "IO[bytes]", at: int, stop: int) -> Box | None:
    file.seek(at)
    head = file.read(16)
    length, kind, start = int.from_bytes(head[:4], "big"), head[4:8], at + 8
    if length == 1:  # its length is written behind its kind, in eight bytes
        length, start = int.from_bytes(head[8:16], "big"), at + 16
    end = stop if length == 0 else at + length
    return Box(kind, at + 4, start, end) if start <= end <= stop else None


def has_video(file: "IO[bytes]", size: int) -> bool:
    """Whether a track is seen; so is taken, too, what has no track that can be read."""
    kinds = set()
    for box in boxes(file, size):
        if box.kind == b"hdlr" and box.start + 12 <= box.stop:
            file.seek(box.start + 8)
            kinds.add(file.read(4))
    return b"vide" in kinds or b"soun" not in kinds
