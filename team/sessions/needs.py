"""What those who have booked a session need to take part: looked at for a reason, each look recorded.

For a host only what its owner lets hosts see.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audit.acts import Act, Why
from events import access_needs
from events.models import AccessNeeds, Session
from members.models import Member
from team.sessions.lists import Row
from team.sessions.people import booked

HEADINGS: Final = ("Name", "What they need", "Hosts may know")


@dataclass(frozen=True)
class Need:
    """What one person needs, and whether hosts may know."""

    name: str
    needs: str
    for_hosts: bool

    @property
    def row(self) -> Row:
        """It as a row of a file."""
        return self.name, self.needs, "yes" if self.for_hosts else "no"


def how_many(session: Session) -> int:
    """Return of how many who have booked something is known; read without looking at it."""
    return AccessNeeds.objects.filter(registration__in=booked(session).values("registration")).count()


def look(session: Session, why: Why, *, is_file: bool, by: Member, at: datetime) -> list[Need]:
    """Return what those who have booked need, by name, and record that ``by`` has looked at each."""
    registrations = {one.registration_id: one.member.name for one in booked(session)}
    act = Act.NEEDS_TAKEN_ALONG if is_file else Act.NEEDS_SEEN
    only_shared = why == Why.FOR_THE_HOST
    found = access_needs.look(registrations, why, act=act, only_shared=only_shared, by=by, at=at)
    order = list(registrations)
    found.sort(key=lambda one: order.index(one.registration_id))
    return [Need(registrations[one.registration_id], one.needs, one.is_shared_with_hosts) for one in found]
