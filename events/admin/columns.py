"""What the admin's lists of an event's records share: the column of the event, places in words."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.models import Event
from events.places import Places


def places_in_words(places: Places | None, *, none: str) -> str:
    """Say how many places are taken and how many people wait: "12 of 16, waiting 4"."""
    if places is None:
        return none
    limit = f"of {places.capacity}" if places.capacity is not None else "taken, no limit"
    return f"{places.taken} {limit}" + (f", waiting {places.line}" if places.line else "")


class ColumnOfTheEvent(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """A list that leaves out its column ``event`` where every row would say the same."""

    def get_list_display(self, request: HttpRequest) -> Any:
        """Leave the column out when one event is chosen, and when there is only one. One query."""
        columns = list(super().get_list_display(request))
        if not hasattr(request, "is_of_one_event"):
            is_chosen = any(name.endswith("event__id__exact") for name in request.GET)
            request.is_of_one_event = is_chosen or Event.objects.count() < 2  # type: ignore[attr-defined]  # read below
        if request.is_of_one_event:  # type: ignore[attr-defined]  # set above
            columns.remove("event")
        return columns
