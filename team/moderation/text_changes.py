"""What an edit changes in a text, word by word: kept, taken out, put in."""

import re
from typing import Final

from common.word_changes import Piece, pieces

#: A word, or the space between two.
WORD: Final = re.compile(r"\S+|\s+")


def changes(old: str, new: str) -> list[Piece]:
    """Return the words of both texts in their order, with the space between them.

    A comment has at most 5,000 characters, so the longest take a tenth of a second.
    """
    return pieces(WORD.findall(old), WORD.findall(new))
