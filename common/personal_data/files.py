"""Whether a file that waits to be imported may hold somebody: a text says it, what is packed only may."""

from collections.abc import Iterable
from typing import Final

#: How a workbook (a zip) begins: what it holds is not seen from outside.
PACKED: Final = b"PK"


def may_hold(content: bytes, addresses: Iterable[str]) -> bool:
    """Whether a file may hold one of these addresses, which are in small letters."""
    if content.startswith(PACKED):
        return True
    words = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "ignore")
    return any(address in words.lower() for address in addresses)


def without(words: str, addresses: Iterable[str], instead: str) -> str:
    """Return the words with each of these addresses taken out, however its letters are written."""
    lower = words.lower()
    for address in addresses:
        while (found := lower.find(address)) >= 0:
            words = f"{words[:found]}{instead}{words[found + len(address) :]}"
            lower = words.lower()
    return words
