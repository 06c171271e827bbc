"""The text of a single cell, as people meant it: trimmed, composed, without what exporters add."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = "\ufeff\u200b\u200e\u200f\u2060"
#: What a spreadsheet takes for a formula, or a command; exporters put an apostrophe before it (defusedcsv).
_FORMULA: Final = re.compile(r"'*[=+\-@|%\t\r]")
#: Between the words of "SessionTitle".
_CAMEL: Final = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")


def tidy(written: str) -> str:
    """Trim a value, invisible marks and non-breaking spaces included, and compose its characters (NFC)."""
    value = written
    if value.isascii() and "\r" not in value and "_x000D_" not in value:
        value = value.strip()
    else:
        value = value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
        value = unicodedata.normalize("NFC", value).strip().strip(_INVISIBLE).strip()
    return _unescaped(value, is_quoted=written.endswith("'")) if value.startswith("'") else value


def _unescaped(value: str, *, is_quoted: bool) -> str:
    """Take off the escape against formulas: "'+1 for kindness" was "+1 for kindness", "'@home'" is quoted."""
    if is_quoted or not _FORMULA.match(value):
        return value
    return value[1:].replace("\\|", "|")


def escaped(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula, and that ``tidy`` reads as it was.

    A space at the end tells an apostrophe there from a quotation mark.
    """
    plain = value.strip()
    sign = _FORMULA.match(plain)
    if sign is None:
        return plain
    return "'" + sign[0] + plain[sign.end() :].replace("|", "\\|") + (" " if plain.endswith("'") else "")


def column_name(heading: str) -> str:
    """Return the name a heading is known by: "Starts  at" and "StartsAt" are "starts_at"."""
    parted = _CAMEL.sub("_", tidy(heading))
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")[:100]
