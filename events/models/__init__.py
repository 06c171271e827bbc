"""The event, its programme and who is registered for it."""

from events.models.calendar import CalendarEntry
from events.models.event import Event, EventPlaces, Theme
from events.models.registration import AccessNeeds, Registration
from events.models.session import Contributor, Session, SessionContributor

__all__ = [
    "AccessNeeds",
    "CalendarEntry",
    "Contributor",
    "Event",
    "EventPlaces",
    "Registration",
    "Session",
    "SessionContributor",
    "Theme",
]
