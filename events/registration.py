"""Registering for an event.

Who registers is confirmed at once if their membership lets them and the event has a place; a person
waiting for approval is *received* and takes their ticket when they become a member; when the event is
full they wait, first come first served, by the same counters as workshops. Registering twice is
not an error. Cancelling frees everything that hangs on the registration, in the same transaction,
through what higher apps have put into ``on_cancelled``. Lock order: event, member, registration, event
places.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Unpack

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import SITE, By
from audit.acts import Act
from common.refusals import Refusal
from common.transactions import after_commit, retried
from events import access_needs, hosts_see, need_withdrawals, tickets
from events.access_needs import Told
from events.models import Event, EventPlaces, Registration
from events.places import could_serve, position_in, serve_each
from members.membership import letters_wait
from members.models import Member
from notifications import outbox

Status = Registration.Status

#: Called with (registration, by=, at=) inside the transaction that cancels; returns what to do after it.
CancelledHook = Callable[..., Callable[[], None] | None]
_on_cancelled: list[CancelledHook] = []


def on_cancelled(hook: CancelledHook) -> None:
    """Let a higher app undo what hangs on a registration. Call it in ``AppConfig.ready``."""
    if hook not in _on_cancelled:
        _on_cancelled.append(hook)


#: Asked with (event, member) under the member's lock; raises a ``RegistrationRefused`` who may not come.
RegisteringCheck = Callable[[Event, Member], None]
_before_registering: list[RegisteringCheck] = []


def before_registering(check: RegisteringCheck) -> None:
    """Let a higher app refuse somebody. Call it in ``AppConfig.ready``."""
    if check not in _before_registering:
        _before_registering.append(check)


class RegistrationRefused(Refusal):
    """An expected no."""


class RegistrationNotOpen(RegistrationRefused):
    """Before the opening, after the closing, or the event does not take place."""


class EventOver(RegistrationRefused):
    """Who was registered for an event that is over stays so: that they were is what is left of it."""

    def __init__(self, event: Event) -> None:
        super().__init__(
            _("%(event)s is over, so your registration stays as it is.") % {"event": event},
            f"{event} is over, so the registration of {{name}} stays as it is.",
        )


class NotEntitled(RegistrationRefused):
    """The reader's membership does not let them register."""


@retried
def register(
    event: Event,
    member: Member,
    *,
    by: By,
    at: datetime,
    show_work: bool = False,
    **told: Unpack[Told],
) -> Registration:
    """Register ``member`` for ``event``, with what hosts see of them and what they ``told`` of their needs.

    Raises ``RegistrationNotOpen`` and ``NotEntitled``. Returns the registration, whose status says
    what became of it; one that exists already stays as it is, their access needs included.
    """
    registration, is_new = _register(event.pk, member.pk, by, at)
    if is_new:
        access_needs.begin_anew(registration)
        access_needs.save(registration, by=by, at=at, **told)
        hosts_see.save(registration, show_work=show_work, by=by, at=at)
    return registration


