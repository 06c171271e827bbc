"""Audio of posts: a file of ours that is heard in its post, and what is said in it, in words, below it.

It lies among the uploads, as pictures do, under a name that nobody can guess and that is never given again,
so that nobody finds it before its post is published. It is known by its bytes, and what its recorder
wrote into it besides (names, places) is taken out. Players have it part by part.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage

from audit import history, trail
from audit.actors import By
from audit.acts import Act
from blog.editing.saving import locked_post
from blog.media.numbers_in_post import MAX_OF_A_KIND, next_number
from blog.models import Post, Sound
from blog.refusals import PostRefused, StalePost
from common import media_remarks, turns
from common.media_types import MediaType, media_type_of
from common.times import SITE_ZONE, format_moment
from common.transactions import after_commit, retried

logger = logging.getLogger(__name__)

#: Bytes of the largest: an hour of talk as MP3.
LARGEST_FILE: Final = 50_000_000
#: What is said of one.
WORDS: Final = ("title", "length", "transcript")


@dataclass(frozen=True)
class About:
    """What is said of a piece of audio."""

    title: str
    length: str
    transcript: str


class SoundRefused(PostRefused):
    """An expected no about the file; ``str()`` says what to do."""


def add(post: Post, content: "File[bytes]", about: About, *, by: By, at: datetime) -> Sound:
    """Keep audio for the post and give it the next number.

    Raises ``SoundRefused`` for the file, ``PostRefused`` for what is said of it.
    """
    _check(about)
    found = _checked(content)
    try:
        with media_remarks.without(content, found.ending) as heard, _written(heard, found) as name:
            return _keep(post, name, found, heard.size, about, by=by, at=at)
    except media_remarks.NotWhole as error:
        raise SoundRefused(
            "The file is damaged or not complete. Save it again as MP3, M4A or WAV, and choose that file."
        ) from error


@retried
def _keep(post: Post, name: str, found: MediaType, size: int, about: About, *, by: By, at: datetime) -> Sound:
    locked = locked_post(post)
    if locked.sounds.count() >= MAX_OF_A_KIND:
        raise PostRefused(f"A post has at most {MAX_OF_A_KIND} pieces of audio. Remove one that is not used.")
    number = next_number(locked, "audio")
    sound = Sound(post=locked, number=number, file=name, media_type=found.name, size=size)
    _say(sound, about)
    sound.save()
    trail.record(locked, Act.AUDIO_ADDED, by=by, at=at, number=sound.number)
    return sound


def seen_of(sound: Sound) -> str:
    """Return what a form carries to show which words of it were on the screen."""
    words = "\0".join(getattr(sound, name) for name in WORDS)
    return sha256(words.encode()).hexdigest()[:32]


@retried
def change(sound: Sound, about: About, *, seen: str, by: By, at: datetime) -> None:
    """Change what is said of it, as it was ``seen``; the same words again change nothing.

    Raises ``PostRefused``, and ``StalePost`` where somebody has changed it since.
    """
    _check(about)
    locked = locked_post(sound.post)
    there = Sound.objects.filter(pk=sound.pk).first()
    if there is None:
        raise PostRefused("This audio has been removed since you opened it, so nothing has been saved.")
    before = seen_of(there)
    _say(there, about)
    if seen_of(there) == before:
        return
    if before != seen:
        raise StalePost(_who_changed(locked, there.number))
    there.save(update_fields=WORDS)
    trail.record(locked, Act.AUDIO_CHANGED, by=by, at=at, number=there.number)


def _who_changed(post: Post, number: int) -> str:
    acts = (Act.AUDIO_ADDED, Act.AUDIO_CHANGED)
    last = history.lines(history.entries_of(post).filter(act__in=acts, facts__number=number)[:1])
    if not last:
        return "It was changed since you opened it."
    return f"{last[0].who} changed it on {format_moment(last[0].at, SITE_ZONE.key)}."


def remove(sound: Sound, *, by: By, at: datetime) -> None:
    """Take it away, with its file; its marker in the text then shows nothing."""
    name = str(sound.file.name)
    _forget(sound, by, at)
    after_commit(partial(default_storage.delete, name))


@retried
def _forget(sound: Sound, by: By, at: datetime) -> None:
    locked = locked_post(sound.post)
    if Sound.objects.filter(pk=sound.pk).delete()[0]:
        trail.record(locked, Act.AUDIO_REMOVED, by=by, at=at, number=sound.number)


def src(sound: Sound) -> str:
    """Return its address."""
    address: str = default_storage.url(sound.file.name)
    return address


def _check(about: About) -> None:
    if not about.transcript.strip():
        raise PostRefused("Give the words of the audio, for those who cannot hear it.")


def _say(sound: Sound, about: About) -> None:
    for name in WORDS:
        setattr(sound, name, getattr(about, name).strip())


def _checked(content: "File[bytes]") -> MediaType:
    if content.size > LARGEST_FILE:
        raise SoundRefused(
            f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Save it as MP3, or cut it into parts."
        )
    found = media_type_of(content, content.size)
    if found is None or found.ending == "ogg":  # whose remarks cannot be taken out
        raise SoundRefused("This file cannot be taken. Save it as MP3, M4A or WAV, and choose that file.")
    if not found.is_audio:
        raise SoundRefused("This is a video. Save what is heard as MP3, or add a link to it under Videos.")
    return found


@contextmanager
def _written(content: "File[bytes]", found: MediaType) -> Iterator[str]:
    """Write a file; where what follows fails, it goes again."""
    try:
        with turns.others_go_first():  # the disk takes its time
            name: str = default_storage.save(f"blog/{uuid4()}.{found.ending}", content)
    except OSError as error:
        logger.exception("Audio could not be written")
        raise SoundRefused(
            "There is no room on the server for the audio. Tell whoever runs the site, and try again later."
        ) from error
    try:
        yield name
    except BaseException:
        default_storage.delete(name)
        raise
