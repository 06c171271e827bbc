"""Deciding which of several places somebody keeps that have come to overlap (``contested``).

They keep one and give up all that overlaps it, which the form has named: nothing goes that they did not
see. Sessions of several events are decided alike, so all registrations concerned are locked, by id, then all
workshops, by id. What is given up goes to its waiting list at once. Pressing twice is not an error.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from workshops import notices
from workshops.models import Booking
from workshops.places.booking import after_giving_up
from workshops.places.counters import become, booking_now, locked_registration, locked_workshops, release
from workshops.places.refusals import DecisionChanged, DecisionOver

Status = Booking.Status


def overlapping(place: Booking) -> "QuerySet[Booking]":
    """Return their other places at the time of this one: what keeping it gives up."""
    others = Booking.objects.with_place().filter(member=place.member_id, during__overlap=place.during)
    return others.exclude(pk=place.pk).select_related("session__event").order_by("during", "pk")


def keep(
    place: Booking,
    *,
    giving_up: Iterable[Booking],
    by: By,
    at: datetime,
    ended: str = Booking.Ended.BY_MEMBER,
) -> Booking:
    """Keep this place and give up what overlaps it, all of which must be named; return it.

    Raises ``DecisionOver`` where the place is theirs no more or its time to decide is over, and
    ``DecisionChanged`` where something else of theirs overlaps it.
    """
    kept, freed = _keep(place.pk, sorted(one.pk for one in giving_up), by, at, ended)
    after_giving_up(freed, at)
    return kept


@retried
def _keep(pk: int, named: Collection[int], by: By, at: datetime, ended: str) -> tuple[Booking, list[Booking]]:
    concerned = Booking.objects.filter(pk__in=[pk, *named], member__bookings=pk)
    whose = sorted(set(concerned.values_list("registration_id", flat=True)))
    registrations = [locked_registration(one) for one in whose]
    workshops = locked_workshops(concerned.values_list("session_id", flat=True))
    kept = booking_now(pk)
    if kept.status not in Booking.PLACED or (kept.expires_at and kept.expires_at <= at):
        raise DecisionOver(
            _("You have no place in this session any more."), "{name} has no place in this session any more."
        )
    others = list(overlapping(kept))
    if {one.pk for one in others} - set(named):
        raise DecisionChanged(
            _("What you have at this time has changed. Look at it now, then choose again."),
            "What {name} has at this time has changed. Look at it now, then choose again.",
        )
    for registration in registrations if others else ():
        notices.queue_agenda_update(registration, at)
    for other in others:
        release(other, workshops[other.session_id], by=by, at=at, ended=ended)
    if kept.status == Status.CONTESTED:
        become(kept, Status.BOOKED, Act.KEPT, by=by, at=at)
    return kept, others
