"""Counted places as they are shown: how many are left for a newcomer, in figures and in words."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import languages
from common.words import counted, in_digits


class PlacesSeen(NamedTuple):
    """The counters of a row as they were read, in its order, to be shown: what is equal looks alike."""

    capacity: int | None
    places_open: int | None
    taken: int
    held: int
    line: int

    @property
    def is_full(self) -> bool:
        """Whether a newcomer would have to wait."""
        return self.places_left == 0

    @property
    def places_left(self) -> int | None:
        """How many places a newcomer could have; ``None`` where there is no limit."""
        return places_left(self.capacity, self.places_open, self.taken, self.line)

    @property
    def free_for_all(self) -> int:
        """How many are held for the line, and anybody's in the last minutes (``workshops.places``)."""
        return self.held if self.line else 0

    @property
    def in_words(self) -> str:
        """How many there are, as ``Places.in_words`` says it."""
        return places_in_words(self.places_left, self.capacity or 0, self.line, languages.current())


def places_left(capacity: int | None, places_open: int | None, taken: int, line: int) -> int | None:
    """Return how many places a newcomer could have; ``None`` where there is no limit."""
    if line:
        return 0
    if capacity is None:
        return None
    return max((capacity if places_open is None else places_open) - taken, 0)


@lru_cache(maxsize=4096)  # a programme says the same few words hundreds of times
def places_in_words(left: int | None, every: int, line: int, _language: str) -> str:
    """Say it: "8 of 20 places left", "Full", "Full. 4 waiting", "No limit"; ``every``: how many there are."""
    if left is None:
        return _("No limit")
    if not left:
        return counted(line, "Full. %(count)s waiting", "Full. %(count)s waiting") if line else _("Full")
    words = ngettext("%(left)s of %(every)s place left", "%(left)s of %(every)s places left", every)
    return words % {"left": in_digits(left), "every": in_digits(every)}


def free_in_words(free: int) -> str:
    """Say how many places are there for whoever takes them first: "1 place is free"."""
    return counted(free, "%(count)s place is free", "%(count)s places are free")
