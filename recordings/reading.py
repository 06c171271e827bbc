"""A transcript as it is read: what each speaker says in a row, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from recordings.models import Cue, Recording, Speaker

#: A paragraph of one speaker goes no further than this, in milliseconds: times lead into long talks as well.
LONGEST_PARAGRAPH: Final = 60_000


@dataclass(frozen=True)
class Paragraph:
    """What one speaker says from ``seconds`` on; without a time where the transcript has none.

    ``words`` is empty where somebody speaks whose words are left out.
    """

    speaker: str
    seconds: int | None
    words: str
    #: What is said there and stays out, until the transcript was read: for the team alone.
    left_out: str = ""

    @property
    def clock(self) -> str:
        """Its time as players write it."""
        return clock(self.seconds or 0)


def paragraphs(recording: Recording) -> list[Paragraph]:
    """Return the transcript of a recording. One query."""
    speakers = {one.number: one for one in recording.speakers.select_related("contributor")}
    return [_paragraph(cues, speakers.get(cues[0]["by"])) for cues in _in_a_row(recording.cues)]


def _paragraph(cues: list[Cue], speaker: Speaker | None) -> Paragraph:
    words = " ".join(cue["text"] for cue in cues if cue["text"])
    begins = None if cues[0]["at"] is None else cues[0]["at"] // 1000
    if speaker is None:
        return Paragraph("", begins, words)
    name = speaker.contributor.name if speaker.contributor else _("A participant")
    return Paragraph(name, begins, words) if speaker.is_shown else Paragraph(name, begins, "", words)


def _in_a_row(cues: list[Cue]) -> Iterator[list[Cue]]:
    for (_by, _has_words), run in groupby(cues, lambda cue: (cue["by"], bool(cue["text"]))):
        part: list[Cue] = []
        for cue in run:
            is_long = part and cue["at"] is not None and cue["at"] - part[0]["at"] > LONGEST_PARAGRAPH
            if part and (is_long or cue["at"] is None) and cue["text"]:
                yield part
                part = []
            part.append(cue)
        yield part


def clock(seconds: int) -> str:
    """Write a time within a recording: "4:05", "1:02:03"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def as_webvtt(recording: Recording) -> str:
    """Return the captions of a recording as they may be seen (https://www.w3.org/TR/webvtt1/). One query."""
    speakers = {one.number: one for one in recording.speakers.select_related("contributor")}
    cues = [_as_cue(cue, speakers.get(cue["by"])) for cue in recording.cues if cue["at"] is not None]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _as_cue(cue: Cue, speaker: Speaker | None) -> str:
    is_shown = bool(cue["text"]) and (speaker is None or speaker.is_shown)
    text = cue["text"] if is_shown else _("[someone in the audience speaks]")
    name = speaker.contributor.name if speaker and speaker.contributor else ""
    said = f"{name}: {text}" if name and is_shown else text
    return f"{_moment(cue['at'])} --> {_moment(cue['until'])}\n{_escaped(said)}"


def _moment(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _escaped(text: str) -> str:
    """Return a text of a cue in one line, in which nothing is a mark."""
    one_line = " ".join(text.split())
    return one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