def _register(event_id: int, member_id: int, by: By, at: datetime) -> tuple[Registration, bool]:
    """Return the registration, and whether it was made (or made again) now."""
    event = _event_that_stays(event_id)
    # Their membership must not change meanwhile: an approval at this moment would not see them as received.
    member = Member.objects.select_for_update(no_key=True).get(pk=member_id)
    Registration.objects.bulk_create(
        [
            Registration(
                event=event,
                member=member,
                status=Status.CANCELLED,
                code_of_conduct_accepted_at=at,
                created_at=at,
                status_changed_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    registration = locked(Registration.objects.get(event=event, member=member).pk)
    if registration.status != Status.CANCELLED:
        return registration, False
    _check(event, member, at)
    registration.code_of_conduct_accepted_at = at
    if event.audience == Event.Audience.EVERYONE or member.is_member:
        take_place(registration, by=by, at=at)
    else:
        become(registration, Status.RECEIVED, at)
        trail.record(registration, Act.REGISTRATION_RECEIVED, by=by, at=at)
        tell("registered", registration, at)
    return registration, True


def _check(event: Event, member: Member, at: datetime) -> None:
    if not member.is_active:  # closed or erased while they waited for the lock
        raise NotEntitled(
            _("Your account is closed, so you cannot register for this event."),
            "The account of {name} is closed, so they cannot be registered.",
        )
    for check in _before_registering:
        check(event, member)
    if not event.is_published:
        raise RegistrationNotOpen(_("This event is not taking registrations."))
    if not event.registration_has_opened(at):
        raise RegistrationNotOpen(_("Registration has not opened yet."))
    if not event.registration_is_open(at):
        raise RegistrationNotOpen(_("Registration has closed."))
    if event.audience == Event.Audience.EVERYONE:
        return
    if member.membership == Member.Membership.ENDED:
        raise NotEntitled(
            _("Your membership has ended, so you cannot register for this event."),
            "The membership of {name} has ended. Reinstate it, then register them.",
        )
    if member.membership == Member.Membership.DECLINED:
        raise NotEntitled(
            _("Your membership was not approved, so you cannot register for this event."),
            "The membership of {name} was not approved. Approve it, then register them.",
        )


def still_takes_place(event: Event, at: datetime) -> bool:
    """Whether places of the event are still given."""
    return event.is_published and not event.is_over(at)


def refuse_over(event: Event, at: datetime) -> None:
    """Refuse to cancel what somebody has come to, or has missed; pages ask before they ask."""
    if event.is_over(at):
        raise EventOver(event)


def cancel(registration: Registration, *, by: By, at: datetime) -> Registration:
    """Cancel; frees their place, all their bookings and their waiting positions. Twice is not an error.

    Raises ``EventOver`` after its last day.
    """
    cancelled, afterwards = _cancel(registration.pk, by, at)
    for act in afterwards:
        after_commit(act)
    after_commit(partial(serve, cancelled.event_id, at=at))
    return cancelled


@retried
def _cancel(pk: int, by: By, at: datetime) -> tuple[Registration, list[Callable[[], None]]]:
    registration = locked(pk)
    if registration.status == Status.CANCELLED:
        return registration, []
    refuse_over(registration.event, at)
    before = registration.status
    if before in (Status.CONFIRMED, Status.WAITING):
        places = locked_places(registration.event_id)
        if before == Status.CONFIRMED:
            places.give_back()
        else:
            places.leave_line()
        places.save_counters()
    registration.ticket = None
    become(registration, Status.CANCELLED, at)
    trail.record(registration, Act.REGISTRATION_CANCELLED, by=by, at=at)
    need_withdrawals.withdraw_all(registration, at=at)  # before what they had booked goes
    afterwards = [hook(registration, by=by, at=at) for hook in _on_cancelled]
    tell("registration-cancelled", registration, at)
    return registration, [act for act in afterwards if act is not None]


def serve(event_id: int, *, at: datetime) -> int:
    """Give the event's free places to whoever has waited longest; return how many were given."""
    given = 0
    while True:
        head = _head(event_id)
        if head is None or not _serve_one(event_id, head, at):
            return given
        given += 1


def _head(event_id: int) -> int | None:
    """Return the id of the registration that is first in line."""
    return Registration.objects.waiting().filter(event_id=event_id).values_list("pk", flat=True).first()


@retried
def _serve_one(event_id: int, head: int, at: datetime) -> bool:
    """Give a place to ``head`` if they are still the first; whether it is worth looking again."""
    registration = locked(head)
    places = locked_places(event_id)
    first = _head(event_id)
    if not places.can_serve() or not still_takes_place(registration.event, at):
        return False
    if first == registration.pk and not registration.member.is_active:
        _pass_by(registration, places, at)
    elif first == registration.pk:
        places.serve_one()
        places.save_counters()
        become(registration, Status.CONFIRMED, at)
        trail.record(registration, Act.EVENT_PLACE_GIVEN, by=SITE, at=at)
        tell("registered", registration, at, delay=letters_wait(registration.member, at=at))
    return True


def _pass_by(registration: Registration, places: EventPlaces, at: datetime) -> None:
    """Take a closed account, whose turn it is, out of the line: nobody would come."""
    places.leave_line()
    places.save_counters()
    registration.ticket = None
    become(registration, Status.CANCELLED, at)
    trail.record(registration, Act.REGISTRATION_CANCELLED, by=SITE, at=at)
    need_withdrawals.withdraw_all(registration, at=at)


def sweep(*, at: datetime) -> int:
    """Serve whatever an interrupted act has left; return how many places were given."""
    rows = EventPlaces.objects.filter(could_serve(), event__status=Event.Status.PUBLISHED)
    return serve_each(rows, partial(serve, at=at), of="event")


def position(registration: Registration) -> int | None:
    """Their place in the line of the event, 1 being the next; ``None`` if they do not wait."""
    if registration.status != Status.WAITING:
        return None
    line = Registration.objects.waiting().filter(event_id=registration.event_id)
    return position_in(line, registration.ticket)


def _event_that_stays(event_id: int) -> Event:
    """Read the event under a lock that all who register may share, and whoever makes it a draft may not."""
    return Event.objects.raw("SELECT * FROM events_event WHERE id = %s FOR KEY SHARE", [event_id])[0]


def locked(pk: int) -> Registration:
    """Lock a registration and return it as it is now, with its event and member."""
    registrations = Registration.objects.select_for_update(no_key=True, of=("self",))
    return registrations.select_related("event", "member").get(pk=pk)


def locked_places(event_id: int) -> EventPlaces:
    """Lock the places of an event and return them as they are now."""
    return EventPlaces.objects.select_for_update(no_key=True).get(event_id=event_id)


def take_place(registration: Registration, *, by: By, at: datetime, delay: timedelta = timedelta(0)) -> None:
    """Take a ticket of the event: confirmed if it came with a place, otherwise in line."""
    registration.ticket, line = tickets.take(registration, by=by, at=at)
    become(registration, Status.WAITING if line else Status.CONFIRMED, at)
    tell("registered", registration, at, delay=delay)


def become(registration: Registration, status: str, at: datetime) -> None:
    """Write another status of a registration that is locked."""
    registration.status = Registration.Status(status)
    registration.status_changed_at = at
    registration.save(update_fields=["status", "ticket", "status_changed_at", "code_of_conduct_accepted_at"])


def tell(kind: str, registration: Registration, at: datetime, *, delay: timedelta = timedelta(0)) -> None:
    """Owe them an email about this change; its key names the change, so that it is told once."""
    outbox.enqueue(
        kind,
        at=at,
        member=registration.member,
        payload={"registration": registration.pk},
        key=f"{kind}:{registration.pk}:{registration.status}:{at.timestamp()}",
        delay=delay,
    )
