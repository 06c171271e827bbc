"""What a file is, by its bytes and never by its name: what browsers play without a plug-in.

MP4 (ISO/IEC 14496-12, a box called ``ftyp``), WebM (an EBML head with that word, RFC 8794), MP3, WAV and Ogg.
"""

from dataclasses import dataclass
from typing import IO, Final

from common import media_boxes

#: So many bytes say what a file is.
HEAD: Final = 64


@dataclass(frozen=True)
class MediaType:
    """What a file is: only heard, or seen too; its media type, and how its name ends."""

    is_audio: bool
    name: str
    ending: str


_MP4: Final = MediaType(is_audio=False, name="video/mp4", ending="mp4")
_M4A: Final = MediaType(is_audio=True, name="audio/mp4", ending="m4a")
_WEBM: Final = MediaType(is_audio=False, name="video/webm", ending="webm")
_MP3: Final = MediaType(is_audio=True, name="audio/mpeg", ending="mp3")
_WAV: Final = MediaType(is_audio=True, name="audio/wav", ending="wav")
_OGG: Final = MediaType(is_audio=True, name="audio/ogg", ending="ogg")
#: What is only heard, by the ending of its name.
AUDIO: Final = {one.ending: one.name for one in (_M4A, _MP3, _WAV, _OGG)}
#: Brands of the first box that browsers do not play: QuickTime, pictures.
_NOT_PLAYED: Final = (b"qt  ", b"heic", b"heix", b"mif1", b"avif")


def media_type_of(file: "IO[bytes]", size: int) -> MediaType | None:
    """Return what a file is; ``None``: nothing that browsers play. It is read from its beginning again after.

    What phones record is an MP4 of any brand: only its tracks tell whether it is seen or only heard.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] not in _NOT_PLAYED:
        is_audio = head[8:11] == b"M4A" or not media_boxes.has_video(file, size)
        file.seek(0)
        return _M4A if is_audio else _MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return _WEBM
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return _WAV
    if head.startswith(b"OggS"):
        return _OGG
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in (b"\xfb", b"\xfa", b"\xf3", b"\xf2")):
        return _MP3
    return None
