"""Audio of posts: known by its bytes, with its words, heard in the post part by part."""

import io
import wave
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from audit.acts import Act
from audit.models import Entry
from blog import blocks
from blog.editing import saving
from blog.media import sounds
from blog.media.sounds import About, SoundRefused
from blog.models import Sound
from blog.refusals import PostRefused, StalePost
from common import serving
from tests import make
from tests.blog.editing.revisions import draft
from tests.make import BY, NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

SAID = About("A ward round", "2 seconds", "Good morning.\n\nGood morning, Ada.")
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(99)


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def wav(seconds=2):
    """Silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
    return made.getvalue()


def sent(content=b"", name="a.mp3"):
    return SimpleUploadedFile(name, content or wav())


def add(post, content=b"", about=SAID):
    return sounds.add(post, sent(content), about, by=BY, at=NOW)


def on_disk(media):
    return sorted(path.name for path in (media / "blog").glob("*"))


@pytest.fixture
def post():
    """A published post in whose text audio stands."""
    made = make.post("Rounds", slug="rounds", body="<p>Listen.</p>")
    add(made)
    type(made).objects.update(body="<p>Listen.</p><p>[[audio 1]]</p>")
    return made


def test_it_is_what_its_bytes_say_under_a_name_that_nobody_guesses(media):
    made = add(draft())

    assert (made.number, made.media_type, made.size) == (1, "audio/wav", len(wav()))
    assert on_disk(media) == [Path(made.file.name).name]
    assert len(Path(made.file.name).stem) == 36
    assert made.file.name.endswith(".wav")
    assert (media / made.file.name).read_bytes() == wav()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><script>", "This file cannot be taken"),
        (b"\x89PNG\r\n", "This file cannot be taken"),
        (b"OggS" + bytes(99), "This file cannot be taken"),
        (b"ID3" + bytes(99), "damaged or not complete"),
        (b"RIFF\x00\x00\x00\x00WAVEdata", "damaged or not complete"),
        (MP4, "This is a video"),
    ],
)
def test_what_is_no_audio_is_refused_and_leaves_no_file(media, content, says):
    with pytest.raises(SoundRefused, match=says):
        add(draft(), content)

    assert not (media / "blog").exists()
    assert not Sound.objects.exists()


def test_what_is_too_large_is_refused(media, monkeypatch):
    monkeypatch.setattr(sounds, "LARGEST_FILE", len(wav()) - 1)

    with pytest.raises(SoundRefused, match="The file is larger than"):
        add(draft())

    assert not (media / "blog").exists()


def test_it_has_its_words_and_its_length(media):
    post = draft()
    silent = About("A", "2 seconds", "  ")
    with pytest.raises(PostRefused, match="Give the words of the audio"):
        add(post, about=silent)
    made = add(post)
    with pytest.raises(PostRefused, match="Give the words of the audio"):
        sounds.change(made, silent, seen=sounds.seen_of(made), by=BY, at=NOW)
    for field in ("transcript", "length"):
        with pytest.raises(IntegrityError, match="audio_has_a_length"), transaction.atomic():
            Sound.objects.update(**{field: ""})

    assert on_disk(media) == [Path(made.file.name).name]
    assert Sound.objects.get().transcript == SAID.transcript


def test_where_a_post_has_too_many_the_file_goes_again(media, monkeypatch):
    monkeypatch.setattr(sounds, "MAX_OF_A_KIND", 0)

    with pytest.raises(PostRefused, match="at most 0 pieces of audio"):
        add(draft())

    assert on_disk(media) == []


def test_words_that_somebody_changed_meanwhile_are_not_overwritten(media):
    made, ola = add(draft()), make.member("Ola")
    seen = sounds.seen_of(made)
    longer = About(SAID.title, SAID.length, "Good morning, all of you.")
    sounds.change(made, longer, seen=seen, by=ola, at=NOW)
    sounds.change(made, longer, seen=seen, by=BY, at=NOW)  # the same words again are no complaint

    with pytest.raises(
        StalePost, match=r"^Ola changed it on Monday 2 November, 10:00 .*Nothing has been saved"
    ):
        sounds.change(made, About(SAID.title, SAID.length, "Shorter."), seen=seen, by=BY, at=NOW)

    assert Sound.objects.get().transcript == "Good morning, all of you."
    assert Entry.objects.filter(act=Act.AUDIO_CHANGED).count() == 1


def test_what_was_removed_is_not_brought_back_by_saving_its_words(media):
    made = add(draft())
    sounds.remove(Sound.objects.get(), by=BY, at=NOW)

    with pytest.raises(PostRefused, match="has been removed since you opened it"):
        sounds.change(made, SAID, seen=sounds.seen_of(made), by=BY, at=NOW)

    assert not Sound.objects.exists()


def test_a_number_that_stood_in_the_text_is_not_given_again(media, django_capture_on_commit_callbacks):
    post = draft()
    made = add(post)
    saving.save(post, {"body": "<p>[[audio 1]]</p>"}, by=make.member("Eve"), at=NOW, seen=None)
    with django_capture_on_commit_callbacks(execute=True):
        sounds.remove(made, by=BY, at=NOW)
        sounds.remove(made, by=BY, at=NOW)

    assert on_disk(media) == []
    assert add(post).number == 2


def test_it_stands_in_its_post_with_length_size_and_words_and_loads_nothing_by_itself(post, client):
    page = flat(client.get("/blog/rounds/").content.decode())

    src = f"/{Sound.objects.get().file.name}".replace("/blog", "/media/blog")
    assert f'<source src="{src}" type="audio/wav">' in page
    assert 'controls preload="none" aria-label="A ward round"' in page
    assert "Audio: A ward round" in page
    assert "(2 seconds, 15.7" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "<p>Good morning, Ada.</p>" in page


def test_a_marker_without_audio_is_a_problem_for_editors_alone(client):
    post = make.post("Rounds", slug="rounds", body="<p>[[audio 7]]</p>")

    assert [one.kind for one in blocks.blocks_of(post, at=NOW, reader=None)] == ["problem"]
    assert "audio 7" not in client.get("/blog/rounds/").content.decode()


def test_a_feed_has_a_link_to_it_and_its_words(post, client, settings):
    feed = client.get("/blog/feed/").content.decode()

    assert f"{settings.SITE_URL}{sounds.src(Sound.objects.get())}" in feed
    assert "Good morning, Ada." in feed
    assert "&lt;audio" not in feed


def test_players_have_it_part_by_part_and_browsers_keep_it(post, client, monkeypatch):
    monkeypatch.setattr(serving, "BLOCK", 100)
    address = sounds.src(Sound.objects.get())

    part = client.get(address, headers={"Range": "bytes=44-"})
    whole = client.get(address)

    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 44-143/{len(wav())}")
    assert part.content == wav()[44:144]
    assert b"".join(whole.streaming_content) == wav()
    for answer in (part, whole):
        assert answer["Content-Type"] == "audio/wav"
        assert answer["Accept-Ranges"] == "bytes"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(address.replace(".wav", ".ogg")).status_code == 404
