"""The emails about a session that moved or is cancelled: to who is booked or waits, and to who hosts it.

Each says the old and the new, from what they were last told to what is so now: of two moves within a minute
the first letter tells both and the second has nothing left to tell. Hosts without an account get the page
of the session instead of an agenda.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events import emails, stand_ins
from events.calendars import invitations
from events.calendars.invitations import Sending
from events.models import CalendarEntry, Contributor, Registration, Session
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter
from workshops.letters import agenda_snapshot, itinerary
from workshops.letters.agenda_snapshot import Telling
from workshops.letters.entries import entry_of
from workshops.letters.itinerary import CERTAIN, HOSTING, Item, named
from workshops.models import Booking
from workshops.places.alternatives import alternatives_of
from workshops.places.eligibility import BOOKED, find_clashes


@dataclass(frozen=True)
class Recipient:
    """To whom a message about a session goes; ``registration`` where they come to the event."""

    person: Member | Contributor
    registration: Registration | None
    contributor_id: int | None
    #: For a host of it, whose deputy they are.
    stands_in: bool = False

    @property
    def is_host(self) -> bool:
        """Whether they are told because they host or speak in it, or stand in for a host."""
        return self.contributor_id is not None


@dataclass(frozen=True)
class Before:
    """When and where a session was, as it was told."""

    starts_at: datetime | None
    ends_at: datetime | None
    room: str

    def differs_in_time(self, session: Session) -> bool:
        """Whether the session is at another time now."""
        return (self.starts_at, self.ends_at) != (session.starts_at, session.ends_at)

    def differs(self, session: Session) -> bool:
        """Whether the session is at another time or place now."""
        return self.differs_in_time(session) or self.room != session.room


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register("session-changed", session_changed, is_bulk=True)
    outbox.register("session-cancelled", session_cancelled, is_bulk=True)


def session_changed(message: Message) -> Letter | None:
    """Render the new time or room beside the old one; nothing where that was told, or they gave it up."""
    session, to = _session(message), _recipient(message)
    if session is None or to is None or not (session.is_published and session.is_live):
        return None
    item = _item(session, to)
    before = _before(message, session, to)
    sendings = _update(session, to, item) if item and not to.stands_in else []
    is_new = before.differs(session) and (to.registration or sendings or not _is_in_calendar(session, to))
    if item is None or (message.resend_of_id is None and not is_new):
        return None
    telling = Telling(to.registration, agenda_snapshot.as_told([item]))
    context = _about(session, to) | {
        "item": item,
        "before": before,
        "has_moved": before.differs_in_time(session),
        "has_new_room": before.room != session.room,
    }
    context |= _booked_then(session, to) if to.is_host else _clashes(session, item, to)
    return _write("session-changed", session, to, context, sendings, telling)


def session_cancelled(message: Message) -> Letter | None:
    """Render that it does not take place, why, and what has places instead; their calendar entry ends."""
    session, to = _session(message), _recipient(message)
    if session is None or to is None or session.status != Session.Status.CANCELLED:
        return None
    telling = Telling(to.registration, {str(session.pk): None})
    rows = invitations.standing_entries(to.person, session.event_id)
    row = rows.get(invitations.session_name(session.pk, to.person))
    sendings = invitations.cancellations(to.person, [row] if row else [])
    others = alternatives_of(session, at=timezone.now()) if to.registration else []
    context = _about(session, to) | {"others": others}
    return _write("session-cancelled", session, to, context, sendings, telling)


def _session(message: Message) -> Session | None:
    """Return the session a message is about, if its event takes place."""
    sessions = Session.objects.select_related("event").filter(pk=message.payload.get("session"))
    session = sessions.first()
    return session if session and session.event.is_published else None


def _recipient(message: Message) -> Recipient | None:
    """Return to whom it goes: who is registered, or a host, who may be registered too."""
    person = emails.recipient(message)
    if person is None:
        return None
    contributor_id: int | None = message.payload.get("contributor")
    registrations = Registration.objects.confirmed().select_related("event")
    registration = None
    if isinstance(person, Member):
        event_id = Session.objects.filter(pk=message.payload.get("session")).values("event_id")
        registration = registrations.filter(member=person, event_id__in=event_id).first()
    if registration is None and contributor_id is None:
        return None
    return Recipient(person, registration, contributor_id, bool(message.payload.get("stands_in")))


def _item(session: Session, to: Recipient) -> Item | None:
    """Return what the session is to them now, ``None`` if nothing any more."""
    if to.contributor_id is not None:
        return Item(session, HOSTING) if _is_host_now(session, to) else None
    own = itinerary.bookings().filter(registration=to.registration, session=session)
    booking = own.exclude(status=Booking.Status.CHOSEN).first()
    if booking is None:
        return None
    booking.session = session
    item = itinerary.of_booking(booking, at=timezone.now())
    return None if item.state == Booking.Status.CANCELLED else item


def _is_host_now(session: Session, to: Recipient) -> bool:
    if session.session_contributors.filter(contributor=to.contributor_id).exists():
        return True
    return to.stands_in and any(one.pk == to.contributor_id for _, one in stand_ins.of([session.pk]))


def _booked_then(session: Session, to: Recipient) -> dict[str, Any]:
    """Return in words what of a host's own places is at the time of the session that they host."""
    if to.registration is None:
        return {}
    places = [one.session for one in find_clashes(to.registration, session) if one.booking]
    return {"has_booked": named(places)}


