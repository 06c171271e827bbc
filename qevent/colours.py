"""The colours of the design, read from its tokens, and how well they can be told apart (WCAG 2.2)."""

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
DARK = "@media (prefers-color-scheme: dark)"
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def colours() -> dict[str, Mapping[str, str]]:
    """Return the colours as "#rrggbb" by name, for "light" and "dark"; what dark does not set is light's."""
    light_part, dark_part = TOKENS.read_text().split(DARK)
    light = dict(COLOUR.findall(light_part))
    return {"light": light, "dark": light | dict(COLOUR.findall(dark_part))}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours "#rrggbb", 1 to 21 (WCAG 2.2, relative luminance)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7))]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
