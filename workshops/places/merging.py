"""What merging two accounts makes of bookings (``members.merging``): all of both, as far as the rules go.

In one session they have one booking: a place before an offer, an offer before a turn in line, and of two
alike that with the earlier ticket. Of two places at one time that which was booked first stays. What they
host themselves takes no place. Everything else goes over as it is, with its ticket, so nobody is overtaken;
what ends goes to the line. Under the locks of both members and all their registrations (``events.merging``),
then of all the sessions concerned, by id.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Q

from audit import trail
from audit.actors import By
from audit.acts import Act as Did
from common.times import short_moment
from common.words import titles
from events.models import Registration
from members.merging.registry import Act, Afterwards, Line
from members.models import Member
from workshops import notices
from workshops.models import AgendaTold, Booking
from workshops.places import choices_after_approval, counters, waiting_list
from workshops.places.eligibility import hosted_sessions

Status = Booking.Status
#: The better first.
ORDER = (Status.BOOKED, Status.CONTESTED, Status.OFFERED, Status.WAITING, Status.PASSED, Status.CHOSEN)


@dataclass(frozen=True)
class Fate:
    """What becomes of one live booking: it stays theirs, or ends, ``because`` of something."""

    booking: Booking
    because: str = ""

    @property
    def ends(self) -> bool:
        """Whether it ends."""
        return bool(self.because)


def act() -> Act:
    """Return what this app does."""
    return Act(merge, look, lock)


def lock(kept: Member, ended: Member) -> None:
    """Lock the places of all sessions in which they have anything, by id."""
    live = Booking.objects.live().filter(member__in=(kept, ended))
    counters.locked_workshops(live.values_list("session_id", flat=True))


def fates(kept: Member, ended: Member) -> list[Fate]:
    """Decide about every live booking of both; certain only under all locks. Three queries at most."""
    live = list(
        Booking.objects.live()
        .filter(member__in=(kept, ended))
        .select_related("session__event")
        .order_by("during", "pk")
    )
    hosted = {one.pk for who in (kept, ended) for one in hosted_sessions(who)}
    best: dict[int, Booking] = {}
    for one in sorted(live, key=_order):
        best.setdefault(one.session_id, one)
    booked: list[Booking] = []
    for one in sorted(best.values(), key=lambda each: (each.created_at, each.pk)):
        is_free = not any(_overlap(one, other) for other in booked)
        if one.status == Status.BOOKED and one.session_id not in hosted and is_free:
            booked.append(one)
    return [Fate(one, _why_ended(one, best, booked, hosted)) for one in live]


def _why_ended(one: Booking, best: dict[int, Booking], booked: list[Booking], hosted: set[int]) -> str:
    if one.session_id in hosted:
        return "they host it themselves"
    if (other := best[one.session_id]) != one:
        return f"with the other account it is “{other.get_status_display().lower()}”"
    if one.status == Status.BOOKED and one not in booked:
        clashing = [each.session for each in booked if _overlap(one, each)]
        return f"it is at the same time as {titles(clashing)}, which was booked first"
    return ""


def look(kept: Member, ended: Member) -> Iterator[Line]:
    """Say what becomes of each live booking."""
    for fate in fates(kept, ended):
        one, session = fate.booking, fate.booking.session
        about = f"{session.title}, {short_moment(session.starts_at, session.event.zone)}"
        whose = kept.email if one.member_id == kept.pk else ended.email
        said = f"{one.get_status_display()} with {whose}"
        yield Line(about, f"{said}: this ends, because {fate.because}." if fate.ends else f"{said}: stays.")


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:
    """Do it; return what is to be served afterwards."""
    ending = [fate.booking for fate in fates(kept, ended) if fate.ends]
    workshops = counters.locked_workshops(one.session_id for one in ending)
    freed = [
        one
        for one in ending
        if counters.release(one, workshops[one.session_id], by=by, at=at, ended=Booking.Ended.MERGED)
    ]
    events = {one.session.event_id for one in ending} | _bring_over(kept, ended, by, at)
    for registration in Registration.objects.filter(member=kept, event__in=events).select_related("event"):
        if registration.is_confirmed and not registration.event.is_over(at):
            registration.member = kept
            AgendaTold.objects.filter(registration=registration).delete()  # so that all of it is told
            notices.queue_agenda_update(registration, at)
    if kept.is_member:
        choices_after_approval.approved(kept, at=at)
    return [
        *(partial(waiting_list.serve, one.session_id, at=at) for one in freed),
        *(partial(waiting_list.wait_again, [kept.pk], one.during, at=at) for one in freed),
    ]


def _bring_over(kept: Member, ended: Member, by: By, at: datetime) -> set[int]:
    """Let all bookings of the account that ends be the other's; return the events concerned."""
    live = list(Booking.objects.live().filter(member=ended).select_related("session"))
    for other in Registration.objects.filter(member=ended):  # those with a twin: the rest has gone over
        mine = Registration.objects.get(member=kept, event=other.event_id)
        _comes_back_once(mine, other)
        Booking.objects.filter(registration=other).update(registration=mine)
        AgendaTold.objects.filter(registration=other).delete()
        notices.cancel_place_news(other, [])
    Booking.objects.filter(member=ended).update(member=kept)
    for one in live:
        one.member = kept
    trail.record_all(trail.entry(one, Did.BOOKING_MERGED, by=by, at=at) for one in live)
    return {one.session.event_id for one in live}


def _comes_back_once(mine: Registration, other: Registration) -> None:
    """Of two bookings of a cancelled session that may be brought back, let that of who stays come back."""
    stands = ~Q(status=Status.CANCELLED) | Q(ended=Booking.Ended.SESSION)
    both = Booking.objects.filter(stands, registration=mine).values("session")
    with_session = Booking.objects.filter(registration=other, ended=Booking.Ended.SESSION)
    with_session.filter(session__in=both).update(ended=Booking.Ended.MERGED)


def _order(one: Booking) -> tuple[int, int, datetime, int]:
    return ORDER.index(Status(one.status)), one.ticket or 0, one.created_at, one.pk


def _overlap(one: Booking, other: Booking) -> bool:
    return bool(one.during.lower < other.during.upper and other.during.lower < one.during.upper)
