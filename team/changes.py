"""What an edit changes in a text, word by word: kept, taken out, put in."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

#: A word, or the space between two.
WORD: Final = re.compile(r"\S+|\s+")


@dataclass(frozen=True)
class Part:
    """Some words that were kept ("same"), taken out ("out") or put in ("in")."""

    kind: str
    text: str


def changes(old: str, new: str) -> list[Part]:
    """Return the parts of both texts in their order; a replaced part is taken out, then put in."""
    before, after = WORD.findall(old), WORD.findall(new)
    parts = []
    for kind, from_, to, start, end in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            parts.append(Part("same", "".join(before[from_:to])))
            continue
        parts += [Part("out", "".join(before[from_:to])), Part("in", "".join(after[start:end]))]
    return [part for part in parts if part.text]
