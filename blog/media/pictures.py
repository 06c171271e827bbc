"""Pictures of posts: what comes in as a photograph goes out light, upright and without what a camera tells.

A file is judged by its bytes, never by its name. Its declared size is checked before anything is decoded,
because a picture of a few kilobytes can claim gigabytes (a decompression bomb); how many pixels are allowed
follows from what the decoder of the format needs for each, so that no picture takes more than 150 MB. One
picture is decoded at a time in a process. What passes is made smaller first, then turned upright as EXIF
says, brought to sRGB and written anew as WebP in up to three widths, never enlarged; nothing else of the file
is kept (a photograph tells where it was taken). SVG is refused: it can hold scripts. Each picture says in
words what it shows.
"""

import io
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import IO, Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from audit import trail
from audit.actors import By
from audit.acts import Act
from blog.media.numbers_in_post import MAX_OF_A_KIND, next_number
from blog.models import Picture, Post
from common.transactions import after_commit, retried
from members.letters import one_line
from members.models import Member

logger = logging.getLogger(__name__)

#: What may come in, as Pillow calls it; of an animation the first picture is taken.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_FILE: Final = 10_000_000
#: Pixels that a file may have. A JPEG is decoded at the size that is needed, but a progressive one holds all
#: of its coefficients (6 bytes a pixel); Pillow's WebP decoder holds four frames (19 bytes a pixel).
MAX_PIXELS: Final = {"JPEG": 50_000_000, "PNG": 14_800_000, "GIF": 14_800_000, "WEBP": 6_000_000}
MAX_PROGRESSIVE_PIXELS: Final = 16_000_000
#: Held while a picture is decoded and written anew; whoever waits so many seconds is told to come again.
_DECODING: Final = threading.Lock()
PATIENCE: Final = 20.0
#: The widths in which a picture is kept, in pixels; the last is the largest.
WIDTHS: Final = (480, 960, 1600)
TALLEST: Final = 4000
QUALITY: Final = 82
#: Orientations of EXIF in which width and height change places.
ON_ITS_SIDE: Final = (5, 6, 7, 8)


class PictureRefused(Exception):
    """An expected no; ``str()`` says what to do."""


def add(
    post: Post, file: IO[bytes], alternative_text: str, caption: str = "", *, by: Member, at: datetime
) -> Picture:
    """Keep a picture for the post and give it the next number. Raises ``PictureRefused``."""
    if not alternative_text.strip():
        raise PictureRefused("Say what the picture shows, for those who cannot see it.")
    content = _content(file)
    name = f"blog/{uuid4()}.webp"
    with _one_at_a_time():
        image = _read(content)
        names = _written(image, name)
    try:
        return _keep(post, name, image, one_line(alternative_text), one_line(caption), by=by, at=at)
    except BaseException:
        _delete(names)
        raise


@retried
def _keep(
    post: Post,
    name: str,
    image: Image.Image,
    alternative_text: str,
    caption: str,
    *,
    by: Member,
    at: datetime,
) -> Picture:
    locked = Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=post.pk)
    if locked.pictures.count() >= MAX_OF_A_KIND:
        raise PictureRefused(f"A post has at most {MAX_OF_A_KIND} pictures. Remove one that is not used.")
    made = Picture.objects.create(
        post=locked,
        number=next_number(locked, "picture"),
        width=image.width,
        height=image.height,
        file=name,
        alternative_text=alternative_text,
        caption=caption,
        uploaded_by=by,
        created_at=at,
    )
    trail.record(locked, Act.PICTURE_ADDED, by=by, at=at, number=made.number)
    return made


@retried
def describe(picture: Picture, alternative_text: str, caption: str, *, by: By, at: datetime) -> None:
    """Change what is said of a picture. Raises ``PictureRefused`` without an alternative text."""
    if not alternative_text.strip():
        raise PictureRefused("Say what the picture shows, for those who cannot see it.")
    picture.alternative_text, picture.caption = one_line(alternative_text), one_line(caption)
    picture.save(update_fields=["alternative_text", "caption"])
    trail.record(picture.post, Act.PICTURE_DESCRIBED, by=by, at=at, number=picture.number)


def remove(picture: Picture, *, by: By, at: datetime) -> None:
    """Take a picture away, with its files; its marker in the text then shows nothing."""
    name = str(picture.file.name)
    names = [name, *(_variant(name, width) for width in WIDTHS[:-1])]
    _forget(picture, by, at)
    after_commit(partial(_delete, names))


@retried
def _forget(picture: Picture, by: By, at: datetime) -> None:
    if Picture.objects.filter(pk=picture.pk).delete()[0]:
        trail.record(picture.post, Act.PICTURE_REMOVED, by=by, at=at, number=picture.number)


def src(picture: Picture) -> str:
    """Return the address of the picture in its largest width."""
    address: str = default_storage.url(picture.file.name)
    return address


