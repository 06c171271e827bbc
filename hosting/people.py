"""Who comes to a session, as its hosts see it, once they have agreed: names, and what each lets hosts see.

The name of everybody who has a place; organisation and role of who did not untick them; how many wait. Access
needs only where their owner shares them with hosts, when a host asks, and each look is recorded.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from audit.acts import Act
from audit.confidential import Why
from events import access_needs
from events.models import Session
from hosting import access
from hosting.access import HostingRefused, Part, Reader
from workshops.models import Booking


class NotAgreed(HostingRefused):
    """They have not agreed to confidentiality, or not as who they are now."""

    def __init__(self) -> None:
        super().__init__("Agree to confidentiality first, then you see who comes.")


@dataclass(frozen=True)
class Guest:
    """One person who comes; ``work`` is their role and organisation, where hosts may see it.

    ``is_deciding``: a move has put two of their sessions at one time, and they have both until they decide.
    """

    name: str
    work: str = ""
    is_deciding: bool = False


@dataclass(frozen=True)
class Need:
    """What one person needs, who lets hosts know it."""

    name: str
    needs: str


def seen_by(session: Session, reader: Reader, *, at: datetime) -> Part:
    """Return the part of a reader who sees people now. Raises ``NotTheirs`` and ``NotAgreed``."""
    part = access.part(session, reader, at=at)
    if not part.sees_people(at):
        raise NotAgreed
    return part


def guests(session: Session, reader: Reader, *, at: datetime) -> list[Guest]:
    """Return who has a place, by name. Raises what ``seen_by`` raises."""
    seen_by(session, reader, at=at)
    return [
        Guest(one.member.name, _work(one), one.status == Booking.Status.CONTESTED) for one in _booked(session)
    ]


def needs(session: Session, reader: Reader, *, at: datetime) -> list[Need]:
    """Return what those who come let hosts know of their needs, and record the look in the history of each.

    Raises what ``seen_by`` raises.
    """
    seen_by(session, reader, at=at)
    names = {one.registration_id: one.member.name for one in _booked(session)}
    found = access_needs.look(
        names,
        Why.FOR_THE_HOST,
        act=Act.NEEDS_SEEN_BY_HOST,
        only_shared=True,
        by=reader.by,
        at=at,
    )
    shown = [Need(names[one.registration_id], one.needs) for one in found]
    return sorted(shown, key=lambda one: one.name.casefold())


def _booked(session: Session) -> "QuerySet[Booking]":
    bookings = Booking.objects.with_place().filter(session=session).select_related("member", "registration")
    return bookings.order_by("member__name_folded", "member__name", "pk")


def _work(booking: Booking) -> str:
    if not booking.registration.hosts_see_work:
        return ""
    return ", ".join(filter(None, [booking.member.role, booking.member.organisation]))
