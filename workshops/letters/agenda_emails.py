"""The emails about an agenda and a place that came free: one function each, true at delivery.

A letter says what is so now. Where that was told already, or the cause is gone (they gave the place up, the
offer was answered, the session moved back), there is nothing left to tell and none is written. A letter
that somebody asked for tells everything. Calendar files go with what is certainly theirs; how to join never.
``telling`` is what puts letters into the outbox.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from common.statements import Statement
from events import emails
from events.calendars import invitations
from events.calendars.invitations import Sending
from events.models import CalendarEntry, Event, Registration, Session
from events.phases import phase_of
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter
from workshops.letters import agenda_snapshot, itinerary
from workshops.letters.agenda_snapshot import Telling
from workshops.letters.entries import entry_of
from workshops.letters.itinerary import CERTAIN, Item, named
from workshops.models import Booking
from workshops.places.eligibility import find_clashes

Status = Booking.Status


@dataclass(frozen=True)
class WholeAgenda:
    """An agenda as a letter tells it; ``is_news`` where something is so that they were not told."""

    context: dict[str, Any]
    sendings: list[Sending]
    telling: Telling
    is_news: bool


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    for kind, render in (
        ("agenda", agenda),
        ("place-given", place_given),
        ("place-offered", place_offered),
    ):
        outbox.register(kind, render)
    outbox.register("booking-opens-soon", booking_opens_soon, is_bulk=True)
    outbox.register("booking-opens", booking_opens, is_bulk=True)


def agenda(message: Message) -> Letter | None:
    """Render their agenda, and what has changed since it was last told; everything if they asked for it."""
    at = timezone.now()
    registration = confirmed_registration(message.payload.get("registration", 0))
    is_asked = bool(message.payload.get("asked_for")) or message.resend_of_id is not None
    if registration is None or (phase_of(registration.event, at=at).is_over and not is_asked):
        return None
    whole = whole_agenda(registration, at=at, everything=is_asked)
    if not is_asked and not whole.is_news:
        return None
    return _write("agenda", registration, whole.context, whole.sendings, whole.telling)


def whole_agenda(
    registration: Registration, *, at: datetime, everything: bool = False, but: Collection[int] = ()
) -> WholeAgenda:
    """Return their agenda for a letter, with what has changed since they were told, but for some sessions."""
    items = itinerary.itinerary_of(registration, at=at)
    last = agenda_snapshot.last_told(registration)
    untold = agenda_snapshot.not_to_tell(registration, last, items, at=at)
    left_out = untold.keys() | {str(pk) for pk in but}
    to_tell = {key: was for key, was in (last or {}).items() if key not in left_out}
    shown = [item for item in items if item.session.pk not in but]
    changes = agenda_snapshot.changes(to_tell, shown, registration) if last else []
    context = {
        "days": _by_day(items, registration.event),
        "changes": changes,
        "chosen": _chosen(registration),
        "has_offer": any(item.state == Status.OFFERED for item in items),
        "has_contested": any(item.state == Status.CONTESTED for item in items),
    }
    return WholeAgenda(
        context,
        _agenda_sendings(registration, items, at, untold=untold, everything=everything),
        Telling(registration, untold | agenda_snapshot.as_told(items), is_whole=True),
        is_news=bool(changes) if last else agenda_snapshot.has_own(items),
    )


def booking_opens_soon(message: Message) -> Letter | None:
    """Render when booking opens, with the moment told before where that was another; not once it moved."""
    registration = confirmed_registration(message.payload.get("registration", 0))
    if registration is None or registration.event.booking_has_opened(timezone.now()):
        return None
    if registration.event.booking_opens_at != datetime.fromisoformat(message.payload["opens_at"]):
        return None
    was = message.payload.get("was")
    context = {"chosen": _chosen(registration), "was": datetime.fromisoformat(was) if was else None}
    return _write("booking-opens-soon", registration, context)


def booking_opens(message: Message) -> Letter | None:
    """Render that booking is open, with how many choices wait for one press; not to who has begun to book."""
    at = timezone.now()
    registration = confirmed_registration(message.payload.get("registration", 0))
    if registration is None or not registration.event.booking_is_open(at):
        return None
    phase = phase_of(registration.event, at=at)
    if phase.is_over:
        return None
    chosen = _chosen(registration)
    has_booked = registration.bookings.filter(
        status__in=[*Booking.HOLDING, Status.WAITING],
        status_changed_at__gte=registration.event.booking_opens_at or registration.created_at,
    ).exists()
    if has_booked and not chosen and message.resend_of_id is None:
        return None
    return _write("booking-opens", registration, {"chosen": chosen, "is_near": phase.is_near})


def place_given(message: Message) -> Letter | None:
    """Render that a place has come free and is theirs; not once they gave it up, or their agenda told it."""
    found = _booking(message, Status.BOOKED)
    if found is None:
        return None
    registration, item = found
    return _about_session("place-given", message, registration, item, {})


def place_offered(message: Message) -> Letter | None:
    """Render that a place is held for them, until when, and what it would replace; not once they answered."""
    found = _booking(message, Status.OFFERED)
    if found is None:
        return None
    registration, item = found
    clashes = find_clashes(registration, item.session)
    context = {"until": item.until, "replaces": named(clash.session for clash in clashes)}
    return _about_session("place-offered", message, registration, item, context)


def confirmed_registration(pk: int) -> Registration | None:
    """Return a registration if they come, can be reached, and the event takes place."""
    registration = emails.registration_of(pk)
    if registration is None or not (registration.is_confirmed and registration.event.is_published):
        return None
    return registration


def _about_session(
    name: str, message: Message, registration: Registration, item: Item, context: dict[str, Any]
) -> Letter | None:
    now = agenda_snapshot.as_told([item])
    key = str(item.session.pk)
    tells_anyway = message.resend_of_id is not None or message.payload.get("renewed")
    if not tells_anyway and (agenda_snapshot.last_told(registration) or {}).get(key) == now[key]:
        return None
    rows = invitations.standing_entries(registration.member, registration.event_id)
    sendings = session_sendings(registration, [item], rows, everything=message.resend_of_id is not None)
    telling = Telling(registration, now)
    return _write(name, registration, context | {"session": item.session}, sendings, telling)


def session_sendings(
    registration: Registration,
    items: Iterable[Item],
    rows: dict[str, CalendarEntry],
    *,
    everything: bool = False,
) -> list[Sending]:
    """Return what their calendar lacks of those sessions that are certainly theirs."""
    member = registration.member
    wanted = [(entry_of(item, member), item.session.pk) for item in items if item.state in CERTAIN]
    return invitations.updates(member, wanted, rows, event_id=registration.event_id, everything=everything)


def _agenda_sendings(
    registration: Registration,
    items: Sequence[Item],
    at: datetime,
    *,
    untold: Iterable[str],
    everything: bool,
) -> list[Sending]:
    """Bring their calendar to what is so: sessions that are new or changed, and the end of others.

    What is ``untold``, by session id, stays in it.
    """
    member = registration.member
    rows = invitations.standing_entries(member, registration.event_id)
    to_come = [item for item in items if item.session.ends_at and item.session.ends_at > at]
    wanted = {invitations.session_name(item.session.pk, member) for item in items if item.state in CERTAIN}
    wanted |= {invitations.session_name(int(pk), member) for pk in untold}
    wanted.add(invitations.event_name(registration.event_id, member))
    gone = [row for name, row in rows.items() if name not in wanted]
    return session_sendings(registration, to_come, rows, everything=everything) + invitations.cancellations(
        member, gone
    )


def _booking(message: Message, status: str) -> tuple[Registration, Item] | None:
    """Return the booking that a message is about, if it has that status and can be told now."""
    booking = itinerary.bookings().filter(pk=message.payload.get("booking")).first()
    if booking is None:
        return None
    registration = confirmed_registration(booking.registration_id)
    item = itinerary.of_booking(booking, at=timezone.now())
    if registration is None or item.state != status or item.session.has_started(timezone.now()):
        return None
    item.session.event = registration.event
    return registration, item


def _chosen(registration: Registration) -> list[Session]:
    """Return what they have chosen and not booked, in the order in which it would be booked."""
    return [booking.session for booking in _CHOSEN.all(registration=registration.pk)]


_CHOSEN: Statement[Booking] = Statement(
    lambda registration: (
        Booking.objects.filter(registration=registration, status=Status.CHOSEN)
        .select_related("session")
        .order_by("created_at", "pk")
    )
)


def _by_day(items: Sequence[Item], event: Event) -> list[tuple[date, list[Item]]]:
    days = groupby(items, lambda item: item.starts_at.astimezone(event.zone).date())
    return [(day, list(group)) for day, group in days]


def _write(
    name: str,
    registration: Registration,
    context: dict[str, Any],
    sendings: Iterable[Sending] = (),
    telling: Telling | None = None,
) -> Letter:
    event = registration.event
    about = emails.about_event(event) | context
    reason = emails.because_registered(event)
    record = telling.record if telling else None
    return emails.write(name, registration.member, about, sendings, reason=reason, record=record)
