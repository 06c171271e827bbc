"""The last half hour before a session starts: what comes free goes to who looks.

Until then a place that comes free is given to the first in line and told by email. An email of the last half
hour is read too late by most, and a place given to who does not come is lost. So from ``HALF_HOUR`` before
the start nothing is given or offered by itself: a free place stays held for those in line, is shown to them
as free (their agenda, the session's page), and the first of them to press ``take`` has it. Who was passed
for it has kept their turn and may take it too.

Others have it only where nobody in line wants it. Nobody joins a line behind others in that half hour, or
pressing twice would overtake all who have waited for days. But an empty chair helps nobody either: in the
last ``FOR_ALL`` minutes those in line have had their time, and whoever is registered may take what is free.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from audit.actors import SITE, By
from audit.acts import Act
from common.transactions import retried
from events.models import Registration, Session
from workshops import notices
from workshops.models import Booking
from workshops.places import booking, waiting_list
from workshops.places.counters import become, booking_now, claim, locked_registration, locked_workshop
from workshops.places.deadlines import is_last_half_hour
from workshops.places.eligibility import (
    Look,
    find_clashes,
    look_at,
    look_at_open,
    refuse_overtaking,
    refuse_own_sessions,
    refuse_started,
)
from workshops.places.refusals import PlaceTaken, TimeClash

Status = Booking.Status
IN_LINE = (Status.WAITING, Status.PASSED)


def take(
    session: Session, registration: Registration, *, by: By, at: datetime, replacing: Iterable[Booking] = ()
) -> Booking:
    """Take a place that is free in the last half hour, giving up ``replacing``, all or nothing.

    Raises ``PlaceTaken`` where none is free or it is not that half hour, ``TimeClash`` where it overlaps
    something that is not in ``replacing``, ``SessionStarted``, and what ``booking.book`` raises.
    """
    given = sorted(old.pk for old in replacing)
    with booking.overlaps_refused():
        taken, freed = _take(session.pk, registration.pk, given, by, at)
    booking.after_giving_up(freed, at)
    return taken


@retried
def _take(
    session_id: int, registration_id: int, given: Sequence[int], by: By, at: datetime
) -> tuple[Booking, list[Booking]]:
    registration = locked_registration(registration_id)
    look = look_at(session_id, registration)
    live = look.live_booking()
    if live is not None and live.status in Booking.PLACED:
        return live, []
    if live is not None and live.status == Status.OFFERED:
        live = waiting_list.pass_offer(live.pk, registration_id, by=SITE, at=at, only_lapsed=True)
        if live.status == Status.OFFERED:
            return booking.accept_under_lock(registration, live, given, by, at)
    freed = booking.give_up_named(registration, given, session_id, by, at)
    clashes = find_clashes(registration, look.session)
    refuse_own_sessions(clashes, look.session)
    if clashes:
        raise TimeClash(clashes)
    if live is None or live.status not in IN_LINE:
        live = _joined(look, live, by, at)
    return _have(live, registration, by, at), freed


def _joined(look: Look, chosen: Booking | None, by: By, at: datetime) -> Booking:
    """Let somebody who has not waited have a ticket, in the last minutes, when what is free is anybody's."""
    session, registration = look.session, look.registration
    look_at_open(session.pk, registration, at)
    refuse_overtaking(session, at)
    return claim(session, registration, chosen, [], by=by, at=at)


def _have(live: Booking, registration: Registration, by: By, at: datetime) -> Booking:
    """Turn a turn in line into the place, if one is free to take; under the lock of the workshop."""
    workshop, live = locked_workshop(live.session_id), booking_now(live.pk)
    refuse_started(workshop, at)
    if live.status == Status.BOOKED:
        return live
    if not (workshop.is_open and is_last_half_hour(workshop.during.lower, at) and workshop.has_one_to_give):
        raise PlaceTaken
    if live.status == Status.WAITING:
        workshop.serve_one()
    else:
        workshop.take_one()
    owing = notices.agenda_update(registration, at)
    become(live, Status.BOOKED, Act.PLACE_TAKEN, by=by, at=at, workshop=workshop, owing=owing)
    return live
