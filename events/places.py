"""Counted places with a waiting line: the one mechanism behind event places and workshops.

Everybody takes a ticket from the row's own counter. Who takes one gets a place if nobody is in
line and a place is open, otherwise joins the line: decided by one UPDATE on the row's own columns,
which Postgres evaluates again after waiting for the row's lock. A place that is given back while
somebody is in line stays counted (``held``) until the line has been served, so that no newcomer
can have it. ``taken`` is at all times the number of live places plus ``held``.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

#: The assignments of an UPDATE that takes a ticket. Columns are those of the row itself.
HAS_PLACE = "(line = 0 AND (capacity IS NULL OR taken < COALESCE(places_open, capacity)))"
TAKE = f"""ticket = ticket + 1,
           taken = taken + CASE WHEN {HAS_PLACE} THEN 1 ELSE 0 END,
           line = line + CASE WHEN {HAS_PLACE} THEN 0 ELSE 1 END"""


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
            models.CheckConstraint(condition=Q(held__lte=F("taken")), name="%(class)s_held_places_are_taken"),
        ]

    @property
    def places_left(self) -> int | None:
        """How many places a newcomer could have now; ``None`` where there is no limit."""
        if self.capacity is None:
            return None
        if self.line:
            return 0
        open_now = self.capacity if self.places_open is None else self.places_open
        return max(open_now - self.taken, 0)

    @property
    def is_full(self) -> bool:
        """Whether a newcomer would have to wait."""
        return self.places_left == 0


#: The open places as a database expression, for querysets.
OPEN = Coalesce("places_open", "capacity")
