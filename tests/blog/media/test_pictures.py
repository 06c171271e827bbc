"""Pictures of posts: hostile files, upright and light ones, what is said of them."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from PIL import Image, ImageCms

from blog.editing import saving
from blog.media import pictures
from blog.media.pictures import PictureRefused
from blog.models import Picture, Post
from members.models import Member
from tests import make
from tests.blog.media.photographs import bomb, encoded, photograph, upload
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db

GPS, ORIENTATION = 0x8825, 0x0112


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def ada(db) -> Member:
    return make.member("Ada")


@pytest.fixture
def post(db) -> Post:
    return make.post(status="draft", published_at=None)


@pytest.fixture
def add(post, ada) -> Callable[..., Picture]:
    def added(content, alternative_text="A red field with a blue corner", caption=""):
        return pictures.add(post, upload(content), alternative_text, caption, by=ada, at=NOW)

    return added


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def kept(picture, width=None):
    name = picture.file.name if width is None else picture.file.name.replace(".webp", f"-{width}.webp")
    with default_storage.open(name) as file:
        return file.read()


def opened(picture, width=None):
    return Image.open(io.BytesIO(kept(picture, width)))


def colour(image, place):
    red, _, blue, *_ = image.convert("RGB").getpixel(place)
    return "blue" if blue > red else "red"


@pytest.mark.slow
def test_a_photograph_is_kept_as_webp_in_three_widths(add, ada):
    picture = add(photograph((4000, 2000)), "A red field", "  From above ")

    stem = picture.file.name.removesuffix(".webp")
    assert (picture.number, picture.width, picture.height) == (1, 1600, 800)
    assert (picture.alternative_text, picture.caption) == ("A red field", "From above")
    assert (picture.uploaded_by, picture.created_at) == (ada, NOW)
    assert pictures.src(picture) == f"/media/{stem}.webp"
    assert pictures.srcset(picture) == (
        f"/media/{stem}-480.webp 480w, /media/{stem}-960.webp 960w, /media/{stem}.webp 1600w"
    )
    assert [(opened(picture, w).size, opened(picture, w).format) for w in (480, 960, None)] == [
        ((480, 240), "WEBP"),
        ((960, 480), "WEBP"),
        ((1600, 800), "WEBP"),
    ]


def test_a_picture_is_never_enlarged(add, media):
    picture = add(photograph((500, 250)))

    assert (picture.width, picture.height) == (500, 250)
    assert pictures.srcset(picture) == (
        f"/media/{picture.file.name.removesuffix('.webp')}-480.webp 480w, {pictures.src(picture)} 500w"
    )
    assert len(files(media)) == 2


def test_a_tall_picture_fits_too(add):
    picture = add(photograph((100, 12_000), "PNG"))

    assert (picture.width, picture.height) == (33, 4000)


def test_a_picture_stands_upright_as_the_camera_was_held(add):
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned a quarter to the right
    picture = add(photograph((400, 200), exif=exif))

    image = opened(picture)
    assert (picture.width, picture.height) == image.size == (200, 400)
    assert (colour(image, (190, 10)), colour(image, (10, 10))) == ("blue", "red")


def test_what_a_camera_tells_is_dropped(add):
    exif = Image.Exif()
    exif[0x010E] = "Ward 7"
    exif.get_ifd(GPS)[1] = "N"
    content = photograph((600, 300), exif=exif, comment=b"Ward 7", xmp=b"<x>Ward 7</x>")

    picture = add(content)

    bytes_of = [kept(picture), kept(picture, 480)]
    assert b"Ward 7" in content
    assert [(b"Ward 7" in one, b"EXIF" in one, b"XMP" in one) for one in bytes_of] == [
        (False, False, False)
    ] * 2
    assert opened(picture).getexif() == {}


def test_a_picture_for_the_press_is_turned_into_colours_of_a_screen(add):
    picture = add(encoded(Image.new("CMYK", (300, 200), (0, 255, 255, 0))))

    assert opened(picture).mode == "RGB"
    assert colour(opened(picture), (150, 100)) == "red"


def test_a_profile_of_colours_is_applied_and_a_broken_one_is_left_aside(add):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for profile in (srgb, b"no profile"):
        picture = add(photograph((300, 200), icc_profile=profile))
        assert (colour(opened(picture), (10, 10)), colour(opened(picture), (290, 190))) == ("blue", "red")
        assert "icc_profile" not in opened(picture).info


@pytest.mark.parametrize("mode", ["P", "RGBA", "LA"])
def test_what_is_clear_stays_clear(add, mode):
    image = Image.new("RGBA", (300, 200), (255, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 150, 200))
    how = {"transparency": 0} if mode == "P" else {}

    picture = add(encoded(image.quantize() if mode == "P" else image.convert(mode), "PNG", **how))

    assert opened(picture).mode == "RGBA"
    assert 0 in [alpha for _, alpha in opened(picture).getchannel("A").getcolors()]


def test_a_scan_of_16_bits_keeps_its_greys(add):
    picture = add(encoded(Image.new("I;16", (300, 200), 0x8000), "PNG"))

    assert abs(opened(picture).getpixel((10, 10))[0] - 128) < 4


def test_of_an_animation_the_first_picture_is_taken(add):
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("blue", "red", "red")]
    picture = add(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))

    assert colour(opened(picture), (10, 10)) == "blue"
    assert getattr(opened(picture), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG pictures can hold scripts"),
        (b"<?xml version='1.0'?><!-- --><SVG/>", "SVG pictures can hold scripts"),
        (b"<html><script>alert(1)</script></html>", "This is no picture that can be shown."),
        (b"%PDF-1.7", "This is no picture that can be shown."),
        (b"\x89PNG\r\n\x1a\n", "This is no picture that can be shown."),
        (b"\xff\xd8\xff", "This is no picture that can be shown."),
        (photograph((600, 300))[:-1500], "The file is damaged or not complete."),
        (photograph((600, 300), "PNG")[:-100], "The file is damaged or not complete."),
        (bomb(), "The picture has too many pixels; 50 million are the most."),
        (bomb(8_000, 8_000), "The picture has 8000 by 8000 pixels; 14 million are the most."),
        (bomb(100, 100), "The file is damaged or not complete."),
        (bytes(10_000_001), "The file is larger than 10 MB."),
        (encoded(Image.new("RGB", (9, 9)), "TIFF"), "This is no picture that can be shown."),
    ],
)
def test_a_file_that_is_no_picture_is_refused_and_nothing_is_kept(add, media, content, told):
    with pytest.raises(PictureRefused) as refusal:
        add(content)

    assert str(refusal.value).startswith(told)
    assert (files(media), Picture.objects.count()) == ([], 0)


def test_a_bomb_is_refused_before_it_is_decoded(add, monkeypatch):
    """Decoding it would take gigabytes; so would the first look at its pixels."""
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))

    with pytest.raises(PictureRefused, match="14 million"):
        add(bomb(8_000, 8_000))


def test_a_progressive_jpeg_holds_more_than_it_shows_so_fewer_pixels_are_taken(add, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PROGRESSIVE_PIXELS", 100_000)

    with pytest.raises(PictureRefused, match="600 by 300 pixels"):
        add(encoded(Image.new("RGB", (600, 300)), "JPEG", progressive=True))
    assert add(encoded(Image.new("RGB", (600, 300)), "JPEG")).width == 600


@pytest.mark.slow
def test_one_picture_is_decoded_at_a_time(add, media, monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)

    with pictures._one_at_a_time(), pytest.raises(PictureRefused, match="Several pictures are being read"):
        add(photograph())

    assert files(media) == []
    assert add(photograph()).number == 1


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "I;16", "1", "CMYK"])
def test_a_picture_of_any_mode_is_made_smaller(add, mode):
    name = "JPEG" if mode == "CMYK" else "PNG"

    picture = add(encoded(Image.new(mode, (3200, 400)), name))

    assert (picture.width, picture.height) == (1600, 200)


@pytest.mark.slow
def test_a_tall_picture_that_lies_on_its_side_fits_once_it_is_upright(add):
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = add(encoded(Image.new("RGB", (9000, 1000)), "JPEG", exif=exif))

    assert (picture.width, picture.height) == (444, 4000)


def test_a_picture_without_words_is_refused(add, media):
    with pytest.raises(PictureRefused, match="Say what the picture shows"):
        add(photograph(), "  ")

    assert files(media) == []


@pytest.mark.slow
def test_what_the_database_refuses_leaves_no_file(add, media, post):
    with pytest.raises(Exception, match="too long"):
        add(photograph(), "a" * 251)

    assert files(media) == []


def test_what_is_said_of_a_picture_can_be_changed(add):
    picture = add(photograph((300, 200)))

    pictures.describe(picture, " A blue corner ", " On the ward ", by=BY, at=NOW)

    fresh = Picture.objects.get()
    assert (fresh.alternative_text, fresh.caption) == ("A blue corner", "On the ward")
    with pytest.raises(PictureRefused):
        pictures.describe(picture, "", "", by=BY, at=NOW)


def test_the_database_too_wants_to_know_what_a_picture_shows(add):
    add(photograph((300, 200)))

    with pytest.raises(IntegrityError, match="a_picture_says_what_it_shows"):
        Picture.objects.update(alternative_text="")


def test_a_removed_picture_leaves_no_file_and_its_number_is_not_given_again(add, media, post, ada):
    one, two = add(photograph((600, 300))), add(photograph((600, 300)))
    text = f"<p>Look:</p><p>[[picture {two.number}]]</p>"
    saving.save(post, {"body": text, "lead_picture": two}, by=ada, at=NOW, seen=None)
    saving.save(post, {"body": "<p>Nothing.</p>"}, by=ada, at=NOW, seen=None)

    pictures.remove(two, by=BY, at=NOW)

    post.refresh_from_db()
    assert (post.lead_picture, list(post.pictures.all())) == (None, [one])
    assert len(files(media)) == 2
    assert add(photograph((300, 200))).number == 3


def test_a_number_that_somebody_made_up_does_not_lead_astray(add, post, ada):
    saving.save(post, {"body": "<p>[[picture 9000]]</p>"}, by=ada, at=NOW, seen=None)

    assert [add(photograph((300, 200))).number for _ in range(2)] == [1, 2]


def test_a_post_has_at_most_fifty_pictures(add, post, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_OF_A_KIND", 2)
    add(photograph((300, 200)))
    add(photograph((300, 200)))

    with pytest.raises(PictureRefused, match="at most 2 pictures"):
        add(photograph((300, 200)))
