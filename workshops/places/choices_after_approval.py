"""Choices of people who waited for approval: booked for them once they are approved and booking is open.

Each is booked in a transaction of its own, in the order in which they chose, behind whoever has a place or
waits by then. It begins once the approval has committed. A promise stands until the transaction that books
it, or notes that it was refused, so that the sweep, once a minute, goes on wherever a process was killed, and
where booking opened later. Letters wait as long as the approval can be taken back (``telling``); what was
booked becomes a choice again then, and its places go to the line.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Q

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from common.transactions import after_commit, retried
from events.approval import STANDS
from events.models import Registration
from members.membership import MembershipRefused
from members.models import Member
from workshops import notices
from workshops.models import Booking
from workshops.places import booking, counters, waiting_list
from workshops.places.counters import locked_registration, locked_workshops
from workshops.places.refusals import BookingNotOpen, BookingRefused, NotRegistered

Status = Booking.Status
BY_THEMSELVES = (Booking.Ended.BY_MEMBER, Booking.Ended.SWAPPED)

logger = logging.getLogger(__name__)


def approved(member: Member, *, at: datetime, **_: object) -> None:
    """Keep the promises to a new member, once the approval has committed (``membership.on_approved``)."""
    after_commit(lambda: keep(at=at, member=member))


def keep(*, at: datetime, member: Member | None = None) -> int:
    """Book what was promised, to one member or to all, where booking is open; return how many that were."""
    due = Booking.objects.filter(
        is_promised=True, status=Status.CHOSEN, registration__status=Registration.Status.CONFIRMED
    )
    if member is not None:
        due = due.filter(member=member)
    kept = 0
    for promise in due.select_related("session", "registration").order_by("registration", "created_at", "id"):
        try:
            kept += _keep(promise, at)
        except DatabaseError:  # the others are not kept waiting
            logger.exception("The promised choice %s could not be booked.", promise.pk)
    return kept


def received_again(
    registration: Registration, *, since: datetime, by: By, at: datetime
) -> Callable[[], None]:
    """Make choices again of what was booked since an approval that is taken back.

    Raises ``MembershipRefused`` where they have booked or given up something themselves since.
    """
    theirs = Booking.objects.filter(registration=registration)
    gave_up = Q(status=Status.CANCELLED, ended__in=BY_THEMSELVES, status_changed_at__gt=since)
    if theirs.filter(Q(created_at__gt=since) | gave_up).exists():
        raise MembershipRefused(f"{registration.member} has booked or given up places since. {STANDS}")
    live = theirs.exclude(status__in=[Status.CANCELLED, Status.CHOSEN]).order_by("session_id")
    workshops = locked_workshops(live.values_list("session_id", flat=True))
    booked = list(live)  # read under the locks
    freed = []
    for one in booked:
        if counters.release(one, workshops[one.session_id], by=by, at=at, ended=Booking.Ended.REGISTRATION):
            freed.append(one)
    again = Booking.objects.bulk_create(_chosen_again(one, at) for one in booked)
    trail.record_all(trail.entry(one, Act.CHOSEN_AGAIN, by=by, at=at) for one in again)
    theirs.filter(status=Status.CHOSEN).update(is_promised=True)
    notices.cancel_place_news(registration, booked)

    def serve_freed() -> None:
        for one in freed:
            waiting_list.serve(one.session_id, at=at)
            waiting_list.wait_again([one.member_id], one.during, at=at)

    return serve_freed


def _keep(promise: Booking, at: datetime) -> bool:
    """Book one, or find out that it cannot be; whether the promise is dealt with."""
    try:
        booking.book(promise.session, promise.registration, by=SITE, at=at)
    except (BookingNotOpen, NotRegistered):
        return False  # it still stands: for the opening, or for another approval
    except BookingRefused:
        _refused(promise, at)
    return True


@retried
def _refused(promise: Booking, at: datetime) -> None:
    """Leave it a choice, whose card says why; not where the approval that promised it was taken back."""
    registration = locked_registration(promise.registration_id)
    if registration.status_changed_at == promise.registration.status_changed_at:
        Booking.objects.filter(pk=promise.pk).update(is_promised=False)
        trail.record(promise, Act.CHOICE_REFUSED, by=SITE, at=at)
        notices.queue_agenda_update(registration, at)


def _chosen_again(ended: Booking, at: datetime) -> Booking:
    """Keep the wish: as a choice, in the order in which it was made."""
    return Booking(
        registration_id=ended.registration_id,
        member_id=ended.member_id,
        session_id=ended.session_id,
        status=Status.CHOSEN,
        is_promised=True,
        during=ended.during,
        created_at=ended.created_at,
        status_changed_at=at,
    )
