"""What a cancelled registration takes with it: every booking of what has not started, in one transaction.

That somebody was there stays: it is their proof, and the community's count.
"""

from collections.abc import Callable
from datetime import datetime

from audit.actors import By
from events.models import Registration
from workshops.models import Booking
from workshops.places import counters, waiting_list
from workshops.places.counters import locked_workshops


def end_bookings(registration: Registration, *, at: datetime, by: By) -> Callable[[], None]:
    """End their live bookings of what is still to come, under the workshops' locks, by id.

    Returns what is to be done after it: what came free is served, and what they were passed for in
    another event waits again.
    """
    live = Booking.objects.live().filter(registration=registration)
    workshops = locked_workshops(live.values_list("session_id", flat=True))
    freed = [
        one
        for one in live
        if workshops[one.session_id].during.lower > at
        and counters.release(one, workshops[one.session_id], by=by, at=at, ended=Booking.Ended.REGISTRATION)
    ]

    def serve_freed() -> None:
        for one in freed:
            waiting_list.serve(one.session_id, at=at)
            waiting_list.wait_again([one.member_id], one.during, at=at)

    return serve_freed
