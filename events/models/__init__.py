"""The event, its programme and who is registered for it."""

from events.models.access_needs import AccessNeed, AccessNeeds, KeptNeed, Kind, NeedCount
from events.models.calendar import CalendarEntry
from events.models.calling_off import CallingOff
from events.models.event import Event, EventPlaces, Theme
from events.models.needs_to_stop import NeedToStop
from events.models.registration import Registration
from events.models.session import Contributor, Session, SessionContributor

__all__ = [
    "AccessNeed",
    "AccessNeeds",
    "CalendarEntry",
    "CallingOff",
    "Contributor",
    "Event",
    "EventPlaces",
    "KeptNeed",
    "Kind",
    "NeedCount",
    "NeedToStop",
    "Registration",
    "Session",
    "SessionContributor",
    "Theme",
]
