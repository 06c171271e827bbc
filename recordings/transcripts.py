"""The transcript of a recording: given as captions or as text, read by the team, and only then seen.

What hosts and speakers say is in it. The words of all others stay out until the team puts them in, and their
names never come in: reading it deletes the words that stay out and all names but those of hosts and speakers,
so that nothing is kept that nobody is to see. What the team read is what is shown: a transcript that was
changed meanwhile has to be read again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import folding
from common.transactions import retried
from events.models import Contributor
from members.models import Member
from recordings import captions
from recordings.locking import locked
from recordings.models import Cue, Recording, Speaker
from recordings.refusals import RecordingRefused

#: How long captions lie that nobody reads: they hold names and words of all who took part.
UNREAD: Final = timedelta(days=30)
MOST_CHARS: Final = 400_000
#: What meeting programs, and people, add to a name.
_ADDED: Final = re.compile(r"\s[-–—|(\[]|[(\[|]")


@dataclass(frozen=True)
class Told:
    """Who a speaker is, by the number of their record, and whether their words are shown."""

    contributor: int | None
    is_shown: bool


@retried
def give_text(pk: int, text: str, *, by: By, at: datetime) -> None:
    """Give a transcript without times, whose words the team answers for. Raises ``RecordingRefused``."""
    paragraphs = [" ".join(one.split()) for one in text.replace("\r\n", "\n").split("\n\n")]
    _give(pk, [_untimed(one) for one in paragraphs if one], by=by, at=at)


@retried
def give_captions(pk: int, content: bytes, *, by: By, at: datetime) -> None:
    """Give captions; what hosts and speakers of the session say is shown, whoever else speaks is not.

    Raises ``RecordingRefused``.
    """
    said = captions.read(content)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(one.name for one in said), start=1)}
    cues = [{"at": one.at, "until": one.until, "by": numbers[one.name], "text": one.text} for one in said]
    recording = _give(pk, cues, by=by, at=at)
    hosts = _recognised(recording, [name for name in numbers if name])
    Speaker.objects.bulk_create(
        Speaker(
            recording=recording,
            number=number,
            name=name,
            contributor=hosts.get(name),
            is_shown=name in hosts,
        )
        for name, number in numbers.items()
    )


def _recognised(recording: Recording, names: list[str]) -> dict[str, Contributor]:
    """Return who of the session each name is: of the very same words, in any order. Two queries.

    What programs add to a name is left aside: "Hana Evans (she/her)", "Hana Evans - Cardiff". A name that two
    of the session bear is nobody's.
    """
    hosts = list(recording.session.contributors.all())
    bare = {name: _ADDED.split(name, maxsplit=1)[0].strip() for name in names}
    keys = folding.keys({*bare.values(), *(one.name for one in hosts)})
    found = {}
    for name, written in bare.items():
        same = [one for one in hosts if keys[written] and keys[written] & keys[one.name]]
        if len(same) == 1:
            found[name] = same[0]
    return found


@retried
def say_who_speaks(pk: int, told: Mapping[int, Told], *, seen: int, by: By, at: datetime) -> None:
    """Say of each speaker who they are, and whether their words are shown; the transcript is then read anew.

    Raises ``RecordingRefused``, also where the captions were changed since they were ``seen``.
    """
    recording = _changeable(pk)
    if recording.version != seen:
        raise RecordingRefused(_("The transcript was changed meanwhile. Look at it as it is now."))
    if recording.read_at is not None:
        raise RecordingRefused(
            _("It was read, so what stays out is deleted. Give the captions again to change who is shown.")
        )
    hosts = {one.pk: one for one in recording.session.contributors.all()}
    for speaker in recording.speakers.all():
        if speaker.number in told:
            one = told[speaker.number]
            speaker.contributor, speaker.is_shown = hosts.get(one.contributor or 0), one.is_shown
            speaker.save(update_fields=["contributor", "is_shown"])
    _unread(recording)
    trail.record(recording, Act.SPEAKERS_SAID, by=by, at=at)


def _untimed(text: str) -> Cue:
    return {"at": None, "until": None, "by": None, "text": text}


def _give(pk: int, cues: list[Cue], *, by: By, at: datetime) -> Recording:
    recording = _changeable(pk)
    if not cues:
        raise RecordingRefused(_("There are no words in it."))
    if sum(len(cue["text"]) for cue in cues) > MOST_CHARS:
        raise RecordingRefused(_("It is longer than 400,000 characters. Give a shorter one."))
    recording.speakers.all().delete()
    recording.cues, recording.captions_at = cues, at
    recording.has_captions = cues[0]["at"] is not None
    _unread(recording)
    trail.record(recording, Act.TRANSCRIPT_GIVEN, by=by, at=at)
    return recording


@retried
def read(pk: int, *, seen: int, by: Member, at: datetime) -> None:
    """Keep that one of the team has read the transcript of this version; it is as it is shown from now on.

    Raises ``RecordingRefused``.
    """
    recording = _changeable(pk)
    if not recording.cues:
        raise RecordingRefused(_("It has no transcript. Give it captions, or what is said as text."))
    if recording.version != seen:
        raise RecordingRefused(_("The transcript was changed meanwhile. Read it as it is now."))
    if recording.read_at is not None:
        return
    shown = {None, *recording.speakers.filter(is_shown=True).values_list("number", flat=True)}
    recording.cues = [_kept(cue, is_shown=cue["by"] in shown) for cue in recording.cues]
    recording.speakers.filter(contributor=None).update(name="")
    recording.words = "\n".join(cue["text"] for cue in recording.cues if cue["text"])
    recording.read_by, recording.read_at = by, at
    recording.save(update_fields=["cues", "words", "read_by", "read_at"])
    trail.record(recording, Act.TRANSCRIPT_READ, by=by, at=at)


def _kept(cue: Cue, *, is_shown: bool) -> Cue:
    return cue if is_shown else cue | {"text": ""}


def forget(*, at: datetime) -> int:
    """Delete captions that nobody has read in time; return of how many recordings."""
    old = Recording.objects.filter(read_at=None, captions_at__lt=at - UNREAD).exclude(cues=[])
    numbers = list(old.values_list("pk", flat=True))
    return sum(_forget(pk, at - UNREAD) for pk in numbers)


@retried
def _forget(pk: int, before: datetime) -> int:
    recording = locked(pk)
    if recording.read_at or recording.captions_at is None or recording.captions_at >= before:
        return 0
    recording.speakers.all().delete()
    recording.cues, recording.has_captions, recording.captions_at = [], False, None
    recording.save(update_fields=["cues", "has_captions", "captions_at"])
    return 1


def _changeable(pk: int) -> Recording:
    recording = locked(pk)
    if recording.is_published:
        raise RecordingRefused(_("It is published. Take it down first, then change its transcript."))
    return recording


def _unread(recording: Recording) -> None:
    """Let it be read anew."""
    recording.version += 1
    recording.words, recording.read_by, recording.read_at = "", None, None
    names = ("cues", "has_captions", "captions_at", "version", "words", "read_by", "read_at")
    recording.save(update_fields=names)
