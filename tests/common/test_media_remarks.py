"""What a recorder wrote into audio besides what is heard is taken out; phones' MP4 is audio by its tracks."""

import io
import wave

import pytest
from django.core.files.base import ContentFile

from common import media_boxes, media_remarks
from common.media_types import media_type_of

PLACE = b"Home of Ada, 51.5074N"
FRAME = b"\xff\xfb\x90\x00" + bytes(range(200))


def box(kind, *inside):
    content = b"".join(inside)
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def track(handler, *more):
    told = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", box(b"tkhd", bytes(20)), box(b"mdia", told, *more))


def mp4(*tracks, brand=b"mp42", remarks=()):
    """As phones write it, the tracks behind what is heard."""
    head = box(b"ftyp", brand, bytes(4), b"isommp42")
    return head + box(b"mdat", b"HEARD" * 9) + box(b"moov", box(b"mvhd", bytes(9)), *tracks, *remarks)


def id3(content, flags=0):
    length = len(content)
    sizes = bytes(length >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00" + bytes([flags]) + sizes + content


def ape(content):
    tail = b"APETAGEX" + (2000).to_bytes(4, "little") + (len(content) + 32).to_bytes(4, "little") + bytes(16)
    return content + tail


def wav(*chunks):
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 800)
    whole = made.getvalue()
    parts = whole[8:12] + b"".join(chunks[:1]) + whole[12:] + b"".join(chunks[1:])
    return b"RIFF" + len(parts).to_bytes(4, "little") + parts


def chunk(kind, content):
    return kind + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)


def without(content, ending):
    with media_remarks.without(ContentFile(content), ending) as made:
        return made.read()


def kind_of(content):
    found = media_type_of(io.BytesIO(content), len(content))
    return found.name if found else None


@pytest.mark.parametrize("brand", [b"mp42", b"isom", b"3gp4", b"M4A "])
def test_what_phones_record_is_audio_whatever_its_brand(brand):
    assert kind_of(mp4(track(b"soun"), brand=brand)) == "audio/mp4"


def test_what_has_a_track_that_is_seen_is_a_video():
    assert kind_of(mp4(track(b"soun"), track(b"vide"))) == "video/mp4"
    assert kind_of(mp4()) == "video/mp4"


@pytest.mark.parametrize(
    "length", [b"\x00\x00\x00\x00", b"\x00\x00\x00\x01", b"\xff\xff\xff\xff", b"\x00\x00\x00\x07"]
)
def test_lengths_that_cannot_be_end_the_reading(length):
    content = mp4(track(b"soun")) + length + b"moov" + b"\xff" * 20

    assert kind_of(content) == "audio/mp4"


def test_no_file_has_more_boxes_read_than_there_can_be(monkeypatch):
    content = box(b"free") * 5_000

    assert len(list(media_boxes.boxes(io.BytesIO(content), len(content)))) == media_boxes.MOST


@pytest.mark.parametrize(
    "content",
    [
        id3(PLACE) + FRAME,
        id3(PLACE, 0x10) + b"3DI" + bytes(7) + FRAME,
        id3(b"a") + id3(PLACE) + FRAME,
        FRAME + b"TAG" + PLACE.ljust(125),
        FRAME + ape(PLACE),
        id3(PLACE) + FRAME + ape(PLACE) + b"TAG" + PLACE.ljust(125),
    ],
    ids=["ID3v2", "with a foot", "twice", "ID3v1", "APE", "all"],
)
def test_an_mp3_keeps_what_is_heard_and_nothing_else(content):
    assert without(content, "mp3") == FRAME


@pytest.mark.parametrize(
    "content", [id3(PLACE), id3(PLACE) + b"<html>", b"ID3", b"\xff", b"TAG" + bytes(125)]
)
def test_an_mp3_in_which_nothing_is_heard_is_not_whole(content):
    with pytest.raises(media_remarks.NotWhole):
        without(content, "mp3")


def test_an_mp4_keeps_its_length_and_says_nothing_more():
    said = box(b"udta", box(b"\xa9xyz", PLACE)), box(b"meta", PLACE), box(b"free", PLACE)
    inside = track(b"soun", box(b"udta", PLACE))
    content = mp4(inside, remarks=said) + box(b"uuid", PLACE)

    made = without(content, "m4a")

    assert PLACE in content
    assert PLACE not in made
    assert (len(made), made[: content.index(b"moov")]) == (len(content), content[: content.index(b"moov")])
    assert kind_of(made) == "audio/mp4"


def test_a_wav_keeps_what_is_heard_and_says_nothing_more():
    content = wav(chunk(b"bext", PLACE), chunk(b"LIST", b"INFO" + PLACE), b"ab")

    made = without(content, "wav")

    with wave.open(io.BytesIO(made)) as file:
        assert file.readframes(900) == b"\x80" * 800
    assert PLACE not in made
    assert len(made) == len(content)
    assert without(wav(), "wav") == wav()
