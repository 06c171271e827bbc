"""A clipboard's plain words, as browsers put them into a plain field: lists and tables told by their tabs.

Word, Google Docs and LibreOffice write a list's marker and a tab in front of each entry, and tabs between
the cells of a table. Both become what they were; all else stays the Markdown that it is.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

ENTRY: Final = re.compile(r"^[ ]*(?:([·•▪◦‣○●■§oüØv])|\(?(\d{1,9}|[a-zA-Z]|[ivxlc]+)[.)])\t[ \t]*(\S.*)$")
ROW: Final = re.compile(r"^\S[^\t]*\t")
ROMAN: Final = re.compile(r"[ivx]+")


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in its order: pieces of Markdown, and tables as HTML (with ``True``)."""
    lines = text.replace("\r\n", "\n").split("\n")
    for columns, rows in groupby(lines, key=_columns):
        piece = list(rows)
        if columns > 1 and len(piece) > 1:
            yield _table(piece), True
        else:
            yield "\n".join(_with_lists(piece)), False


def _columns(line: str) -> int:
    """Return how many cells a line has: one for a line that is no row."""
    return line.rstrip("\n").count("\t") + 1 if ROW.match(line) and not ENTRY.match(line) else 1


def _table(rows: list[str]) -> str:
    """Return rows as a table; what is the head of what is ``tables``' to say."""
    lines = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in row.split("\t")) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _with_lists(lines: list[str]) -> Iterator[str]:
    """Yield lines with entries of lists in Markdown; another kind of marker is one level deeper."""
    kinds: list[str] = []
    for line in lines:
        found = ENTRY.match(line)
        if found is None:
            yield from ("",) if kinds else ()
            kinds = []
            yield line
            continue
        yield from () if kinds else ("",)
        kind = found[1] or _kind(found[2], kinds)
        kinds = kinds[: kinds.index(kind) + 1] if kind in kinds else [*kinds, kind]
        number = found[2] if (found[2] or "").isdecimal() else "1"
        yield f"{'    ' * (len(kinds) - 1)}{'-' if found[1] else f'{number}.'} {found[3]}"


def _kind(counted: str, before: list[str]) -> str:
    if counted.isdecimal():
        return "figures"
    is_roman = ROMAN.fullmatch(counted) and ("letters" in before or counted in ("i", "ii", "iii"))
    return "roman" if is_roman else "letters"
