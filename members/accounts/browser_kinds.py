"""What kind of browser it is, in the words that people use for it: "Firefox", "Windows".

A browser says of itself that it is several others as well (User-Agent), so the first that fits is it.
"""

import re
from typing import Final

_BROWSERS: Final = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\b(OPR|OPT|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bVersion/[\d.]+.* Safari/"),
)
_SYSTEMS: Final = (
    ("iPad", r"\biPad\b"),
    ("iPhone", r"\biPhone\b"),
    ("Android", r"\bAndroid\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)
#: Nothing that a browser of people says is longer.
_READ: Final = 512


def named(user_agent: str) -> tuple[str, str]:
    """Return the browser and the system, each "" where it is not known."""
    said = user_agent[:_READ]
    return _first(_BROWSERS, said), _first(_SYSTEMS, said)


def _first(kinds: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, mark in kinds if re.search(mark, said)), "")
