"""What the team does on the page of a session: the rule of a line, and what it changed."""

from datetime import datetime

from members.models import Member
from workshops.models import Booking
from workshops.places import waiting_list


def move_up(booking: Booking, reason: str, *, by: Member, at: datetime) -> bool:
    """Move somebody to the head of the line; return whether that changed anything."""
    before = booking.ticket
    return waiting_list.move_up(booking, at=at, by=by, reason=reason).ticket != before
