"""The pseudo-language (en-xa): every text of the site with accents, longer by a third, and in brackets.

It is made of the texts that Babel finds in the sources and of those that Django and allauth ship, so whatever
is shown in plain letters is either data, or a text that nobody marked for translation. What lacks its second
bracket (⟦Hééļļöö⟧) is cut.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import override_settings

from qevent import translation_files
from tests.contracts import kept
from tests.found import found

CODE = "en-xa"
#: Values, markup, and what stands for a character: as they are.
KEPT = re.compile(r"(%\(\w+\)[-#0 +]*[\d.]*[a-z]|%[a-z%]|\{\w*\}|<[^>]+>|&#?\w+;|https?://\S+)")
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçďéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇĎÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
TO_ACCENTS = str.maketrans(PLAIN, ACCENTED)
VOWELS = re.compile("([àéîöûÀÉÎÖÛ])")
#: Texts that say how something is written, in letters that stand for parts of a date.
PATTERNS = "how a "
#: Whose texts stand on pages of ours.
OTHERS = (django, allauth)


def stretched(text: str) -> str:
    """Return a text in the pseudo-language; one without a letter is the same in every language."""
    parts = [
        part if number % 2 else VOWELS.sub(r"\1\1", part.translate(TO_ACCENTS))
        for number, part in enumerate(KEPT.split(text))
    ]
    if "".join(parts) == text:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}⟦{''.join(parts).strip()}⟧{after}"


def catalogue() -> Catalog:
    """Return every text of the site, of Django and of its apps, in the pseudo-language."""
    made = Catalog(charset="utf-8")
    for texts in (translation_files.extracted(), *shipped()):
        for one in texts:
            if one.id:
                _add(made, one.id if isinstance(one.id, str) else tuple(one.id), one.context)
    return made


def _add(made: Catalog, text: str | tuple[str, ...], context: str | None) -> None:
    is_pattern = (context or "").startswith(PATTERNS)
    each = text if isinstance(text, tuple) else (text,)
    said = each if is_pattern else tuple(stretched(one) for one in each)
    made.add(text, said if isinstance(text, tuple) else said[0], context=context)


def shipped() -> Iterator[Catalog]:
    """Yield the texts of Django and allauth, by the files that they come with."""
    for package in OTHERS:
        for path in sorted(Path(found(package.__file__)).parent.rglob("locale/en/LC_MESSAGES/django.po")):
            with path.open("rb") as file:
                yield read_po(file)


def write(folder: Path) -> None:
    """Write the compiled pseudo-language into a folder for ``LOCALE_PATHS``."""
    place = folder / "en_XA" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.mo").write_bytes(_compiled())


@cache
def _compiled() -> bytes:
    return b64decode(kept.made_once("pseudo", _compile))


def _compile() -> str:
    made = BytesIO()
    write_mo(made, catalogue())
    return b64encode(made.getvalue()).decode()


@contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """Speak the pseudo-language, and no other, inside; its catalogue is written into ``folder``."""
    write(folder)
    with override_settings(LANGUAGE_CODE=CODE, LANGUAGES=[(CODE, "Pseudo")], LOCALE_PATHS=[folder]):
        yield
