"""What those who have booked a session need to take part: looked at for a reason, each look recorded.

For a host only what its owner lets hosts see.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audit.acts import Act
from audit.confidential import Why
from events import access_needs
from events.models import AccessNeed, AccessNeeds, Session
from members.models import Member
from team.sessions.lists import Row
from team.sessions.people import booked

HEADINGS: Final = ("Name", "What they need", "Where it stands", "Hosts may know")


@dataclass(frozen=True)
class Need:
    """One thing that a person needs, where it stands, and whether hosts may know."""

    name: str
    needs: str
    state: str
    for_hosts: bool

    @property
    def row(self) -> Row:
        """It as a row of a file."""
        return self.name, self.needs, self.state, "yes" if self.for_hosts else "no"


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
    return [
        Need(registrations[told.registration_id], one.in_words, _state(one), one.is_shared_with_hosts)
        for told in found
        for one in told.cases.all()
    ]


def _state(case: AccessNeed) -> str:
    return f"We cannot. Instead: {case.instead}" if case.instead else case.get_state_display()
