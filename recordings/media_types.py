"""What a recording's file is, by its bytes; what browsers do not play is refused."""

from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from common import media_types
from recordings.models import Recording
from recordings.refusals import RecordingRefused


@dataclass(frozen=True)
class MediaType:
    """What a file is: seen or only heard, its media type, and how its name ends."""

    kind: Recording.Kind
    name: str
    ending: str


def media_type_of(file: "IO[bytes]", size: int) -> MediaType:
    """Return what a file is. Raises ``RecordingRefused``."""
    found = media_types.media_type_of(file, size)
    if found is None:
        says = _("Browsers do not play this file. Save it as MP4 or WebM, or audio as MP3, and choose that.")
        raise RecordingRefused(says)
    kind = Recording.Kind.AUDIO if found.is_audio else Recording.Kind.VIDEO
    return MediaType(kind, found.name, found.ending)
