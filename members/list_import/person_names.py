"""The name of a person in a list: in columns of its own, or "MENSAH, Ada (Trust A)", which is asked about."""

import re
from collections.abc import Sequence
from typing import Final

from common.spreadsheets.questions import Answers, Question, ask
from common.spreadsheets.tables import TableRow

#: Names in these scripts are written family name first, without a space (Han, Kana, Hangul).
_EAST_ASIAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
#: What Microsoft Forms writes for who did not log in.
NOBODY: Final = frozenset({"anonymous"})
_TURNED: Final = re.compile(r"([^,]+),\s*([^,([]+?)\s*(?:[(\[]([^()\[\]]{2,200})[)\]])?")
#: What stands behind a comma and is no first name: "Ada Mensah, MBE", "Bo Ray, PhD", "Cy Roe, Jr.".
_BEHIND: Final = frozenset(
    {
        *("PhD", "DPhil", "MPhil", "MD", "MSc", "BSc", "BA", "MBA", "MPH", "RN", "RGN", "MBE", "OBE"),
        *("CBE", "DBE", "KBE", "FRCP", "MRCP", "FRCGP", "MRCGP", "FRCN", "Jr", "Sr", "II", "III"),
    }
)
KEY: Final = "names"


def written_name(row: TableRow, beside: str) -> str:
    """Return the name as one, from whatever columns have it; ``beside`` is what stands with the address."""
    first, last = (" ".join(row[column].split()) for column in ("first_name", "last_name"))
    if _EAST_ASIAN.fullmatch(first) and _EAST_ASIAN.fullmatch(last):
        return last + first
    name, other = (" ".join(row[column].split()) for column in ("name", "other_name"))
    return ("" if name.casefold() in NOBODY else name) or other or f"{first} {last}".strip() or beside


def question_about_names(names: Sequence[str], answers: Answers) -> Question | None:
    """Return the question what a comma in a name means, ``None`` where none has one."""
    example = next((name for name in names if _match(name)), "")
    if not example:
        return None
    name, organisation = turned(example)
    choices = [
        ("turned", f"The family name comes first: {name}{f', of {organisation}' if organisation else ''}"),
        ("whole", f"It is the name as it stands: {example}"),
    ]
    return ask(KEY, f"Some names have a comma, such as “{example[:80]}”.", choices, answers)


def turned(name: str) -> tuple[str, str]:
    """Return "MENSAH, Ada (Trust A)" as the name "Ada MENSAH" and "Trust A"; any other name as it is."""
    match = _match(name)
    return (f"{match[2]} {match[1].strip()}", match[3] or "") if match else (name, "")


def _match(name: str) -> re.Match[str] | None:
    match = _TURNED.fullmatch(name)
    return match if match and match[2].replace(".", "") not in _BEHIND else None
