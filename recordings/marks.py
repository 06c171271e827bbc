"""What a member marks for themselves: watched, and what they add to their agenda. Nobody else sees it."""

from datetime import datetime

from django.db.models import QuerySet

from common.transactions import retried
from events.models import Event
from members.models import Member
from recordings.models import Mark, Recording


@retried
def set_watched(recording: Recording, member: Member, *, is_so: bool, at: datetime) -> None:
    """Mark it as watched, or not; the same again changes nothing."""
    _set(recording, member, "watched_at", at if is_so else None)


@retried
def set_to_watch(recording: Recording, member: Member, *, is_so: bool, at: datetime) -> None:
    """Put it on the member's agenda, or take it off; the same again changes nothing."""
    _set(recording, member, "to_watch_at", at if is_so else None)


def _set(recording: Recording, member: Member, name: str, at: datetime | None) -> None:
    Member.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
    mark = Mark.objects.filter(recording=recording, member=member).first()
    mark = mark or Mark(recording=recording, member=member)
    if bool(getattr(mark, name)) == bool(at):
        return
    setattr(mark, name, at)
    if mark.watched_at or mark.to_watch_at:
        mark.save()
    elif mark.pk:
        mark.delete()


def of(event: Event, member: Member) -> dict[int, Mark]:
    """Return the member's marks of an event by recording. One query."""
    marks = Mark.objects.filter(member=member, recording__session__event=event)
    return {one.recording_id: one for one in marks}


def to_watch(event: Event, member: Member, *, at: datetime) -> "QuerySet[Recording]":
    """Return what of an event the member added to their agenda and can still watch. One query."""
    chosen = Mark.objects.filter(member=member, to_watch_at__isnull=False).values("recording")
    shown = Recording.objects.shown(at).filter(session__event=event, pk__in=chosen)
    return shown.defer("cues", "words", "search").select_related("session__event")
