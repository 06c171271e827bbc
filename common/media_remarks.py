"""Takes out of audio what its recorder wrote into it besides what is heard: names, places, pictures.

What is heard stays as it is, byte by byte: MP3 without the tags before and behind it (ID3, APE), WAV and MP4
with what is said in them overwritten where it stands.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Final

from django.core.files import File

from common.media_boxes import REMARKS, boxes

#: Of a WAV, what is needed to hear it (RIFF).
_HEARD: Final = (b"fmt ", b"data", b"fact")
#: Tags of an MP3, and chunks of a WAV, that are looked at.
_MOST: Final = 1_000
_PART: Final = 65_536
#: Eleven ones, with which each part of an MP3 begins.
_SYNC: Final = 0xFFE0


class NotWhole(Exception):
    """The file ends before it says it does, or holds nothing to be heard."""


@contextmanager
def without(content: "File[bytes]", ending: str) -> "Iterator[File[bytes]]":
    """Have the same audio without remarks, for as long as it is needed. Raises ``NotWhole``."""
    with TemporaryFile() as made, TemporaryFile() as cut:
        content.seek(0)
        shutil.copyfileobj(content, made, _PART)
        size = made.tell()
        if ending == "mp3":
            _cut(made, size, cut)
        else:
            _overwrite(made, _remarks_of_wav(made, size) if ending == "wav" else _remarks_of_mp4(made, size))
        kept = cut if ending == "mp3" else made
        kept.flush()
        kept.seek(0)
        yield File(kept)


Span = tuple[int, bytes, int, int]


def _overwrite(file: "IO[bytes]", spans: list[Span]) -> None:
    for head, kind, start, stop in spans:
        file.seek(head)
        file.write(kind)
        file.seek(start)
        for at in range(start, stop, _PART):
            file.write(bytes(min(_PART, stop - at)))


def _remarks_of_mp4(file: "IO[bytes]", size: int) -> list[Span]:
    return [(one.head, b"free", one.start, one.stop) for one in boxes(file, size) if one.kind in REMARKS]


def _remarks_of_wav(file: "IO[bytes]", size: int) -> list[Span]:
    found: list[Span] = []
    kinds: set[bytes] = set()
    at = 12
    while at + 8 <= size and len(kinds) + len(found) < _MOST:
        file.seek(at)
        head = file.read(8)
        stop = min(size, at + 8 + int.from_bytes(head[4:], "little"))
        kinds.add(head[:4])
        if head[:4] not in _HEARD:
            found.append((at, b"JUNK", at + 8, stop))
        at = stop + (stop - at) % 2
    if not {b"fmt ", b"data"} <= kinds:
        raise NotWhole
    if at < size:
        found.append((at, b"", at, size))
    return found


def _cut(file: "IO[bytes]", size: int, into: "IO[bytes]") -> None:
    """Copy what lies between the tags of an MP3 (https://id3.org, APEv2)."""
    start, stop = 0, size
    for _ in range(_MOST):
        before = start, stop
        start += _tag_before(_at(file, start, 10))
        if start < stop:
            end = max(start, stop - 160)
            stop -= _tag_behind(_at(file, end, stop - end))
        if (start, stop) == before or start >= stop:
            break
    first = int.from_bytes(_at(file, start, 2).ljust(2, b"\0"), "big")
    if start >= stop or first & _SYNC != _SYNC:
        raise NotWhole
    file.seek(start)
    left = stop - start
    while left > 0 and (part := file.read(min(_PART, left))):
        into.write(part)
        left -= len(part)


def _at(file: "IO[bytes]", at: int, number: int) -> bytes:
    file.seek(at)
    return file.read(number)


def _tag_before(head: bytes) -> int:
    """Return the bytes of the tag that begins with these; 0 where there is none."""
    if head[:3] != b"ID3" or len(head) < 10:  # the head of a tag
        return 0
    length = 0
    for one in head[6:10]:
        length = length << 7 | one & 0x7F
    return 10 + length + (10 if head[5] & 0x10 else 0)


def _tag_behind(end: bytes) -> int:
    """Return the bytes of the tag that ends with these; 0 where there is none."""
    if end[-128:-125] == b"TAG":
        return 128
    if end[-32:-24] == b"APETAGEX":
        has_head = end[-9] & 0x80
        return int.from_bytes(end[-20:-16], "little") + (32 if has_head else 0)
    if end[-10:-7] == b"3DI":
        return _tag_before(b"ID3" + end[-7:])
    return 0
