"""Filters of the admin's lists of sessions and bookings."""

from typing import Any, Final

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from common.http import parse_id
from events.models import Session
from workshops.models import Booking

#: What is in the address → what it is called, and what it means.
PLACES: Final[dict[str, tuple[str, Q]]] = {
    "filling": (
        "Nearly full, or full",
        Q(workshop__capacity__gt=0)
        & (Q(workshop__taken__gte=0.8 * F("workshop__capacity")) | Q(workshop__line__gt=0)),
    ),
    "waiting": ("People wait", Q(workshop__line__gt=0)),
    "left": (
        "Places left",
        Q(workshop__taken__lt=F("workshop__capacity")) | Q(workshop__capacity=None, workshop__isnull=False),
    ),
    "open": ("Open to all", Q(workshop=None)),
}


class PlacesFilter(admin.SimpleListFilter):
    """By places: nearly full, people waiting, places left, open to all."""

    title = "places"
    parameter_name = "places"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every choice, in words."""
        return [(name, words) for name, (words, _) in PLACES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        """Sessions of the choice."""
        value = self.value()
        return queryset.filter(PLACES[value][1]) if value in PLACES else queryset


class SessionFilter(admin.SimpleListFilter):
    """By one session: the way from its record. No list offers all sessions, there are too many."""

    title = "session"
    parameter_name = "session"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The session in the address, if there is one."""
        chosen = parse_id(self.value())
        return [(str(one.pk), one.title) for one in Session.objects.filter(pk=chosen)] if chosen else []

    def has_output(self) -> bool:
        """Whether a session is chosen."""
        return bool(self.lookup_choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Booking]) -> QuerySet[Booking]:
        """Bookings of the session."""
        return queryset.filter(session=parse_id(self.value())) if self.value() else queryset
