"""Numbers, lists and titles in sentences, in the language of whoever reads them."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice
from typing import Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _

# Under another name, because its texts are those of whoever calls ``counted``.
from django.utils.translation import ngettext as agreeing
from django.utils.translation import pgettext

from common import languages


def in_digits(number: int) -> str:
    """Write a number with its thousands apart: "1,200"."""
    return number_format(number, use_l10n=True, force_grouping=True)


def counted(number: int, one: str, many: str) -> str:
    """Write a number with what agrees with it: ``counted(2, "%(count)s person", "%(count)s people")``.

    Both are translated; a language with more plurals than two has its own.
    """
    return _counted(number, one, many, languages.current())


@lru_cache(maxsize=4096)  # a programme counts the same few things hundreds of times
def _counted(number: int, one: str, many: str, _language: str) -> str:
    return agreeing(one, many, number) % {"count": in_digits(number)}


def ordinal(number: int) -> str:
    """Write 1 as "1st", 12 as "12th", 23 as "23rd"."""
    endings = {
        1: pgettext("ends in 1, but not in 11", "%(number)sst"),
        2: pgettext("ends in 2, but not in 12", "%(number)snd"),
        3: pgettext("ends in 3, but not in 13", "%(number)srd"),
    }
    other = pgettext("any other position", "%(number)sth")
    is_teen = number % 100 in (11, 12, 13)
    return (other if is_teen else endings.get(number % 10, other)) % {"number": in_digits(number)}


def listed(things: Collection[object], most: int) -> str:
    """Name things in a row, and that there are more than so many: "2, 3, …"."""
    shown = ", ".join(str(thing) for thing in islice(things, most))
    return f"{shown}, …" if len(things) > most else shown


def in_heading(words: str) -> str:
    """Return words on a card as the end of its heading: "Full. 4 waiting" as "full, 4 waiting"."""
    return f"{words[:1].lower()}{words[1:]}".replace(". ", ", ").removesuffix(".")


class Titled(Protocol):
    """Whatever has a title."""

    @property
    def title(self) -> str:
        """The title, as it is shown."""


def titles(things: Iterable[Titled]) -> str:
    """Name things in a sentence: "“A”, “B” and “C”"."""
    return in_a_row([_("“%(title)s”") % {"title": thing.title} for thing in things])


def in_a_row(names: Iterable[object]) -> str:
    """Name things as a sentence does: "1 talk, 2 panels and 16 workshops"."""
    *first, last = [str(name) for name in names] or [""]
    if not first:
        return last
    before = pgettext("between the things of a list", ", ").join(first)
    return pgettext("the end of a list", "%(before)s and %(last)s") % {"before": before, "last": last}
