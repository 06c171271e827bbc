"""What a file is, by its first bytes and never by its name: what browsers play without a plug-in.

MP4 (ISO/IEC 14496-12, a box called ``ftyp``), WebM (an EBML head with that word, RFC 8794), MP3, WAV and Ogg.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from recordings.models import Recording
from recordings.refusals import RecordingRefused

#: So many bytes say what a file is.
HEAD: Final = 64


@dataclass(frozen=True)
class MediaType:
    """What a file is: seen or only heard, its media type, and how its name ends."""

    kind: Recording.Kind
    name: str
    ending: str


_VIDEO, _AUDIO = Recording.Kind.VIDEO, Recording.Kind.AUDIO
_MP4: Final = MediaType(_VIDEO, "video/mp4", "mp4")
_M4A: Final = MediaType(_AUDIO, "audio/mp4", "m4a")
_WEBM: Final = MediaType(_VIDEO, "video/webm", "webm")
_MP3: Final = MediaType(_AUDIO, "audio/mpeg", "mp3")
_WAV: Final = MediaType(_AUDIO, "audio/wav", "wav")
_OGG: Final = MediaType(_AUDIO, "audio/ogg", "ogg")
#: Brands of the first box that browsers do not play: QuickTime, pictures.
_NOT_PLAYED: Final = (b"qt  ", b"heic", b"heix", b"mif1", b"avif")


def media_type_of(head: bytes) -> MediaType:
    """Return what a file is whose first ``HEAD`` bytes are these. Raises ``RecordingRefused``."""
    if head[4:8] == b"ftyp" and head[8:12] not in _NOT_PLAYED:
        return _M4A if head[8:11] == b"M4A" else _MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return _WEBM
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return _WAV
    if head.startswith(b"OggS"):
        return _OGG
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in (b"\xfb", b"\xfa", b"\xf3", b"\xf2")):
        return _MP3
    raise RecordingRefused(
        _("Browsers do not play this file. Save it as MP4 or WebM, or audio as MP3, and choose that file.")
    )
