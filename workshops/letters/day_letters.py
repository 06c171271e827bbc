"""The letters of a day: their sessions in order, as they are when it is sent, each with a way to give it up.

How to join never stands in them: it stands on each session's page, behind the log-in. What was cancelled
since is not theirs any more, what moved stands at its new time, and where nothing is left none is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events import emails
from events.models import Event, Registration
from members import email_choices
from members.email_choices import Choice
from members.letters import compose
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter
from workshops.letters import give_up_keys, itinerary
from workshops.letters.agenda_emails import confirmed_registration
from workshops.letters.day_before import DAY_BEFORE, MORNING, Reminder
from workshops.letters.itinerary import Item
from workshops.models import Booking

Status = Booking.Status


@dataclass(frozen=True)
class Line:
    """A session of theirs, and where they give it up; "" where nothing is to be given up."""

    item: Item
    give_up_url: str


def register() -> None:
    """Tell the outbox who renders them, and people that they may do without; for ``AppConfig.ready``."""
    outbox.register(DAY_BEFORE.kind, day_before, is_bulk=True)
    outbox.register(MORNING.kind, day_morning, is_bulk=True)
    email_choices.register(
        Choice(
            DAY_BEFORE.kind,
            gettext_lazy("The day before"),
            gettext_lazy("Your sessions of tomorrow, at noon of the day before, for each day of an event."),
        )
    )
    email_choices.register(
        Choice(
            MORNING.kind,
            gettext_lazy("In the morning"),
            gettext_lazy("Your sessions of the day, at seven in the morning. Nobody gets it unasked."),
            is_unasked_off=True,
        )
    )


def day_before(message: Message) -> Letter | None:
    """Render their sessions of tomorrow."""
    return _letter(DAY_BEFORE, message, at=timezone.now())


def day_morning(message: Message) -> Letter | None:
    """Render their sessions of today."""
    return _letter(MORNING, message, at=timezone.now())


def _letter(reminder: Reminder, message: Message, *, at: datetime) -> Letter | None:
    registration = confirmed_registration(message.payload.get("registration", 0))
    if registration is None:
        return None
    member, event = registration.member, registration.event
    if message.resend_of_id is None and not email_choices.wants(member, reminder.kind):
        return None
    day = date.fromisoformat(message.payload["day"])
    lines = _lines(registration, day, at)
    if not lines:
        return None
    context = {
        "lines": lines,
        "day": day,
        "is_today": reminder is MORNING,
        "is_online": event.place != Event.Place.IN_PERSON,
        "has_places": any(line.give_up_url for line in lines),
        "waits": any(line.item.state in (Status.WAITING, Status.PASSED) for line in lines),
        "check_url": settings.SITE_URL + reverse("events:check", args=[event.slug]),
    }
    return compose(
        reminder.kind,
        to=member,
        context=emails.about_event(event) | context,
        reason=emails.because_registered(event),
        unsubscribe_url=email_choices.stop_url(member, reminder.kind),
    )


def _lines(registration: Registration, day: date, at: datetime) -> Sequence[Line]:
    """Return what is theirs on that day and not over, in order. Four queries."""
    event = registration.event
    items = [
        item
        for item in itinerary.itinerary_of(registration, at=at)
        if item.starts_at.astimezone(event.zone).date() == day and item.ends_at > at
    ]
    places = dict(registration.bookings.booked().values_list("session_id", "pk"))
    return [Line(item, _give_up_url(item, places.get(item.session.pk), at)) for item in items]


def _give_up_url(item: Item, booking: int | None, at: datetime) -> str:
    if item.state != Status.BOOKED or booking is None or item.starts_at <= at:
        return ""
    return give_up_keys.url(item.session.event, booking, until=item.starts_at)
