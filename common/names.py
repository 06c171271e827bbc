"""Names as people write them themselves: any script, but nothing that hides or reorders text."""

import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Marks that turn the direction of what follows them, and separators of lines and paragraphs.
DISTURBING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def disturbs(character: str) -> bool:
    """Whether it is a control character (line breaks and tabs included), or turns text around."""
    return unicodedata.category(character) == "Cc" or character in DISTURBING


def validate_name(value: str) -> None:
    """Refuse control characters, marks that reorder text, and names without anything to see.

    Joiners (U+200C, U+200D) are letters' companions in Persian and Indic scripts, and stay.
    """
    if any(map(disturbs, value)):
        raise ValidationError(_("Enter the name without line breaks and invisible characters."))
    if not any(unicodedata.category(character)[0] in "LNSP" for character in value):
        raise ValidationError(_("Enter a name that can be read."))
