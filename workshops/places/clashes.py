"""What a session would clash with: their booked sessions, of any event, and those they host.

Touching ends do not overlap. A session they host takes no place but is busy all the same.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from events.models import Registration, Session, SessionContributor
from members.models import Member
from workshops.models import Booking

BOOKED = "booked"
HOSTING = "hosting"


@dataclass(frozen=True)
class Clash:
    """One session of theirs at the time of another one."""

    session: Session
    kind: str
    booking: Booking | None = None


def find_clashes(registration: Registration, session: Session) -> list[Clash]:
    """Return what of theirs overlaps ``session`` (two queries). Certain only under their registration's lock.

    A session that they host themselves is among them, as hosting: it takes no place.
    """
    booked = (
        Booking.objects.booked()
        .filter(member_id=registration.member_id, during__overlap=(session.starts_at, session.ends_at))
        .exclude(session=session)
        .select_related("session", "session__event")
        .order_by("during")
    )
    hosted = hosted_sessions(registration.member).filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    return [
        *(Clash(booking.session, BOOKED, booking) for booking in booked),
        *(Clash(other, HOSTING) for other in hosted.distinct()),
    ]


def host_members(session: Session) -> list[int]:
    """Return the ids of the members who host ``session``, by link or by address."""
    people = session.contributors.exclude(email="", member=None)
    emails = [Q(email__iexact=email) for email in people.exclude(email="").values_list("email", flat=True)]
    by_address = Member.objects.filter(reduce(or_, emails)) if emails else Member.objects.none()
    linked = people.filter(member__isnull=False).values_list("member_id", flat=True)
    return sorted({*by_address.values_list("pk", flat=True), *(pk for pk in linked if pk is not None)})


def hosted_sessions(member: Member) -> "QuerySet[Session]":
    """Return the published live sessions in which ``member`` is a host, by link or by confirmed address."""
    hosts = SessionContributor.objects.filter(
        Q(contributor__member=member) | Q(contributor__email__iexact=member.email)
    )
    return Session.objects.published().live().filter(session_contributors__in=hosts)
