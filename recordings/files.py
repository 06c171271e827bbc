"""Files of recordings: kept in a folder of their own, which nothing serves but a page that asks who it is.

They are far too large for the database, and no proxy may hand them out as it does uploads (``MEDIA_ROOT``). A
name is never given twice. A file that was written and whose row did not come about is taken away; one whose
recording is deleted goes once that is certain.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import turns
from common.transactions import after_commit, retried
from events.models import Session
from recordings import agreeing
from recordings.locking import locked
from recordings.media_types import MediaType, media_type_of
from recordings.models import Recording, kept_in
from recordings.refusals import RecordingRefused

logger = logging.getLogger(__name__)


def add(session: Session, content: "File[bytes]", *, by: By, at: datetime, **told: Any) -> Recording:
    """Add a video or audio file as a draft, and ask the hosts. Raises ``RecordingRefused``."""
    found = checked(content)
    with _written(session, content, found) as name:
        about = {"kind": found.kind, "file": name, "media_type": found.name, "size": content.size}
        return _add(session, about | told, by=by, at=at)


@retried
def _add(session: Session, told: dict[str, Any], *, by: By, at: datetime) -> Recording:
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    made = Recording.objects.create(session=session, added_at=at, **told)
    trail.record(made, Act.RECORDING_ADDED, by=by, at=at)
    agreeing.ask(session, by=by, at=at)
    return made


def add_audio(recording: Recording, content: "File[bytes]", *, by: By, at: datetime) -> None:
    """Give a video the same for listening only, in place of what there is. Raises as ``add`` does."""
    found = checked(content)
    if recording.kind != Recording.Kind.VIDEO or found.kind != Recording.Kind.AUDIO:
        raise RecordingRefused(_("Only audio stands beside a video. Choose an audio file, such as an MP3."))
    with _written(recording.session, content, found) as name:
        _add_audio(recording.pk, name, found, content.size, by=by, at=at)


@retried
def _add_audio(pk: int, name: str, found: MediaType, size: int, *, by: By, at: datetime) -> None:
    recording = locked(pk)
    forget(recording.audio.name)
    recording.audio.name, recording.audio_type, recording.audio_size = name, found.name, size
    recording.save(update_fields=["audio", "audio_type", "audio_size"])
    trail.record(recording, Act.RECORDING_CHANGED, by=by, at=at, fields=["audio"])


def checked(content: "File[bytes]") -> MediaType:
    """Return what a file is. Raises ``RecordingRefused`` for what is none, or too large."""
    if content.size > settings.LARGEST_RECORDING:
        says = _("The file is larger than %(most)s. Save it smaller, or add a link in its place.")
        raise RecordingRefused(says % {"most": filesizeformat(settings.LARGEST_RECORDING)})
    return media_type_of(content, content.size)


def forget(name: str | None) -> None:
    """Take a file away once the transaction that no longer names it has committed."""
    if name:
        after_commit(lambda: kept_in().delete(name))


@contextmanager
def _written(session: Session, content: "File[bytes]", found: MediaType) -> Iterator[str]:
    """Write a file; where what follows fails, it goes again."""
    try:
        with turns.others_go_first():  # the disk takes its time
            name = kept_in().save(f"{session.pk}/{uuid4().hex}.{found.ending}", content)
    except OSError as error:
        logger.exception("A recording could not be kept.")
        raise RecordingRefused(
            _("The file could not be kept: the disk may be full. Tell who runs the site, or add a link.")
        ) from error
    try:
        yield name
    except BaseException:
        kept_in().delete(name)
        raise
