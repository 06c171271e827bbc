"""The emails about registrations: one function each, rendered from the truth of the moment of delivery.

A letter whose cause has been overtaken (they registered again, the event was cancelled) is not written:
the newer message tells it. Nobody is written to who cannot log in, nor at an address
that neither they have confirmed nor the team vouches for.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common.statements import Statement
from common.words import ordinal
from events import need_cases, needs_by_telephone, phase_words
from events import registration as registering
from events.calendars import invitations
from events.calendars.invitations import Sending
from events.models import AccessNeed, CalendarEntry, Contributor, Event, Registration
from events.phases import phase_of
from members.letters import compose
from members.models import Member, SiteSettings
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

Status = Registration.Status

_REGISTRATION: Statement[Registration] = Statement(
    lambda pk: Registration.objects.select_related("event", "member").filter(pk=pk)
)
_REACHABLE: Statement[Member] = Statement(lambda pk: Member.objects.reachable().filter(pk=pk))


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register("registered", registered)
    outbox.register("registration-cancelled", registration_cancelled)
    outbox.register("event-cancelled", event_cancelled, is_bulk=True)
    outbox.register(need_cases.EMAIL, needs_answered, is_confidential=True)
    outbox.register(needs_by_telephone.EMAIL, needs_written_down, is_confidential=True)


def registered(message: Message) -> Letter | None:
    """Render that they are registered, that it is received, or their place in the event's line.

    Once the event is over there is nothing left to do with it, and no letter.
    """
    registration = registration_of(message.payload.get("registration", 0))
    if registration is None or not _is_latest(message, registration) or not registration.event.is_published:
        return None
    event, status = registration.event, registration.status
    if status == Status.CANCELLED or phase_of(event, at=timezone.now()).is_over:
        return None
    context = about_registration(registration)
    if status != Status.CONFIRMED:
        name = "registration-received" if status == Status.RECEIVED else "registration-waiting"
        return write(name, registration.member, context, reason=because_registered(event))
    rows = invitations.standing_entries(registration.member, event.pk)
    wanted = [(invitations.entry_of_event(event, registration.member), None)]
    sendings = invitations.updates(
        registration.member, wanted, rows, event_id=event.pk, everything=message.resend_of_id is not None
    )
    return write("registered", registration.member, context, sendings, reason=because_registered(event))


def registration_cancelled(message: Message) -> Letter | None:
    """Render that they do not come any more, with all that went with it; their calendar is cleared."""
    registration = registration_of(message.payload.get("registration", 0))
    if (
        registration is None
        or registration.status != Status.CANCELLED
        or not _is_latest(message, registration)
    ):
        return None
    event, member = registration.event, registration.member
    ended = registration.bookings.filter(
        ended="registration", status_changed_at__gte=registration.status_changed_at
    ).select_related("session")
    context = about_event(event) | {
        "lost": [booking.session for booking in ended.order_by("during", "pk")],
        "can_register": event.registration_is_open(timezone.now()),
    }
    rows = CalendarEntry.objects.standing().filter(member=member, event=event)
    sendings = invitations.cancellations(member, rows)
    reason = _("You get this email because you were registered for %(event)s.") % {"event": event.title}
    return write("registration-cancelled", member, context, sendings, reason=reason)


def event_cancelled(message: Message) -> Letter | None:
    """Render to whoever is registered or hosts that the event does not take place; calendars are cleared."""
    event = Event.objects.filter(pk=message.payload.get("event"), status=Event.Status.CANCELLED).first()
    person = recipient(message)
    if event is None or person is None:
        return None
    rows = invitations.standing_entries(person, event.pk).values()
    context = about_event(event) | {"is_host": "contributor" in message.payload}
    reason = because_hosting(event) if context["is_host"] else because_registered(event)
    return write("event-cancelled", person, context, invitations.cancellations(person, rows), reason=reason)


def needs_answered(message: Message) -> Letter | None:
    """Render what was answered of their needs since the last such letter; sent again, all that stands."""
    registration = registration_of(message.payload.get("registration", 0))
    if registration is None:
        return None
    event = registration.event
    cases = AccessNeed.objects.filter(told__registration=registration, state__in=AccessNeed.ANSWERED)
    untold = Q(answer_sent_at=None) | Q(answer_sent_at__lt=F("state_changed_at"))
    standing = cases.ahead(timezone.localdate())
    answers = list(standing if message.resend_of_id is not None else standing.filter(untold))
    if not answers or event.is_past(timezone.now()):
        return None
    context = about_event(event) | {
        "confirmed": [one for one in answers if one.state == AccessNeed.State.CONFIRMED],
        "declined": [one for one in answers if one.state == AccessNeed.State.CANNOT],
    }

    def record(at: datetime) -> None:
        for one in answers:  # one that was answered anew meanwhile is told by the next letter
            cases.filter(pk=one.pk, state_changed_at=one.state_changed_at).update(answer_sent_at=at)

    reason = because_registered(event)
    return write("needs-answered", registration.member, context, reason=reason, record=record)


def needs_written_down(message: Message) -> Letter | None:
    """Render all that they need, as it stands: some of it was written down for them, by telephone."""
    registration = registration_of(message.payload.get("registration", 0))
    if registration is None:
        return None
    event = registration.event
    cases = AccessNeed.objects.filter(told__registration=registration).ahead(timezone.localdate())
    if not (needs := list(cases)) or event.is_past(timezone.now()):
        return None
    context = about_event(event) | {"needs": needs}
    return write("needs-written-down", registration.member, context, reason=because_registered(event))


def registration_of(pk: int) -> Registration | None:
    """Return a registration with its event and member, ``None`` if they cannot be reached. Two queries."""
    registration = _REGISTRATION.first(pk=pk)
    if registration is None or not can_be_reached(registration.member):
        return None
    return registration


def recipient(message: Message) -> Member | Contributor | None:
    """Return to whom a message goes: a member, a host without an account, or nobody."""
    if message.member_id is not None:
        member = Member.objects.filter(pk=message.member_id).first()
        return member if member and can_be_reached(member) else None
    return Contributor.objects.filter(pk=message.payload.get("contributor")).exclude(email="").first()


def can_be_reached(member: Member) -> bool:
    """Whether they may log in, and they or the team have said that the address is theirs."""
    return _REACHABLE.first(pk=member.pk) is not None


def write(
    name: str,
    person: Member | Contributor,
    context: dict[str, Any],
    sendings: Iterable[Sending] = (),
    *,
    reason: str,
    record: Callable[[datetime], None] | None = None,
) -> Letter:
    """Compose a letter with its calendar file; once it is sent, what that says is recorded, then ``record``.

    A letter about one session (``context["session"]``) joins the others about it in a mailbox.
    """
    carried, site = list(sendings), SiteSettings.load()
    letter = compose(
        name,
        to=person if isinstance(person, Member) else f"{_quoted(person.name)} <{person.email}>",
        context=context | {"calendar_entries": len(carried), "calendar_url": invitations.calendar_url()},
        reason=reason,
        attachments=invitations.files(carried, site=site, stamp=timezone.now()),
        site=site,
    )
    thread = {}
    if "session" in context:
        thread = invitations.thread_headers(context["session"].pk, person, site)

    def on_sent(at: datetime) -> None:
        invitations.record(carried, uid_host=site.uid_host, at=at)
        if record is not None:
            record(at)

    return replace(letter, headers={**letter.headers, **thread}, on_sent=on_sent)


def about_event(event: Event) -> dict[str, Any]:
    """Return what every letter about an event may use."""
    return {"event": event, "agenda_url": invitations.agenda_url(event), "where": invitations.where(event)}


def about_registration(registration: Registration) -> dict[str, Any]:
    """Return what a letter says to whoever has just registered: booking, and their place in the line."""
    event, now = registration.event, timezone.now()
    phase = phase_of(event, at=now)
    position = None if registration.is_confirmed else registering.position(registration)
    return about_event(event) | {
        "registration": registration,
        "has_places": event.sessions.filter(workshop__isnull=False).exists(),
        "is_booking_open": event.booking_has_opened(now),
        "is_near": phase.is_near,
        "starts": phase_words.in_words(event, phase, at=now, reader_zone=registration.member.time_zone),
        "position": ordinal(position) if position else "",
    }


def because_registered(event: Event) -> str:
    """Say why the letter came."""
    return _("You get this email because you registered for %(event)s.") % {"event": event.title}


def because_hosting(event: Event) -> str:
    """Say why the letter came to a host."""
    words = _("You get this email because you host or speak in a session of %(event)s.")
    return words % {"event": event.title}


def because_standing_in(event: Event) -> str:
    """Say why the letter came to a host's deputy."""
    return _("You get this email because you are the deputy of a host of %(event)s.") % {"event": event.title}


def _quoted(name: str) -> str:
    words = " ".join(name.split()).replace("\\", "").replace('"', "'")
    return f'"{words}"'


def _is_latest(message: Message, registration: Registration) -> bool:
    """Whether no later change of the registration has a message of its own (its key ends with the change)."""
    change = f":{registration.status}:{registration.status_changed_at.timestamp()}"
    return message.resend_of_id is not None or message.key.endswith(change)
