"""The letters to hosts: invited, the code that opens their pages, and that they have agreed."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from events import emails
from events.models import Contributor, Event, Session
from hosting import access, agreeing, inviting, proof
from hosting.access import Part, Reader
from members.emails import BY_REQUEST
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register(proof.KIND, host_code, is_private=True)
    outbox.register(inviting.KIND, host_invited)
    outbox.register(agreeing.KIND, host_confirmed)


def host_code(message: Message) -> Letter | None:
    """Render the code, or that the address opens nothing; whoever asked sees no difference."""
    event = Event.objects.filter(pk=message.payload.get("event")).first()
    if message.secret is None or event is None:
        return None
    is_invited = access.may_ask(event, message.email, at=timezone.now())
    name = "host-code" if is_invited else "host-code-unknown"
    context = {"event": event} | (message.secret if is_invited else {})
    return compose(name, to=message.email, context=context, reason=BY_REQUEST)


def host_invited(message: Message) -> Letter | None:
    """Render the invitation: what they host, and where their pages are; it names nobody else."""
    return _about_sessions("host-invited", message)


def host_confirmed(message: Message) -> Letter | None:
    """Render that they have agreed, with their sessions and what they can do from now on."""
    return _about_sessions("host-confirmed", message)


def _about_sessions(name: str, message: Message) -> Letter | None:
    """Write to who is still invited to sessions that take place, where they are still reached there."""
    person = emails.recipient(message)
    event = Event.objects.filter(pk=message.payload.get("event"), status=Event.Status.PUBLISHED).first()
    if person is None or event is None:
        return None
    sessions = [one.session for one in _parts(event, message, person) if _takes_place(one.session)]
    context = emails.about_event(event) | {"sessions": sessions, "closes_at": access.closes_at(event)}
    return emails.write(name, person, context, reason=emails.because_hosting(event)) if sessions else None


def _parts(event: Event, message: Message, person: Member | Contributor) -> Iterable[Part]:
    reader = Reader(member=person) if isinstance(person, Member) else Reader(address=person.email.lower())
    wanted: Any = message.payload.get("contributor")
    return [one for one in access.parts(event, reader, at=timezone.now()) if one.contributor.pk == wanted]


def _takes_place(session: Session) -> bool:
    return session.status != Session.Status.CANCELLED
