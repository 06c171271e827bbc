"""Several names in one cell: parted by semicolons, bars and line ends, quoted where a name has one itself.

A quoted name, "Smith, Jo", stands for itself, as in a list of addresses (RFC 5322, 3.4): nothing in it parts
anything. Within quotes a backslash goes before a quotation mark and before another backslash.
"""

import re
from typing import Final

_PIECE: Final = re.compile(r'\s*"(?:[^"\\]|\\.)*"[^;\n|]*|[^;\n|]+')
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*((?:<[^<>]*>)?)')


def pieces(text: str) -> list[str]:
    """Return the parts of a cell, trimmed, with the quotation marks that are theirs."""
    return [piece for match in _PIECE.finditer(text) if (piece := match[0].strip())]


def unquoted(piece: str) -> tuple[str, str] | None:
    """Return what a quoted part says and the <address> behind it; ``None`` for one that is not quoted."""
    match = _QUOTED.fullmatch(piece)
    return (re.sub(r"\\(.)", r"\1", match[1]), match[2]) if match else None


def quoted(text: str) -> str:
    """Return a name as one that stands for itself."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def titles(text: str) -> list[str]:
    """Return the titles that a cell names."""
    found = [alone[0] if (alone := unquoted(piece)) else piece for piece in pieces(text)]
    return [" ".join(one.split()) for one in found if one.strip()]
