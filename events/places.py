"""Counted places with a waiting line: the one mechanism behind event places and workshops.

Everybody takes a ticket from the row's own counter. Who takes one gets a place if nobody is in
line and a place is open, otherwise joins the line: decided by one UPDATE on the row's own columns,
which Postgres evaluates again after waiting for the row's lock. A place that is given back while
somebody is in line stays counted (``held``) until the line has been served, so that no newcomer
can have it; when the last one leaves the line, held places open to everybody. ``taken`` is at all
times the number of live places plus ``held``.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, models
from django.db.models import Case, F, Q, QuerySet, When

from common import languages
from common.words import counted
from events.places_seen import places_in_words, places_left

#: A newcomer has a place: written once, for every statement that takes a ticket.
HAS_PLACE = "(line = 0 AND (capacity IS NULL OR taken < COALESCE(places_open, capacity)))"
#: The assignments of an UPDATE that takes a ticket; the row then says ``line = 0`` to who has a place.
TAKE = f"""ticket = ticket + 1,
           taken = taken + CASE WHEN {HAS_PLACE} THEN 1 ELSE 0 END,
           line = line + CASE WHEN {HAS_PLACE} THEN 0 ELSE 1 END"""

logger = logging.getLogger(__name__)


class CapacityBelowTaken(Exception):
    """A capacity below the places that are taken, for the editor; ``taken`` says how many."""

    def __init__(self, taken: int, wanted: int | None = None) -> None:
        fewer = "fewer" if wanted is None else wanted
        places = counted(taken, "%(count)s place is", "%(count)s places are")
        super().__init__(f"{places} taken, so there cannot be {fewer}.")
        self.taken = taken


class Places(models.Model):
    """A narrow, hot row of counters; nobody's foreign key points at it."""

    capacity = models.PositiveIntegerField("places", null=True, blank=True, help_text="Blank means no limit.")
    places_open = models.PositiveIntegerField(
        "places open now", null=True, blank=True, editable=False, help_text="Blank means all."
    )
    taken = models.PositiveIntegerField("places taken", default=0, editable=False)
    held = models.PositiveIntegerField("held for the waiting list", default=0, editable=False)
    line = models.PositiveIntegerField("waiting", default=0, editable=False)
    ticket = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="%(class)s_never_more_taken_than_places",
                violation_error_message="More places are taken than that.",
            ),
            models.CheckConstraint(
                condition=Q(places_open__isnull=True)
                | (
                    Q(capacity__isnull=False)
                    & Q(places_open__lte=F("capacity"))
                    & Q(taken__lte=F("places_open"))
                ),
                name="%(class)s_never_more_open_than_places",
            ),
            models.CheckConstraint(
                condition=Q(held__lte=F("taken")) & (Q(held=0) | Q(line__gt=0)),
                name="%(class)s_holds_places_only_for_a_line",
            ),
        ]

    @property
    def places_left(self) -> int | None:
        """How many places a newcomer could have now; ``None`` where there is no limit."""
        return places_left(self.capacity, self.places_open, self.taken, self.line)

    @property
    def is_full(self) -> bool:
        """Whether a newcomer would have to wait."""
        return self.places_left == 0

    @property
    def in_words(self) -> str:
        """How many there are: "8 of 20 places left", "Full", "Full. 4 waiting", "No limit"."""
        return places_in_words(self.places_left, self.capacity or 0, self.line, languages.current())

    def can_serve(self) -> bool:
        """Whether the first in line could have a place now. Ask under the row's lock."""
        return self.line > 0 and self.has_one_to_give

    @property
    def has_one_to_give(self) -> bool:
        """Whether a place is nobody's: held for the line, or open. Certain under the row's lock."""
        return self.held > 0 or self.capacity is None or self.taken < self._open()

    def can_be(self, capacity: int | None) -> bool:
        """Whether there could be so many places: nobody's is taken away."""
        return capacity is None or capacity >= self.taken

    def serve_one(self) -> None:
        """Give one place to the first in line. Under the row's lock; the caller saves."""
        self.take_one()
        self.leave_line()

    def take_one(self) -> None:
        """Give one place to somebody who is not in line. Under the row's lock; the caller saves."""
        if self.held:
            self.held -= 1
        else:
            self.taken += 1

    def leave_line(self) -> None:
        """Let one leave the line without a place. Under the row's lock; the caller saves."""
        self.line -= 1
        if self.line == 0:
            self.taken -= self.held
            self.held = 0

    def give_back(self) -> None:
        """Take one place back: held while somebody is in line. Under the row's lock; the caller saves."""
        if self.line:
            self.held += 1
        else:
            self.taken -= 1

    def set_capacity(self, capacity: int | None) -> None:
        """Write how many there are; a wave never opens more than that. Under the row's lock.

        Raises ``CapacityBelowTaken``.
        """
        if not self.can_be(capacity):
            raise CapacityBelowTaken(self.taken)
        self.capacity = capacity
        if self.places_open is not None:
            self.places_open = None if capacity is None else min(self.places_open, capacity)
        self.save(update_fields=["capacity", "places_open"])

    def save_counters(self) -> None:
        """Write what the methods above changed."""
        self.save(update_fields=["taken", "held", "line"])

    def _open(self) -> int:
        return (self.capacity or 0) if self.places_open is None else self.places_open


def could_serve() -> Q:
    """Rows whose line is not served although it could be: what a sweep looks for."""
    return Q(line__gt=0) & (
        Q(held__gt=0)
        | Q(capacity__isnull=True)
        | Q(taken__lt=Case(When(places_open__isnull=False, then=F("places_open")), default=F("capacity")))
    )


def position_in(line: "QuerySet[Any]", ticket: int | None) -> int:
    """Return the place in a line of whoever waits with this ticket, 1 being the next. One query."""
    return line.filter(ticket__lt=ticket).count() + 1


def serve_each(rows: "QuerySet[Any]", serve: Callable[[int], int], *, of: str) -> int:
    """Serve the lines of these rows of places, one after the other; return how many places were given.

    One that cannot be served is logged, by ``of`` and its id, and does not keep the others waiting.
    """
    given = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        try:
            given += serve(pk)
        except DatabaseError:
            logger.exception("The waiting list of %s %s could not be served.", of, pk)
    return given
