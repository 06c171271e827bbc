"""Files of recordings: known by their bytes, had by those who may watch, part by part as players ask."""

import io
import wave
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common import serving
from recordings import agreeing, files, publishing, transcripts
from recordings.models import Recording, kept_in
from recordings.refusals import RecordingRefused
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 20
TOLD = {"title": "Flow, recorded", "seconds": 60, "is_of_session": True}
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
VTT = (
    b"WEBVTT\n\n00:01.000 --> 00:02.500\n<v Hana Evans>1 &lt; 2 & so on\n\n"
    b"00:03.000 --> 00:04.000\n<v Pat>I was ill\n"
)


def sound(seconds=1):
    """A WAV of silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
    return made.getvalue()


def sent(content, name="a.mp4"):
    return SimpleUploadedFile(name, content)


def add(recorded, content=MP4):
    return files.add(recorded.session, sent(content), by=BY, at=NOW, **TOLD)


@pytest.fixture
def watched(recorded):
    """A published video of the session, and the address of its page."""
    made = add(recorded)
    transcripts.give_captions(made.pk, VTT, by=BY, at=NOW)
    transcripts.read(made.pk, seen=1, by=make.member("Tess"), at=NOW)
    agreeing.note(recorded.session, recorded.hana, agrees=True, by=BY, at=NOW)
    publishing.publish(made.pk, by=BY, at=NOW)
    recorded.made, recorded.page = made, f"/events/2026/on-demand/{made.pk}/"
    recorded.ada_client = people.reader(recorded.ada)
    return recorded


def on_disk(made):
    return Path(kept_in().path(made.file.name))


def get(watched, wanted="", **headers):
    asked = {"Range": wanted} if wanted else {}
    answer = watched.ada_client.get(f"{watched.page}file/", headers=asked | headers)
    answer.whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


@pytest.mark.parametrize(
    ("head", "kind", "media_type"),
    [
        (MP4, "video", "video/mp4"),
        (WEBM, "video", "video/webm"),
        (b"\x00\x00\x00\x20ftypM4A \x00", "audio", "audio/mp4"),
        (b"ID3\x04\x00", "audio", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio", "audio/mpeg"),
        (b"OggS\x00\x02", "audio", "audio/ogg"),
        (sound(), "audio", "audio/wav"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_bytes(recorded, head, kind, media_type):
    made = add(recorded, head)

    assert (made.kind, made.media_type, made.size) == (kind, media_type, len(head))
    assert on_disk(made).read_bytes() == head


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4",
        b"<html><script>",
        b"\x00\x00\x00\x14ftypqt  \x00",
        b"\x1a\x45\xdf\xa3matroska",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\xff\xd8\xff\xe0",
        b"f",
    ],
)
def test_what_browsers_do_not_play_is_refused_and_leaves_no_file(recorded, content):
    with pytest.raises(RecordingRefused, match="Browsers do not play this file"):
        add(recorded, content)


def test_what_is_too_large_is_refused_before_it_is_written(recorded, settings):
    settings.LARGEST_RECORDING = len(MP4) - 1

    with pytest.raises(RecordingRefused, match="larger than"):
        add(recorded)

    settings.LARGEST_RECORDING = len(MP4)
    assert add(recorded).size == len(MP4)


def test_a_file_whose_row_does_not_come_about_goes_again(recorded):
    before = _files(recorded)

    with pytest.raises(Exception, match="seconds"):
        files.add(recorded.session, sent(MP4), by=BY, at=NOW, **TOLD | {"seconds": None})

    assert _files(recorded) == before


def _files(recorded):
    folder = str(recorded.session.pk)
    return kept_in().listdir(folder)[1] if kept_in().exists(folder) else []


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_its_recording(recorded):
    made = add(recorded)

    publishing.remove(made.pk, by=BY, at=NOW)

    assert not kept_in().exists(made.file.name)


def test_all_of_it_is_had_by_who_may_watch(watched):
    answer = get(watched)

    assert answer.status_code == 200
    assert answer.whole == MP4
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("what", ["file/", "captions.vtt"])
def test_nobody_else_has_any_of_it(watched, what):
    for reader in (Client(), people.reader(make.member("Bo"))):
        assert reader.get(f"{watched.page}{what}").status_code == 404
        assert reader.get(f"{watched.page}{what}", headers={"Range": "bytes=0-"}).status_code == 404


def test_it_is_not_among_the_uploads_that_everybody_has(watched):
    assert Client().get(f"/media/{watched.made.file.name}").status_code == 404


def test_it_is_gone_for_them_the_moment_a_host_does_not_agree(watched):
    agreeing.note(watched.session, watched.hana, agrees=False, by=BY, at=NOW)

    assert get(watched, "bytes=0-").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-", 0, len(MP4)),
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=5000-", 5000, len(MP4)),
        ("bytes=5000-999999", 5000, len(MP4)),
        ("bytes=-5", len(MP4) - 5, len(MP4)),
        ("bytes=-999999", 0, len(MP4)),
    ],
)
def test_a_part_of_it(watched, wanted, start, stop):
    answer = get(watched, wanted)

    assert answer.status_code == 206
    assert answer.content == MP4[start:stop]
    assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/{len(MP4)}"
    assert answer["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("wanted", [f"bytes={len(MP4)}-", "bytes=999999-", "bytes=-0"])
def test_what_is_behind_its_end(watched, wanted):
    answer = get(watched, wanted)

    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(MP4)}")
    assert answer.content == b""


@pytest.mark.parametrize("wanted", ["bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=-"])
def test_what_is_no_range_is_answered_with_all_of_it(watched, wanted):
    assert get(watched, wanted).status_code == 200


def test_a_player_gets_no_more_at_once_than_can_be_handed_over_whole(watched, monkeypatch):
    monkeypatch.setattr(serving, "BLOCK", 100)

    answer = get(watched, "bytes=50-")

    assert (answer.streaming, answer.content) == (False, MP4[50:150])
    assert answer["Content-Range"] == f"bytes 50-149/{len(MP4)}"


def test_a_part_is_of_the_file_that_they_had_before_or_it_is_all_of_it(watched):
    tag = get(watched)["ETag"]

    same, other = (get(watched, "bytes=1-2", **{"If-Range": one}) for one in (tag, '"other"'))

    assert (same.status_code, other.status_code) == (206, 200)


def test_head_says_how_large_and_sends_nothing(watched):
    address = f"{watched.page}file/"
    whole = watched.ada_client.head(address)
    part = watched.ada_client.head(address, headers={"Range": "bytes=0-9"})

    assert (whole.status_code, whole["Content-Length"], whole.content) == (200, str(len(MP4)), b"")
    assert (part.status_code, part["Content-Length"], part.content) == (200, str(len(MP4)), b"")


def test_no_part_and_no_video_is_compressed_on_its_way(watched):
    zipped = {"Accept-Encoding": "gzip"}
    whole, part = get(watched, **zipped), get(watched, "bytes=0-999", **zipped)
    page = watched.ada_client.get(watched.page, headers=zipped)

    assert page["Content-Encoding"] == "gzip"
    assert (whole.has_header("Content-Encoding"), whole["Content-Length"]) == (False, str(len(MP4)))
    assert (part.has_header("Content-Encoding"), part.content) == (False, MP4[:1000])
    assert whole["ETag"] == part["ETag"]


def test_a_file_that_is_gone_from_the_disk_is_not_found(watched):
    kept_in().delete(watched.made.file.name)

    assert get(watched).status_code == 404


def test_the_captions_have_what_may_be_seen_and_no_marks_of_others(watched):
    answer = watched.ada_client.get(f"{watched.page}captions.vtt")

    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode() == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.500\nHana Evans: 1 &lt; 2 &amp; so on\n\n"
        "00:00:03.000 --> 00:00:04.000\n[someone in the audience speaks]\n"
    )


def test_captions_that_nobody_has_read_are_not_handed_to_a_host(recorded):
    made = add(recorded)
    transcripts.give_captions(made.pk, VTT, by=BY, at=NOW)
    hana = people.reader(recorded.hana.member)

    first = {"Range": "bytes=0-9"}
    assert hana.get(f"/events/2026/on-demand/{made.pk}/file/", headers=first).status_code == 206
    assert hana.get(f"/events/2026/on-demand/{made.pk}/captions.vtt").status_code == 404


def test_nothing_of_it_loads_before_it_is_pressed_and_its_times_lead_into_it(watched):
    page = " ".join(watched.ada_client.get(watched.page).content.decode().split())

    assert 'preload="none"' in page
    assert f'href="{watched.page}file/#t=1"' in page
    assert "Video, 5.0 KB" in page


def test_audio_stands_beside_a_video(watched):
    files.add_audio(watched.made, sent(sound(), "a.wav"), by=BY, at=NOW)

    answer = watched.ada_client.get(f"{watched.page}audio/", headers={"Range": "bytes=0-3"})

    assert answer.content == b"RIFF"
    assert "audio only" in watched.ada_client.get("/events/2026/on-demand/").content.decode()


def test_a_video_is_no_audio(watched):
    with pytest.raises(RecordingRefused, match="Only audio"):
        files.add_audio(watched.made, sent(MP4), by=BY, at=NOW)

    assert watched.ada_client.get(f"{watched.page}audio/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_other_audio_takes_the_place_of_what_there_is(recorded):
    made = add(recorded)
    files.add_audio(made, sent(sound(), "a.wav"), by=BY, at=NOW)
    before = found(Recording.objects.get(pk=made.pk).audio.name)

    files.add_audio(made, sent(sound(2), "a.wav"), by=BY, at=NOW)

    after = found(Recording.objects.get(pk=made.pk).audio.name)
    assert (kept_in().exists(before), kept_in().exists(after)) == (False, True)
