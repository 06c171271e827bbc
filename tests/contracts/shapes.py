"""Shapes that hid faults once, so the world of the contracts has them: long words, names as they are.

They stand in titles, themes, rooms, standfirsts and names, so whatever is asked of every page is asked of
them as well.
"""

import re
from typing import Final

#: The village in Wales: one word, no hyphen, 58 letters; wider than a telephone in most sizes of type.
LONG_WORD: Final = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
#: Accents, hyphens and each apostrophe that keyboards have.
STRAIGHT: Final = "Siân Ní Dhomhnaill-O'Malley"
CURLY: Final = "Róisín O’Súilleabháin"
LETTER: Final = "Zoë van ʼt Hoff-Müller"
NORTHERN: Final = "Åse Nuñez-Çelik"
#: Somebody without an account, as an editor writes them.
FLORENCE: Final = "Flórence d’Arcy-O’Neill"

#: What is asked beside the field for pronouns.
PRONOUNS: Final = "she/her, he/him, they/them"


def gendered(text: str) -> list[str]:
    """The places at which a text speaks of a person in general as they or he; they is what it may say."""
    asked = text.replace(PRONOUNS, "")
    found = re.finditer(r"\b(?:she|hers?|herself|he|him|his|himself)\b", asked, flags=re.IGNORECASE)
    return [asked[max(0, one.start() - 30) : one.end() + 30] for one in found]
