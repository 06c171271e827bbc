"""Pictures and videos on the team's pages."""

from pathlib import Path

import pytest
from django.urls import reverse

from blog.editing import autosave, saving
from blog.media import pictures, video_links
from blog.media.video_links import About
from blog.models import Picture, Post, Sound, Video
from tests.blog.editing.revisions import draft
from tests.blog.media import test_sounds
from tests.blog.media.photographs import bomb, photograph, upload
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.posts import form_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

WALK = About("A walk", "https://video.example/1", "Good morning.", "4 minutes")


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def post(eve) -> Post:
    return draft(by=eve)


@pytest.fixture
def picture(post, eve) -> Picture:
    return pictures.add(post, upload(photograph((600, 300))), "A ward", "Before", by=eve, at=NOW)


def at(name, post, *more):
    return reverse(f"team:post_{name}", args=[post.pk, *more])


@pytest.mark.slow
def test_a_picture_is_added_and_stands_ready_for_the_text(client, post, eve):
    answer = client.post(
        at("picture_new", post),
        {"file": upload(photograph()), "alternative_text": "A red field", "caption": "From above"},
    )

    made = Picture.objects.get()
    assert answer["Location"] == at("edit", post)
    assert (made.number, made.alternative_text, made.caption, made.uploaded_by) == (
        1,
        "A red field",
        "From above",
        eve,
    )
    page = text_of(client.get(at("edit", post)))
    assert "<code>[[picture 1]]</code>" in flat(page)
    assert f'src="{pictures.src(made)}"' in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<svg/>", "SVG pictures can hold scripts"),
        (b"<html>", "This is no picture"),
        (b"", "The file is empty"),
        (bomb(), "The picture has too many pixels"),
        (b"a" * 10_000_001, "The file is larger than 10 MB"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_beside_its_field_and_the_words_are_kept(
    client, post, content, told
):
    page = client.post(
        at("picture_new", post), {"file": upload(content, "photo.png"), "alternative_text": "A red field"}
    )

    form = page.context["form"]
    assert form.errors["file"][0].startswith(told)
    assert form["alternative_text"].value() == "A red field"
    assert not Picture.objects.exists()


@pytest.mark.parametrize("words", ["", " ", "a" * 251, "a" * 100_000])
def test_a_picture_needs_words_of_a_length_that_is_read(client, post, media, words):
    page = client.post(at("picture_new", post), {"file": upload(photograph()), "alternative_text": words})

    assert page.context["form"].errors["alternative_text"]
    assert list(media.rglob("*.webp")) == []


def test_a_file_is_needed(client, post):
    page = client.post(at("picture_new", post), {"alternative_text": "A red field", "file": "no file"})

    assert list(page.context["form"].errors["file"]) == ["Choose a picture"]


@pytest.mark.slow
def test_what_was_typed_comes_along_through_adding_a_picture(client, post, eve):
    autosave.store(post, {"title": "Half a ti"}, by=eve, at=NOW)

    answer = client.post(
        at("picture_new", post), {"file": upload(photograph()), "alternative_text": "A red field"}
    )

    form = client.get(answer["Location"]).context["form"]
    assert form["title"].value() == "Half a ti"


@pytest.mark.slow
def test_a_form_that_is_open_meanwhile_can_still_be_saved(client, post, picture, eve):
    opened = form_of(post, title="Typed", lead_picture=picture.pk)
    client.post(at("picture_new", post), {"file": upload(photograph()), "alternative_text": "Another"})

    client.post(at("edit", post), opened)

    post.refresh_from_db()
    assert (post.title, post.lead_picture) == ("Typed", picture)


@pytest.mark.slow
def test_what_is_said_of_a_picture_is_changed(client, post, picture):
    assert client.get(at("picture", post, 1)).context["form"]["caption"].value() == "Before"

    client.post(at("picture", post, 1), {"alternative_text": "Ward 7", "caption": ""})

    picture.refresh_from_db()
    assert (picture.alternative_text, picture.caption) == ("Ward 7", "")
    assert client.post(at("picture", post, 1), {"alternative_text": ""}).status_code == 200


@pytest.mark.slow
def test_removing_a_picture_asks_first(client, post, picture, media):
    assert "This cannot be undone." in text_of(client.get(at("picture_remove", post, 1)))
    assert Picture.objects.exists()

    client.post(at("picture_remove", post, 1))

    assert not Picture.objects.exists()
    assert client.get(at("picture", post, 1)).status_code == 404


@pytest.mark.slow
def test_a_picture_of_another_post_is_not_there(client, picture, eve):
    other = draft()

    for name in ("picture", "picture_remove"):
        assert client.get(at(name, other, 1)).status_code == 404
    page = client.post(at("edit", other), form_of(other, lead_picture=picture.pk))
    assert page.context["form"].errors["lead_picture"]


def test_a_picture_is_served_for_ever_and_runs_nothing(client, picture):
    served = client.get(pictures.src(picture))

    assert (served["Content-Type"], served["Cache-Control"]) == (
        "image/webp",
        "public, max-age=31536000, immutable",
    )
    assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(served.streaming_content)[:4] == b"RIFF"


@pytest.mark.slow
def test_a_video_is_added_changed_and_removed(client, post):
    sent = {"title": "A walk", "url": "video.example/1", "length": "4 minutes", "transcript": "Good morning."}
    client.post(at("video_new", post), sent)
    made = Video.objects.get()
    assert (made.number, made.url) == (1, "https://video.example/1")
    assert "<code>[[video 1]]</code>" in text_of(client.get(at("edit", post)))

    client.post(at("video", post, 1), sent | {"title": "A run"})
    assert Video.objects.get().title == "A run"

    assert "A run, with its transcript." in text_of(client.get(at("video_remove", post, 1)))
    client.post(at("video_remove", post, 1))
    assert not Video.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"url": "http://video.example/1"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://" + "a" * 600}, "url"),
        ({"transcript": " "}, "transcript"),
        ({"length": "a" * 41}, "length"),
    ],
)
def test_a_video_needs_a_safe_link_and_its_words(client, post, typed, field):
    video_links.add(post, WALK, by=BY, at=NOW)
    sent = {"title": "A walk", "url": "https://video.example/1", "transcript": "Good morning."} | typed

    for path in (at("video_new", post), at("video", post, 1)):
        page = client.post(path, sent)
        assert (page.status_code, bool(page.context["form"].errors[field])) == (200, True)
    assert Video.objects.get().transcript == "Good morning."


