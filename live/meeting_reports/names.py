"""The names that somebody may have meant by what a report calls them.

People rename themselves in a meeting, and programs put words beside: "Si (Siân Rees)", "Ada # she/her",
"Rees, Siân (External)", "Bo Ray | Leeds".
"""

import re
from typing import Final

_PARENS: Final = re.compile(r"\(([^()]*)\)")
_BESIDE: Final = re.compile(r"\s*[|#/]\s*|\s+[-–—]\s+")
#: What programs say of a guest, and people of themselves, and is nobody's name.
_NO_NAME: Final = frozenset(
    {
        *("guest", "external", "unverified", "host", "co-host", "cohost", "panelist", "presenter"),
        *("organizer", "organiser", "attendee"),
    }
)
MAX_NAMES: Final = 6


def names_of(written: str) -> tuple[str, ...]:
    """Return the names that are meant, the most likely first: without what stands beside it, then that."""
    within = [part.strip() for part in _PARENS.findall(written)]
    outer = " ".join(_PARENS.sub(" ", written).split())
    parts = [part for part in _BESIDE.split(outer) if part]
    found = [outer, *parts, *within]
    real = [name for name in found if name and name.casefold() not in _NO_NAME]
    return tuple(dict.fromkeys(real))[:MAX_NAMES]
