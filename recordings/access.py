"""Who may watch a recording (rule P5): those registered for the event, hosts and speakers, the team.

Registered is whose registration is confirmed. It is asked anew at each request, for the page and each file.
The team sees drafts, and so do those who host or speak in the session, to decide whether they agree. Nobody
but the team sees a transcript that the team has not read.
"""

from datetime import datetime

from django.db.models import QuerySet

from events import joining_details
from events.models import Event
from members.models import Member
from recordings.models import Recording


def may_watch(recording: Recording, member: Member | None, *, at: datetime) -> bool:
    """Whether they may watch it at this moment. Four queries at most."""
    if member is None or not member.is_active:
        return False
    if joining_details.is_on_staff(member) or joining_details.is_contributor(recording.session, member):
        return True
    is_shown = Recording.objects.shown(at).filter(pk=recording.pk).exists()
    return is_shown and comes(recording.session.event, member)


def may_read(recording: Recording, member: Member | None) -> bool:
    """Whether its transcript is shown to who may watch it."""
    return recording.read_at is not None or (member is not None and joining_details.is_on_staff(member))


def sees_recordings(event: Event, member: Member | None) -> bool:
    """Whether the recordings of an event are listed for them."""
    if member is None or not member.is_active:
        return False
    return joining_details.is_on_staff(member) or comes(event, member) or _hosts(event, member)


def comes(event: Event, member: Member) -> bool:
    """Whether their registration is confirmed."""
    return event.registrations.confirmed().filter(member=member).exists()


def _hosts(event: Event, member: Member) -> bool:
    """Whether they host or speak in a session of it, by their account."""
    is_part = event.sessions.filter(contributors__member=member).exists()
    return is_part and not joining_details.is_removed(event.pk, member.pk)


def listed_for(event: Event, *, at: datetime) -> "QuerySet[Recording]":
    """Return the recordings that those see who may; without their words. Two queries."""
    shown = Recording.objects.shown(at).filter(session__event=event)
    return (
        shown.defer("cues", "words", "search")
        .select_related("session__event")
        .prefetch_related("session__themes")
    )
