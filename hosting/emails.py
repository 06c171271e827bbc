"""The letters to hosts: invited, the code that opens their pages, agreed, the day before, withdrawn."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from events import emails
from events.calendars import invitations
from events.models import Contributor, Event, Session
from hosting import (
    access,
    agreeing,
    asked,
    asking,
    day_before,
    deputies,
    inviting,
    need_changes,
    proof,
    second_step,
    withdrawing,
    writing,
)
from hosting.access import Part, Reader
from hosting.models import Deputy
from members.emails import BY_REQUEST
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter
from recordings.models import Consent, Recording


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register(proof.KIND, host_code, is_private=True)
    outbox.register(inviting.KIND, host_invited)
    outbox.register(agreeing.KIND, host_confirmed)
    outbox.register(day_before.KIND, host_day_before)
    outbox.register(asking.KIND, host_take_away)
    outbox.register(asked.KIND, host_recording)
    outbox.register(deputies.KIND, host_deputy)
    outbox.register(writing.KIND, writing.render, is_bulk=True)
    outbox.register(withdrawing.KIND, host_withdrawn)
    outbox.register(need_changes.KIND, host_needs_changed)


def host_code(message: Message) -> Letter | None:
    """Render the code, or that the address opens nothing; whoever asked sees no difference."""
    event = Event.objects.filter(pk=message.payload.get("event")).first()
    if message.secret is None or event is None:
        return None
    is_invited = access.may_ask(event, message.email, at=timezone.now())
    needs_step = is_invited and second_step.guards(message.email)
    name = "host-code" if is_invited and not needs_step else "host-code-unknown"
    context = {"event": event, "needs_step": needs_step} | (message.secret if name == "host-code" else {})
    return compose(name, to=message.email, context=context, reason=BY_REQUEST)


def host_invited(message: Message) -> Letter | None:
    """Render the invitation: what they host, and where their pages are; it names nobody else."""
    return _about_sessions("host-invited", message)


def host_confirmed(message: Message) -> Letter | None:
    """Render that they have agreed, with their sessions and what they can do from now on."""
    return _about_sessions("host-confirmed", message)


def host_day_before(message: Message) -> Letter | None:
    """Render what they host tomorrow, with how many come; nothing of who."""
    return _about_sessions("host-day-before", message, date.fromisoformat(message.payload["day"]))


def host_deputy(message: Message) -> Letter | None:
    """Render that a host asks them to stand in; nothing once that has ended."""
    of = message.payload.get("link")
    deputies = Deputy.objects.select_related("of__session__event", "of__contributor")
    deputy = deputies.filter(of=of, contributor=message.payload.get("contributor")).first()
    person = emails.recipient(message)
    if deputy is None or person is None or not deputy.of.session.event.is_published:
        return None
    session, host = deputy.of.session, deputy.of.contributor.name
    context = emails.about_event(session.event) | {"session": session, "host_name": host}
    reason = _("You get this email because %(host)s named you as their deputy.") % {"host": host}
    return emails.write("host-deputy", person, context, reason=reason)


def host_withdrawn(message: Message) -> Letter | None:
    """Render that they host the session no more; their calendar entry ends."""
    session = Session.objects.select_related("event").filter(pk=message.payload.get("session")).first()
    person = emails.recipient(message)
    if session is None or person is None:
        return None
    host = Contributor.objects.filter(pk=message.payload.get("contributor"), sessions=session)
    if host.exists():  # the team has put them back
        return None
    row = invitations.standing_entries(person, session.event_id).get(
        invitations.session_name(session.pk, person)
    )
    return emails.write(
        "host-withdrawn",
        person,
        emails.about_event(session.event) | {"session": session},
        invitations.cancellations(person, [row] if row else []),
        reason=_("You get this email because you hosted a session of %(event)s.")
        % {"event": session.event.title},
    )


def host_needs_changed(message: Message) -> Letter | None:
    """Render that what somebody needs has changed in sessions of theirs; neither who nor what."""
    return _about_sessions("host-needs-changed", message, only=need_changes.sessions_of(message.payload))


def host_take_away(message: Message) -> Letter | None:
    """Render what they hosted and nobody has written about yet; nothing once somebody has of all."""
    event = Event.objects.filter(pk=message.payload.get("event")).first()
    left = asking.to_write(event, at=timezone.now()) if event else set()
    return _about_sessions("host-take-away", message, only=left, of_person=True)


def host_recording(message: Message) -> Letter | None:
    """Render that they are asked whether recordings may be shown.

    Nothing once they have answered, or while there is no recording any more.
    """
    person = emails.recipient(message)
    theirs = access.of_reader(_reader(person)) if person else Contributor.objects.none()
    waits = Consent.objects.filter(
        Exists(Recording.objects.filter(session=OuterRef("session"))),
        session=message.payload.get("session"),
        contributor__in=theirs.values_list("pk", flat=True),
        answer=Consent.Answer.ASKED,
    )
    left = set(waits.values_list("session", flat=True))
    return _about_sessions("host-recording", message, only=left, of_person=True)


def _about_sessions(
    name: str,
    message: Message,
    day: date | None = None,
    *,
    only: Collection[int] | None = None,
    of_person: bool = False,
) -> Letter | None:
    """Write to who is still invited to sessions that take place, where they are still reached there."""
    person = emails.recipient(message)
    event = Event.objects.filter(pk=message.payload.get("event"), status=Event.Status.PUBLISHED).first()
    if person is None or event is None:
        return None
    found = _hosted_by(event, person) if of_person else _parts(event, message, person, day)
    parts = [one for one in found if _takes_place(one.session, day)]
    if only is not None:
        parts = [one for one in parts if one.session.pk in only]
    context = emails.about_event(event) | {
        "parts": parts,
        "last_day": access.last_day(event),
        "stands_in": all(one.is_deputy for one in parts),
    }
    return emails.write(name, person, context, reason=emails.because_hosting(event)) if parts else None


def _parts(event: Event, message: Message, person: Member | Contributor, day: date | None) -> Iterable[Part]:
    """Return what the letter is about: of the day before all that they host then, under whichever record."""
    found = access.parts(event, _reader(person), at=timezone.now())
    if day is not None:
        return [one for one in found if one.has_agreed or not one.is_deputy]
    wanted: Any = message.payload.get("contributor")
    return [one for one in found if one.contributor.pk == wanted]


def _hosted_by(event: Event, person: Member | Contributor) -> Iterable[Part]:
    """Return what somebody hosts themselves, under whichever record."""
    found = access.parts(event, _reader(person), at=timezone.now())
    return [one for one in found if not one.is_deputy]


def _reader(person: Member | Contributor) -> Reader:
    return Reader(member=person) if isinstance(person, Member) else Reader(address=person.email.lower())


def _takes_place(session: Session, day: date | None) -> bool:
    """Whether it is not cancelled, and begins on the day where one is meant."""
    is_then = day is None or (
        session.starts_at is not None and session.starts_at.astimezone(session.zone).date() == day
    )
    return is_then and session.status != Session.Status.CANCELLED