def srcset(picture: Picture) -> str:
    """Return the widths there are, as the attribute of that name says them (HTML, 4.8.4.2.1)."""
    name = str(picture.file.name)
    smaller = [
        f"{default_storage.url(_variant(name, width))} {width}w" for width in WIDTHS if width < picture.width
    ]
    return ", ".join([*smaller, f"{src(picture)} {picture.width}w"])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _DECODING.acquire(timeout=PATIENCE):
        raise PictureRefused("Several pictures are being read just now. Try again in a minute.")
    try:
        yield
    finally:
        _DECODING.release()


def read_picture(file: IO[bytes]) -> Image.Image:
    """Return the picture in a file: upright, in sRGB, without anything else. Raises ``PictureRefused``."""
    content = _content(file)
    with _one_at_a_time():
        return _read(content)


def _content(file: IO[bytes]) -> bytes:
    content = file.read(LARGEST_FILE + 1)
    if not content:
        raise PictureRefused("The file is empty. Save the picture again, and choose that file.")
    if len(content) > LARGEST_FILE:
        raise PictureRefused(
            "The file is larger than 10 MB. Save the picture smaller: 1600 pixels wide is enough."
        )
    return content


def _read(content: bytes) -> Image.Image:
    image = _opened(content)
    most = MAX_PROGRESSIVE_PIXELS if image.info.get("progressive") else MAX_PIXELS[str(image.format)]
    if image.width * image.height > most:
        raise PictureRefused(_too_many_pixels(image.size, most))
    try:
        return _upright(image)
    except Exception as error:  # a decoder may raise anything at a file made for it
        logger.info("A picture could not be read: %s", type(error).__name__)
        raise PictureRefused(
            "The file is damaged or not complete. Save the picture again as JPEG or PNG, and choose that."
        ) from error


def _opened(content: bytes) -> Image.Image:
    """Read what the file says of itself; nothing is decoded yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureRefused(_too_many_pixels(None, MAX_PIXELS["JPEG"])) from error
    except UnidentifiedImageError as error:
        raise PictureRefused(_no_picture(content)) from error
    except Exception as error:  # a parser may raise anything at a file made for it
        raise PictureRefused(_no_picture(content)) from error


def _too_many_pixels(size: tuple[int, int] | None, most: int) -> str:
    told = f"The picture has {size[0]} by {size[1]} pixels" if size else "The picture has too many pixels"
    return f"{told}; {most // 1_000_000} million are the most. Save it smaller: 1600 pixels wide is enough."


def _no_picture(content: bytes) -> str:
    if b"<svg" in content[:2000].lower():
        return "SVG pictures can hold scripts, so they are not taken. Save it as PNG or WebP."
    return "This is no picture that can be shown. Choose a JPEG, PNG, WebP or GIF file."


def _upright(image: Image.Image) -> Image.Image:
    """Decode a picture, smaller before anything else is done to it: each step holds a second one."""
    image.seek(0)
    image.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # a JPEG is decoded no larger than it is needed
    profile = image.info.get("icc_profile")
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    is_clear = "A" in image.mode or "transparency" in image.info
    shown: Image.Image = image
    if shown.mode.startswith(("I", "F")):  # 16 bits a point, as scanners write
        shown = shown.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif shown.mode not in ("RGB", "RGBA", "CMYK", "L", "LA", "YCbCr"):
        shown = shown.convert("RGBA" if is_clear else "RGB")
    if (size := _fitting_turned(shown.size, is_turned=orientation in ON_ITS_SIDE)) != shown.size:
        shown = shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    shown = ImageOps.exif_transpose(shown)
    shown = _in_srgb(shown, profile) if profile else shown
    if shown.mode != (mode := "RGBA" if is_clear else "RGB"):
        shown = shown.convert(mode)
    shown.info = {}
    return shown


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Turn the colours of a camera or a press into those of a screen; a wrong profile is left aside."""
    if image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        of_file: Any = ImageCms.getOpenProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, of_file, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return turned or image


def _fitting(size: tuple[int, int], width: int = WIDTHS[-1]) -> tuple[int, int]:
    """Return the size that fits, in the same proportion, never larger."""
    scale = min(1, width / size[0], TALLEST / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _fitting_turned(size: tuple[int, int], *, is_turned: bool) -> tuple[int, int]:
    """Return the size that fits once the picture is turned upright."""
    if not is_turned:
        return _fitting(size)
    width, height = _fitting((size[1], size[0]))
    return height, width


def _variant(name: str, width: int) -> str:
    return f"{name.removesuffix('.webp')}-{width}.webp"


def _written(image: Image.Image, name: str) -> list[str]:
    """Write the picture in its widths; return the names of the files. Raises ``PictureRefused``."""
    names: list[str] = []
    try:
        names.append(_save(image, name))
        for width in WIDTHS[:-1]:
            if width < image.width:
                smaller = image.resize(_fitting(image.size, width), Image.Resampling.LANCZOS)
                names.append(_save(smaller, _variant(name, width)))
    except OSError as error:
        _delete(names)
        logger.exception("A picture could not be written")
        raise PictureRefused(
            "There is no room on the server for the picture. Tell whoever runs the site, and try again later."
        ) from error
    return names


def _save(image: Image.Image, name: str) -> str:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=4)
    saved: str = default_storage.save(name, ContentFile(file.getvalue()))
    return saved


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
