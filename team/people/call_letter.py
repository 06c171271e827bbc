"""The letter about a call: what was done for a person, in order, by whom, and how it stands now.

It is rendered at delivery, so it names what was done and shows what is so: a place that was booked and given
up in the same call is in two lines, and not in the agenda below them. With the agenda goes what belongs into
the calendar, as with every letter about it. Sent again it tells the same acts, and how it stands by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.acts import Act
from audit.models import Entry
from common.times import SITE_ZONE, short_moment
from common.words import in_a_row
from events import emails
from events.calendars import invitations
from events.calendars.invitations import Sending
from events.models import Registration, Session
from members.models import Member
from members.templatetags.letters import isolated
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter
from team.models import CallAct
from team.people import calls
from workshops.letters import agenda_emails
from workshops.models import Booking

Status = Registration.Status
#: An act → what was done, to whom it was done for. ``about`` is the session, or the event.
WORDS: Final[Mapping[str, Any]] = {
    Act.ACCOUNT_MADE: gettext_lazy("Made an account for you."),
    Act.REGISTERED: gettext_lazy("Registered you for %(about)s."),
    Act.REGISTERED_IN_LINE: gettext_lazy("Registered you for %(about)s, on its waiting list."),
    Act.REGISTRATION_RECEIVED: gettext_lazy(
        "Registered you for %(about)s, once your membership is approved."
    ),
    Act.REGISTRATION_CANCELLED: gettext_lazy("Cancelled your registration for %(about)s."),
    Act.CONDUCT_BY_TELEPHONE: gettext_lazy(
        "Noted that you heard the code of conduct of %(about)s, and accepted it."
    ),
    Act.WORK_SHOWN: gettext_lazy("Let hosts at %(about)s see your organisation and role."),
    Act.WORK_HIDDEN: gettext_lazy("Let hosts at %(about)s see your organisation and role no more."),
    Act.CHOSEN: gettext_lazy("Chose %(about)s for you."),
    Act.UNCHOSEN: gettext_lazy("Took %(about)s out of your choices."),
    Act.BOOKED: gettext_lazy("Booked %(about)s for you."),
    Act.JOINED_LINE: gettext_lazy("Put you on the waiting list of %(about)s."),
    Act.REJOINED_LINE: gettext_lazy("Put you on the waiting list of %(about)s again, with your old turn."),
    Act.OFFER_ACCEPTED: gettext_lazy("Accepted the place that was held for you in %(about)s."),
    Act.OFFER_DECLINED: gettext_lazy("Declined the place that was held for you in %(about)s."),
    Act.KEPT: gettext_lazy("Kept %(about)s for you."),
    Act.BOOKING_CANCELLED: gettext_lazy("Gave up %(about)s."),
    Act.BOOKING_SWAPPED: gettext_lazy("Gave up %(about)s for another session."),
    Act.BOOKING_ENDED_REGISTRATION: gettext_lazy("Gave up %(about)s with the registration."),
}

#: The acts of which the letter tells all that the email of a registration would.
MADE: Final = (Act.REGISTERED, Act.REGISTERED_IN_LINE, Act.REGISTRATION_RECEIVED)


@dataclass(frozen=True)
class Done:
    """One thing that was done: when, by whom, in words."""

    at: datetime
    who: str
    words: str

    @property
    def clock(self) -> str:
        """The day and time, by the clock of the site."""
        return short_moment(self.at, SITE_ZONE)


@dataclass(frozen=True)
class Touched:
    """A registration that the call has touched: how it stands, and the agenda of who comes.

    ``news`` is what the emails say that tell of a registration, for who was registered in the call.
    """

    registration: Registration
    standing: str
    agenda: Mapping[str, Any] | None = None
    news: Mapping[str, Any] | None = None


def register() -> None:
    """Tell the outbox who renders it, and which emails it gathers; for ``AppConfig.ready``."""
    outbox.register(calls.KIND, render)
    calls.gather()


def render(message: Message) -> Letter | None:
    """Render what no letter has told yet; sent again, what it told."""
    person = message.member
    if not isinstance(person, Member) or not emails.can_be_reached(person):
        return None
    presses = list(_presses(message, person))
    entries = calls.entries_of(person, presses)
    if not entries:
        return None
    at, everything = timezone.now(), message.resend_of_id is not None
    sessions = _sessions(entries, presses)
    parts, sendings, records = [], [], []
    for registration in _registrations(entries):
        part, theirs, follows = _now(registration, {one.pk for one in sessions.values()}, at, everything)
        if any(one.act in MADE and one.thing_id == registration.pk for one in entries):
            part = replace(part, news=_news(registration))
        parts.append(part)
        sendings += theirs
        records += follows
    told = [
        one for one in presses if (one.by_id, one.at) in {(entry.actor_id, entry.at) for entry in entries}
    ]

    def record(sent_at: datetime) -> None:
        for one in records:
            one(sent_at)
        if not everything:
            calls.told(told, message, at=sent_at)

    done = _done(entries, sessions, {one.registration.pk: one.registration for one in parts})
    context = {
        "done": done,
        "who": in_a_row(dict.fromkeys(one.who for one in done)),
        "parts": parts,
    }
    reason = _("You get this email because our team has changed something for you.")
    return emails.write(calls.KIND, person, context, sendings, reason=reason, record=record)


def _presses(message: Message, person: Member) -> "Sequence[CallAct]":
    """Return the presses that a message tells; those of the first email where it is sent again."""
    if message.resend_of_id is None:
        return list(calls.untold(person))
    first = message
    while first.resend_of is not None and first.resend_of_id != first.pk:
        first = first.resend_of
    return list(CallAct.objects.filter(told_in=first.pk).order_by("at", "pk"))


def _registrations(entries: Sequence[Entry]) -> list[Registration]:
    """Return the registrations that they are about, directly or by a booking. Two queries."""
    wanted = calls.registrations_of(entries)
    found = Registration.objects.filter(pk__in=wanted).select_related("event", "member")
    return list(found.order_by("event__first_day", "pk"))


def _sessions(entries: Sequence[Entry], presses: Sequence[CallAct]) -> dict[int, Session]:
    """Return the session of each entry about a booking, by the entry; a choice taken back left no row."""
    bookings = [one for one in entries if one.thing == Booking._meta.label_lower]
    rows = Booking.objects.filter(pk__in=[one.thing_id for one in bookings]).select_related("session")
    by_booking = {one.pk: one.session for one in rows}
    pressed = {(one.by_id, one.at): one.session for one in presses}
    found = {
        one.pk: by_booking.get(one.thing_id) or pressed.get((one.actor_id or 0, one.at)) for one in bookings
    }
    return {pk: session for pk, session in found.items() if session is not None}


def _done(
    entries: Sequence[Entry], sessions: Mapping[int, Session], registrations: Mapping[int, Registration]
) -> list[Done]:
    """Return what was done, in words. One query, for the names."""
    names = dict(Member.objects.filter(pk__in={one.actor_id for one in entries}).values_list("pk", "name"))
    found = []
    for one in entries:
        about, session = _("a session"), sessions.get(one.pk)
        if session is not None:
            about = f"“{isolated(session.title)}”"
        elif one.thing == Registration._meta.label_lower and one.thing_id in registrations:
            about = isolated(registrations[one.thing_id].event.title)
        who = names.get(one.actor_id or 0) or _("Our team")
        words = WORDS[one.act] % {"about": about}
        if session is not None and session.status == Session.Status.CANCELLED:
            words = _("%(done)s It was cancelled since.") % {"done": words}
        found.append(Done(one.at, who, words))
    return found


def _now(
    registration: Registration,
    touched: set[int],
    at: datetime,
    everything: bool,  # noqa: FBT001  # named by whoever calls
) -> tuple[Touched, list[Sending], list[Callable[[datetime], None]]]:
    """Return how a registration stands, what their calendar lacks of it, and what is recorded once sent."""
    event, member = registration.event, registration.member
    rows = invitations.standing_entries(member, event.pk)
    if registration.status == Status.CANCELLED:
        words = _("You are not registered for %(event)s.") % {"event": event.title}
        return Touched(registration, words), invitations.cancellations(member, rows.values()), []
    if not (registration.is_confirmed and event.is_published):
        return Touched(registration, _not_yet(registration)), [], []
    whole = agenda_emails.whole_agenda(registration, at=at, everything=everything, but=touched)
    wanted = [(invitations.entry_of_event(event, member), None)]
    days = invitations.updates(member, wanted, rows, event_id=event.pk, everything=everything)
    words = _("You are registered for %(event)s.") % {"event": event.title}
    agenda = whole.context | emails.about_event(event)
    return Touched(registration, words, agenda), [*days, *whole.sendings], [whole.telling.record]


def _news(registration: Registration) -> Mapping[str, Any] | None:
    """Return what they have to know of a registration that stands: its days, booking, their place in line."""
    event = registration.event
    is_off = registration.status == Status.CANCELLED or _is_declined(registration)
    if is_off or not event.is_published or event.is_over(timezone.now()):
        return None
    return emails.about_registration(registration)


def _not_yet(registration: Registration) -> str:
    """Say what a registration waits for."""
    event = {"event": registration.event.title}
    if registration.status == Status.WAITING:
        return _("You are on the waiting list of %(event)s.") % event
    if _is_declined(registration):
        return _("Your membership was not approved, so you are not registered for %(event)s.") % event
    if registration.status == Status.RECEIVED:
        return _("Your registration for %(event)s is confirmed once your membership is approved.") % event
    return _("%(event)s does not take place as planned.") % event


def _is_declined(registration: Registration) -> bool:
    """Whether it waited for a membership that was not approved since."""
    declined = registration.member.membership == Member.Membership.DECLINED
    return declined and registration.status == Status.RECEIVED
