"""What merging two accounts makes of concerns and of who was taken out of an event."""

from concerns.models import Concern, Reader, Recipient, Remark, Removal
from members.merging import registry

READS = "Who reads a concern is a promise to whoever reported it: another account reads nothing of it."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    # Not counted on the page: nobody else is told that somebody reported something.
    registry.moves(Concern, "reporter")
    registry.stays(Reader, "member", READS)
    registry.stays(Recipient, "member", READS)
    registry.moves(Remark, "by")
    registry.moves(Removal, "member removed_by decided_by")