@pytest.mark.slow
def test_more_pictures_than_a_post_can_have(client, post, picture, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_OF_A_KIND", 1)
    monkeypatch.setattr(video_links, "MAX_OF_A_KIND", 0)

    page = client.post(at("picture_new", post), {"file": upload(photograph()), "alternative_text": "x"})
    assert "at most 1 pictures" in text_of(page)
    sent = {"title": "A walk", "url": "https://video.example/1", "transcript": "Good morning."}
    assert "at most 0 videos" in text_of(client.post(at("video_new", post), sent))


@pytest.mark.slow
def test_the_form_says_what_is_said_of_each(client, post, picture, eve):
    saving.save(post, {"lead_picture": picture}, by=eve, at=NOW, seen=None)

    page = client.get(at("edit", post))

    assert page.context["form"]["lead_picture"].value() == picture.pk
    assert "Picture 1: A ward" in text_of(page)


def test_audio_is_added_changed_and_removed(client, post):
    sent = {"title": "A round", "length": "2 seconds", "transcript": "Good morning."}

    answer = client.post(at("audio_new", post), sent | {"file": test_sounds.sent()})

    assert answer["Location"] == at("edit", post)
    page = flat(text_of(client.get(at("edit", post))))
    assert "<code>[[audio 1]]</code>" in page
    assert "Audio 1: A round" in page
    opened = client.get(at("audio", post, 1)).context["form"].initial
    client.post(at("audio", post, 1), opened | {"title": "A quiet round"})
    assert Sound.objects.get().title == "A quiet round"
    stale = text_of(client.post(at("audio", post, 1), opened | {"title": "A loud round"}))
    assert "Nothing has been saved. What you typed is still here" in stale
    assert Sound.objects.get().title == "A quiet round"
    assert "A quiet round, with its file and its transcript." in text_of(
        client.get(at("audio_remove", post, 1))
    )
    client.post(at("audio_remove", post, 1))
    assert not Sound.objects.exists()
    assert client.get(at("audio", post, 1)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"file": test_sounds.sent(b"none")}, "file"),
        ({"title": ""}, "title"),
        ({"length": " "}, "length"),
        ({"transcript": " "}, "transcript"),
    ],
)
def test_what_is_wrong_with_audio_stands_beside_its_field(client, post, typed, field):
    sent = {"title": "A", "length": "2 seconds", "transcript": "Words.", "file": test_sounds.sent()}

    answer = client.post(at("audio_new", post), sent | typed)

    assert list(answer.context["form"].errors) == [field]
    assert not Sound.objects.exists()
