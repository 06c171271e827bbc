"""The text of a single cell, as people meant it: trimmed, composed, without what exporters add."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = "\ufeff\u200b\u200e\u200f\u2060"
#: What exporters put before a cell that a spreadsheet would take for a formula (pretalx, by defusedcsv).
_ESCAPED: Final = re.compile(r"'[=+\-@|%\t\r]")
#: Between the words of "SessionTitle".
_CAMEL: Final = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")


def tidy(value: str) -> str:
    """Trim a value, invisible marks and non-breaking spaces included, and compose its characters (NFC)."""
    if value.isascii() and "\r" not in value and "_x000D_" not in value:
        value = value.strip()
    else:
        value = value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
        value = unicodedata.normalize("NFC", value).strip().strip(_INVISIBLE).strip()
    return _unescaped(value) if value.startswith("'") else value


def _unescaped(value: str) -> str:
    """Take off the escape against formulas: "'+1 for kindness" was "+1 for kindness"."""
    if not _ESCAPED.match(value) or value.endswith("'"):
        return value
    return value[1:].replace("\\|", "|")


def column_name(heading: str) -> str:
    """Return the name a heading is known by: "Starts  at" and "StartsAt" are "starts_at"."""
    parted = _CAMEL.sub("_", tidy(heading))
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")[:100]
