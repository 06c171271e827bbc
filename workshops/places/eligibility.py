"""What is looked at before a place is taken, under the lock of the registration: standing, moment, clashes.

A session clashes with what they have booked, of any event, and with what they host, which takes no place but
is busy all the same. Touching ends do not overlap. One statement reads the session and whether they have
something there, or at its time; what that is is read where there is something, which is rare.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from common.statements import Statement
from events.models import Registration, Session, SessionContributor
from members.models import Member
from workshops.models import Booking, Workshop
from workshops.places.deadlines import is_for_all, is_last_half_hour
from workshops.places.refusals import (
    AccountClosed,
    BookingClosed,
    BookingNotOpen,
    NothingToBook,
    NotRegistered,
    SessionStarted,
    TimeClash,
)

BOOKED = "booked"
HOSTING = "hosting"


@dataclass(frozen=True)
class Clash:
    """One session of theirs at the time of another one."""

    session: Session
    kind: str
    booking: Booking | None = None


@dataclass(frozen=True)
class Look:
    """A session as it was seen under the lock of a registration, and whether they have something there."""

    registration: Registration
    session: Session

    def live_booking(self) -> Booking | None:
        """Return what they have in this session, whatever its status; a cancelled booking is nothing."""
        seen: Any = self.session
        return None if seen.own_id is None else live_booking(self.registration, self.session.pk)

    def clashes(self) -> list[Clash]:
        """Return what of theirs overlaps it, as ``find_clashes`` does."""
        seen: Any = self.session
        return find_clashes(self.registration, self.session) if seen.is_busy else []


#: Why nothing can be booked yet, in words about the member.
_NOT_YET = {
    Registration.Status.RECEIVED: "{name} waits for approval, so nothing can be booked yet.",
    Registration.Status.WAITING: "{name} is on the waiting list of the event, so nothing can be booked yet.",
    Registration.Status.CANCELLED: "{name} is not registered for this event.",
    Registration.Status.CONFIRMED: "",
}


def look_at(session_id: int, registration: Registration, *, may_wait: bool = False) -> Look:
    """Look at a session, or refuse: they are registered, it takes place, and it has places to book.

    With ``may_wait`` it is enough that the registration was received, which choosing wants.
    """
    refuse_closed_account(registration.member)
    if not (registration.is_confirmed or (may_wait and registration.status == Registration.Status.RECEIVED)):
        raise NotRegistered(
            _("You are not registered for this event."), _NOT_YET[Registration.Status(registration.status)]
        )
    member = registration.member
    whose = {"registration": registration.pk, "member": member.pk, "email": member.email}
    (session,) = _SESSION.all(pk=session_id, **whose)
    workshop = getattr(session, "workshop", None)
    if session.event_id != registration.event_id or workshop is None or not session.is_live:
        raise NothingToBook(_("This session has no places to book."))
    if not session.is_published or not session.event.is_published:
        raise BookingClosed(_("This session is not taking bookings."))
    return Look(registration, session)


def look_at_open(session_id: int, registration: Registration, at: datetime) -> Look:
    """Look at a session as ``look_at`` does, or refuse because booking is not open at this second."""
    look = look_at(session_id, registration)
    if not look.session.booking_has_opened(at):
        raise BookingNotOpen(_("Booking has not opened yet."))
    if look.session.booking_has_closed(at):
        raise BookingClosed(_("Booking for this session has closed."))
    return look


def refuse_closed_account(member: Member) -> None:
    """Refuse to take a place for somebody whose account is closed. What they have can be given up."""
    if not member.is_active:
        raise AccountClosed(
            _("Your account is closed, so nothing can be booked."),
            "The account of {name} is closed, so nothing is booked for them.",
        )


def refuse_started(workshop: Workshop, at: datetime) -> None:
    """Refuse to give up what somebody has in a session whose first minute has come."""
    if workshop.during.lower <= at:
        raise SessionStarted(workshop.session)


def refuse_overtaking(session: Session, at: datetime) -> None:
    """Refuse to let somebody join a line behind others in the last half hour (``last_minutes``).

    In its last minutes they may: those before them have had their time.
    """
    workshop: Workshop | None = getattr(session, "workshop", None)
    if workshop is None or not workshop.line:
        return
    starts_at = workshop.during.lower
    if is_last_half_hour(starts_at, at) and not is_for_all(starts_at, at):
        raise BookingClosed(
            _(
                "What comes free now is for those who wait. In the last ten minutes before the start, what "
                "they leave is for everybody."
            )
        )


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
    emails = people.exclude(email="").values_list("email", flat=True)
    by_address = Member.objects.filter(email__lower__in=[email.lower() for email in emails])
    linked = people.filter(member__isnull=False).values_list("member_id", flat=True)
    return sorted({*by_address.values_list("pk", flat=True), *(pk for pk in linked if pk is not None)})


def hosted_sessions(member: Member) -> "QuerySet[Session]":
    """Return the published live sessions in which ``member`` is a host, by link or by confirmed address."""
    return hosted_by(member.pk, member.email)


def hosted_by(member: int, email: Any) -> "QuerySet[Session]":
    """Return ``hosted_sessions`` of whoever has this id and this address, for a statement."""
    address = Lower(Value(email) if isinstance(email, str) else email)
    hosts = SessionContributor.objects.filter(
        Q(contributor__member=member) | Q(contributor__email__lower=address)
    )
    return Session.objects.published().live().filter(session_contributors__in=hosts)


def _booked_by(member: int, during: object) -> "QuerySet[Booking]":
    return Booking.objects.with_place().filter(member=member, during__overlap=during)


def _hosted_meanwhile(member: int, email: str, starts_at: object, ends_at: object) -> "QuerySet[Session]":
    return hosted_by(member, email).filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


def _session(pk: int, registration: int, member: int, email: str) -> "QuerySet[Session]":
    """Return the session with ``own_id``, their live booking of it, and ``is_busy``: something may clash."""
    starts_at, ends_at = OuterRef("starts_at"), OuterRef("ends_at")
    during = Func(starts_at, ends_at, function="tstzrange", output_field=DateTimeRangeField())
    booked = _booked_by(member, during)
    hosted = _hosted_meanwhile(member, email, starts_at, ends_at)
    own = _live(registration, OuterRef("pk"))
    return (
        Session.objects.select_related("event", "workshop")
        .annotate(own_id=Subquery(own.values("pk")[:1]), is_busy=Exists(booked) | Exists(hosted))
        .filter(pk=pk)
    )


def _live(registration: int, session: Any) -> "QuerySet[Booking]":
    return Booking.objects.live().filter(registration=registration, session=session)


_SESSION = Statement(_session)
_LIVE_BOOKING = Statement(_live)
_BOOKED_MEANWHILE = Statement(
    lambda member, session, during: (
        _booked_by(member, during)
        .exclude(session=session)
        .select_related("session__event")
        .order_by("during")
    )
)
_HOSTED_MEANWHILE = Statement(
    lambda member, email, starts_at, ends_at: (
        _hosted_meanwhile(member, email, starts_at, ends_at).select_related("event").distinct()
    )
)