def _clashes(session: Session, item: Item, to: Recipient) -> dict[str, Any]:
    """Return in words what of theirs is at the time of a place of theirs, and which stays by itself."""
    if to.registration is None or item.state not in Booking.PLACED:
        return {}
    clashes = find_clashes(to.registration, session)
    theirs = [one.booking for one in clashes if one.booking]
    deadlines = [one.expires_at for one in theirs if one.expires_at]
    certain = [one.session for one in theirs if not one.expires_at]
    return {
        "overlaps": named(one.session for one in theirs),
        "stays": named([session] if item.state == BOOKED else certain),
        "hosts": named(one.session for one in clashes if one.kind == HOSTING),
        "until": item.until or min(deadlines, default=None),
        "decide_url": settings.SITE_URL
        + reverse("workshops:decide", args=[session.event.slug, session.slug]),
    }


def _update(session: Session, to: Recipient, item: Item) -> list[Sending]:
    """Return the entry that brings their calendar to what is so, where it is certainly theirs."""
    wanted = [(entry_of(item, to.person), session.pk)] if item.state in CERTAIN else []
    rows = invitations.standing_entries(to.person, session.event_id)
    return invitations.updates(to.person, wanted, rows, event_id=session.event_id)


def _is_in_calendar(session: Session, to: Recipient) -> bool:
    """Whether an entry stands in the calendar of a host who has no agenda: then it is what they were told."""
    name = invitations.session_name(session.pk, to.person)
    return CalendarEntry.objects.standing().filter(name=name).exists()


def _before(message: Message, session: Session, to: Recipient) -> Before:
    """Return what they were last told, by whichever letter; else what it was before the change."""
    last = (
        (agenda_snapshot.last_told(to.registration) or {}).get(str(session.pk)) if to.registration else None
    )
    if last is not None:
        return Before(_moment(last["starts_at"]), _moment(last["ends_at"]), last["room"])
    was = message.payload
    return Before(_moment(was.get("was_starts_at")), _moment(was.get("was_ends_at")), was.get("was_room", ""))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _about(session: Session, to: Recipient) -> dict[str, Any]:
    return emails.about_event(session.event) | {
        "session": session,
        "is_host": to.is_host,
        "stands_in": to.stands_in,
        "has_agenda": to.registration is not None,
    }


def _write(
    name: str,
    session: Session,
    to: Recipient,
    context: dict[str, Any],
    sendings: list[Sending],
    telling: Telling,
) -> Letter:
    because = emails.because_hosting if to.is_host else emails.because_registered
    if to.stands_in:
        because = emails.because_standing_in
    reason = because(session.event)
    return emails.write(name, to.person, context, sendings, reason=reason, record=telling.record)
