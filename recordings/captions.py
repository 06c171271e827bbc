"""Captions as meeting programs write them: WebVTT (https://www.w3.org/TR/webvtt1/), and who speaks.

The programs name a speaker in three ways, and a file has one of them:

- Teams: a voice span in the cue, ``<v Hana Evans>Welcome.</v>`` (WebVTT's own way);
- Webex: the line before the times, which WebVTT calls the cue's identifier, ``1 "Hana Evans" (1234567)``; its
  API a voice span;
- Zoom: the words themselves, ``Hana Evans: Welcome.``

The last is a guess, since people say colons too. So it is taken only where most cues have it; a cue without a
name is then nobody's, and what nobody said is not shown until the team says so. It is read here, not by a
library: it is little, and has to be bounded.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from recordings.models import LONGEST
from recordings.refusals import RecordingRefused

#: Bytes, cues and speakers of the longest that is read: a day of talk.
LARGEST: Final = 5_000_000
MOST_CUES: Final = 20_000
MOST_SPEAKERS: Final = 300
LONGEST_NAME: Final = 200
#: So many of a file's cues begin with a name before it is Zoom's.
MOSTLY: Final = 0.8

_MOMENT: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = re.compile(rf"[ \t]*{_MOMENT}[ \t]*-->[ \t]*{_MOMENT}(?:[ \t].*)?")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_TAG: Final = re.compile(r"<[^>]*>")
_WEBEX: Final = re.compile(r'\d+ "(.*)" \(\d+\)')
_ZOOM: Final = re.compile(r"([^:<>]{1,80}):[ \t]+(.*)", re.DOTALL)
_NO_CUES: Final = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class Said:
    """One cue: when, in milliseconds, by whom ("": nobody is named), and what."""

    at: int
    until: int
    name: str
    text: str


def read(content: bytes) -> list[Said]:
    """Return what is said in a file of captions, in order. Raises ``RecordingRefused``."""
    if len(content) > LARGEST:
        raise RecordingRefused(_("The captions are larger than 5 MB. Choose the file that ends in .vtt."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordingRefused(_not_webvtt()) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise RecordingRefused(_not_webvtt())
    found = [one for block in _blocks(text) for one in _cue(block)]
    if not found:
        raise RecordingRefused(_("There are no words in it."))
    if len(found) > MOST_CUES or len({one.name for one in found}) > MOST_SPEAKERS:
        raise RecordingRefused(_("The captions are longer than those of a day. Cut them, and give the part."))
    return sorted(_named_in_words(found), key=lambda one: one.at)


def _not_webvtt() -> str:
    return _(
        "These are no captions in the WebVTT format. Zoom, Teams and Webex give them as a file that ends in "
        ".vtt: choose that one."
    )


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each block after the first, the head: blank lines part them."""
    for block in re.split(r"\n{2,}", text)[1:]:
        if lines := [line for line in block.split("\n") if line]:
            yield lines


def _cue(lines: list[str]) -> Iterator[Said]:
    """Yield the cue of a block, and each of its voices; nothing of a note or what is no cue."""
    if lines[0].startswith(_NO_CUES) and "-->" not in lines[0]:
        return
    place = next((number for number, line in enumerate(lines[:2]) if "-->" in line), None)
    times = None if place is None else _TIMES.fullmatch(lines[place])
    if place is None or times is None:
        return
    at, until = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
    if not at < until <= LONGEST * 1000:
        return
    identified = _WEBEX.fullmatch(lines[0]) if place else None
    said = "\n".join(lines[place + 1 :])
    for name, words in _voices(said, identified[1] if identified else ""):
        if text := _plain(words):
            yield Said(at, until, _plain(name)[:LONGEST_NAME], text)


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _voices(said: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield who says what in a cue: one voice span after the other, or all of it by ``name``."""
    spans = list(_VOICE.finditer(said))
    if not spans:
        yield name, said
        return
    yield name, said[: spans[0].start()]
    ends = [*(one.start() for one in spans[1:]), len(said)]
    for span, end in zip(spans, ends, strict=True):
        words, _close, rest = said[span.end() : end].partition("</v>")
        yield span[1], words
        yield name, rest


def _plain(text: str) -> str:
    """Return a text without its marks, in one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _named_in_words(found: list[Said]) -> list[Said]:
    """Take the names out of the words, where that is how the file names speakers."""
    if any(one.name for one in found):
        return found
    begins = [_ZOOM.fullmatch(one.text) for one in found]
    names = Counter(one[1] for one in begins if one)
    if sum(names.values()) < len(found) * MOSTLY:
        return found
    return [
        Said(one.at, one.until, match[1].strip(), match[2]) if match else one
        for one, match in zip(found, begins, strict=True)
    ]
