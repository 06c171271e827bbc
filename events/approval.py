"""What an approval does to the registrations that waited for it, and what taking it back undoes.

Who is approved has what they had registered for: a place, or a turn in the line. For ten minutes the approval
can be taken back (``members.membership``): the registrations are *received* again, their places go to the
line, and the letters that have waited so long are not sent. That is refused once they have acted themselves.
Both run in the transaction of the membership. Lock order: member, registration, event places, workshops.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import after_commit
from events.models import Event, Registration
from events.registration import become, locked, locked_places, serve, still_takes_place, take_place
from members.membership import MembershipRefused
from members.models import Member
from notifications import outbox

Status = Registration.Status
#: How a refusal to take an approval back ends.
STANDS: Final = "So the approval stands. You can end the membership instead."

#: Called with (registration, since=, by=, at=) before a registration is received again. Raises
#: ``MembershipRefused`` where they have acted since; returns what to do after the transaction.
ReceivedAgainHook = Callable[..., Callable[[], None]]
_on_received_again: list[ReceivedAgainHook] = []


def on_received_again(hook: ReceivedAgainHook) -> None:
    """Let a higher app undo what hangs on a registration. Call it in ``AppConfig.ready``."""
    if hook not in _on_received_again:
        _on_received_again.append(hook)


def approve_received(member: Member, *, by: By, at: datetime, delay: timedelta = timedelta(0)) -> None:
    """Confirm what a new member had registered for while they waited, or put them in line.

    An event that has been cancelled or is over stays as it is. The letters wait for ``delay``.
    """
    received = Registration.objects.filter(member=member, status=Status.RECEIVED).order_by("event_id")
    for pk in received.values_list("pk", flat=True):
        registration = locked(pk)
        if registration.status == Status.RECEIVED and still_takes_place(registration.event, at):
            take_place(registration, by=by, at=at, delay=delay)


def receive_again(member: Member, *, since: datetime, by: By, at: datetime) -> None:
    """Undo what ``approve_received`` did at ``since``. Raises ``MembershipRefused`` once they acted."""
    theirs = Registration.objects.filter(member=member).exclude(event__audience=Event.Audience.EVERYONE)
    for pk in theirs.order_by("event_id").values_list("pk", flat=True):
        registration = locked(pk)
        changed = registration.status_changed_at
        has_cancelled = registration.status == Status.CANCELLED and changed > since
        if registration.code_of_conduct_accepted_at > since or has_cancelled:
            raise MembershipRefused(f"{member} has registered or cancelled since. {STANDS}")
        if registration.status in (Status.CONFIRMED, Status.WAITING) and changed >= since:
            _receive_again(registration, since, by, at)


def _receive_again(registration: Registration, since: datetime, by: By, at: datetime) -> None:
    places = locked_places(registration.event_id)
    if registration.status == Status.CONFIRMED:
        places.give_back()
    else:
        places.leave_line()
    places.save_counters()
    afterwards = [hook(registration, since=since, by=by, at=at) for hook in _on_received_again]
    registration.ticket = None
    become(registration, Status.RECEIVED, at)
    trail.record(registration, Act.RECEIVED_AGAIN, by=by, at=at)
    for status in (Status.CONFIRMED, Status.WAITING):
        outbox.cancel_queued(["registered"], key=f"registered:{registration.pk}:{status}:")
    for act in afterwards:
        after_commit(act)
    after_commit(partial(serve, registration.event_id, at=at))
