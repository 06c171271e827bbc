"""What merging two accounts makes of the rows of this app."""

from members.merging import registry
from workshops.models import (
    Booking,
    CalendarFeed,
    PlaceOverride,
    ProgrammeImport,
    ProgrammeUpload,
    SessionWords,
)
from workshops.places import merging


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.by_act("workshops", merging.act(), (Booking, "member"))
    registry.goes(CalendarFeed, "member")
    registry.moves(PlaceOverride, "by")
    registry.moves(SessionWords, "by")
    registry.moves(ProgrammeUpload, "member")
    registry.moves(ProgrammeImport, "member")
