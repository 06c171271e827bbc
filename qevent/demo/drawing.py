"""The demo's pictures, drawn when it is loaded: nobody's photograph, and nothing to download."""

import io
import math
from typing import IO, Final

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, SOFT = "#ffffff", "#1d1633", "#554c6b"
VIOLET, PALE, CORAL, LINE = "#5a2a8c", "#efe8f8", "#c8321f", "#d9d2e6"
SIZE: Final = (1600, 900)
MARGIN: Final = 120
#: Shift swaps at less than a day's notice, of the ward in the post: month and number.
SWAPS: Final = (("Jan", 31), ("Feb", 29), ("Mar", 33), ("Apr", 24), ("May", 15), ("Jun", 11), ("Jul", 9))
#: The month in which the wall of wishes began.
BEGAN: Final = "Apr"


def swaps() -> IO[bytes]:
    """Return a bar chart of ``SWAPS``, as PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, 50), "Shifts swapped at less than a day’s notice", fill=INK, font=_font(54))
    floor, top = SIZE[1] - 130, 190
    step = (SIZE[0] - 2 * MARGIN) / len(SWAPS)
    most = max(number for _, number in SWAPS)
    for position, (month, number) in enumerate(SWAPS):
        left = MARGIN + position * step
        height = (floor - top) * number / most
        since = position >= [name for name, _ in SWAPS].index(BEGAN)
        draw.rounded_rectangle(
            (left + 24, floor - height, left + step - 24, floor), radius=10, fill=VIOLET if since else LINE
        )
        _centred(draw, (left + step / 2, floor - height - 60), str(number), INK)
        _centred(draw, (left + step / 2, floor + 16), month, SOFT)
    draw.line((MARGIN, floor, SIZE[0] - MARGIN, floor), fill=INK, width=4)
    return _png(image)


def river() -> IO[bytes]:
    """Return a river with two boats, as PNG."""
    image = Image.new("RGB", SIZE, PALE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((1180, 110, 1380, 310), fill=CORAL)
    for number, colour in enumerate(("#b79bdc", "#8b61bd", VIOLET)):
        shore = [(x, _wave(x, number)) for x in range(0, SIZE[0] + 20, 20)]
        draw.polygon([*shore, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=colour)
        if number < 2:
            _boat(draw, 430 + number * 560, _wave(430 + number * 560, number))
    return _png(image)


def _wave(x: float, number: int) -> float:
    return 450 + number * 140 + 36 * math.sin(x / 130 + number * 1.7)


def _boat(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    draw.polygon([(x - 100, y - 16), (x + 100, y - 16), (x + 64, y + 34), (x - 64, y + 34)], fill=INK)
    draw.polygon([(x + 4, y - 30), (x + 4, y - 180), (x + 96, y - 30)], fill=PAPER)
    draw.polygon([(x - 10, y - 30), (x - 10, y - 150), (x - 74, y - 30)], fill=PAPER)


def _centred(draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, colour: str) -> None:
    draw.text(at, words, fill=colour, font=_font(40), anchor="ma")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _png(image: Image.Image) -> IO[bytes]:
    file = io.BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return file
