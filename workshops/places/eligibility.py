"""What is looked at before a place is taken, under the lock of the registration: standing, moment, clashes.

A session clashes with what they have booked, of any event, and with what they host, which takes no place but
is busy all the same. Touching ends do not overlap.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common.statements import Statement
from events.models import Registration, Session, SessionContributor
from members.models import Member
from workshops.models import Booking
from workshops.places.refusals import BookingClosed, BookingNotOpen, NothingToBook, NotRegistered, TimeClash

BOOKED = "booked"
HOSTING = "hosting"


@dataclass(frozen=True)
class Clash:
    """One session of theirs at the time of another one."""

    session: Session
    kind: str
    booking: Booking | None = None


#: Why nothing can be booked yet, in words about the member.
_NOT_YET = {
    Registration.Status.RECEIVED: "{name} waits for approval, so nothing can be booked yet.",
    Registration.Status.WAITING: "{name} is on the waiting list of the event, so nothing can be booked yet.",
    Registration.Status.CANCELLED: "{name} is not registered for this event.",
    Registration.Status.CONFIRMED: "",
}


def session_with_places(session_id: int, registration: Registration, *, may_wait: bool = False) -> Session:
    """Return the session, or refuse: they are registered, it takes place, and it has places to book.

    With ``may_wait`` it is enough that the registration was received, which choosing wants.
    """
    if not (registration.is_confirmed or (may_wait and registration.status == Registration.Status.RECEIVED)):
        raise NotRegistered(
            _("You are not registered for this event."), _NOT_YET[Registration.Status(registration.status)]
        )
    (session,) = _SESSION.all(pk=session_id)
    workshop = getattr(session, "workshop", None)
    if session.event_id != registration.event_id or workshop is None or not session.is_live:
        raise NothingToBook(_("This session has no places to book."))
    if not session.is_published or not session.event.is_published:
        raise BookingClosed(_("This session is not taking bookings."))
    return session


def open_session(session_id: int, registration: Registration, at: datetime) -> Session:
    """Return the session as ``with_places`` does, or refuse because booking is not open at this second."""
    session = session_with_places(session_id, registration)
    if not session.booking_has_opened(at):
        raise BookingNotOpen(_("Booking has not opened yet."))
    if session.booking_has_closed(at):
        raise BookingClosed(_("Booking for this session has closed."))
    return session


def live_booking(registration: Registration, session_id: int) -> Booking | None:
    """Return what they have in this session, whatever its status; a cancelled booking is nothing."""
    return _LIVE_BOOKING.first(registration=registration.pk, session=session_id)


def refuse_own_sessions(clashes: list[Clash], session: Session) -> None:
    """Refuse what they host themselves, and what they cannot come to because they host at that time."""
    hosting = [clash for clash in clashes if clash.kind == HOSTING]
    if any(clash.session.pk == session.pk for clash in hosting):
        raise NothingToBook(
            _("You host this session: it is in your agenda and takes no place."),
            "{name} hosts this session: it is in their agenda and takes no place.",
        )
    if hosting:
        raise TimeClash(clashes)


def find_clashes(registration: Registration, session: Session) -> list[Clash]:
    """Return what of theirs overlaps ``session`` (two queries). Certain only under their registration's lock.

    A session that they host themselves is among them, as hosting: it takes no place.
    """
    member, starts_at, ends_at = registration.member, session.starts_at, session.ends_at
    during = DateTimeTZRange(starts_at, ends_at)
    booked = _BOOKED_MEANWHILE.all(member=member.pk, session=session.pk, during=during)
    hosted = _HOSTED_MEANWHILE.all(member=member.pk, email=member.email, starts_at=starts_at, ends_at=ends_at)
    return [
        *(Clash(booking.session, BOOKED, booking) for booking in booked),
        *(Clash(other, HOSTING) for other in hosted),
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
    return hosted_by(member.pk, member.email)


def hosted_by(member: int, email: str) -> "QuerySet[Session]":
    """Return ``hosted_sessions`` of whoever has this id and this address, for a statement."""
    hosts = SessionContributor.objects.filter(
        Q(contributor__member=member) | Q(contributor__email__iexact=email)
    )
    return Session.objects.published().live().filter(session_contributors__in=hosts)


_SESSION = Statement(lambda pk: Session.objects.select_related("event", "workshop").filter(pk=pk))
_LIVE_BOOKING = Statement(
    lambda registration, session: Booking.objects.live().filter(registration=registration, session=session)
)
_BOOKED_MEANWHILE = Statement(
    lambda member, session, during: (
        Booking.objects.booked()
        .filter(member=member, during__overlap=during)
        .exclude(session=session)
        .select_related("session__event")
        .order_by("during")
    )
)
_HOSTED_MEANWHILE = Statement(
    lambda member, email, starts_at, ends_at: (
        hosted_by(member, email)
        .filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
        .select_related("event")
        .distinct()
    )
)
