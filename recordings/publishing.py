"""A recording is added, given its transcript, read by the team, and published; taken down, and removed.

A recording of a session that says it is not recorded is never published: the database refuses it as well. Nor
is one before the team has read its transcript, or before all who host or speak in the session have agreed. A
video that was made separately says so, and needs no recorded session. What is published stays as it is: to
change its captions it is taken down first.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from common.words import in_a_row
from events.models import Session
from recordings import agreeing, files
from recordings.locking import locked
from recordings.models import Recording
from recordings.refusals import RecordingRefused

#: What is told of a recording.
FIELDS = ("title", "about", "is_of_session", "url", "seconds", "available_from", "available_until")


@retried
def add_link(session: Session, *, by: By, at: datetime, **told: Any) -> Recording:
    """Add a link to a recording elsewhere, as a draft, and ask the hosts; the same address again is one."""
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if there := Recording.objects.filter(session=session, url=told["url"]).first():
        return there
    made = Recording.objects.create(session=session, kind=Recording.Kind.LINK, added_at=at, **told)
    trail.record(made, Act.RECORDING_ADDED, by=by, at=at)
    agreeing.ask(session, by=by, at=at)
    return made


@retried
def change(pk: int, *, by: By, at: datetime, **told: Any) -> Recording:
    """Change what is said of a recording. Raises ``RecordingRefused``."""
    recording = locked(pk)
    before = Recording.objects.get(pk=pk)
    for name, value in told.items():
        setattr(recording, name, value)
    if not (changed := trail.changes(before, recording)):
        return recording
    if recording.is_published and (said := obstacles(recording)):
        raise RecordingRefused(said[0])
    recording.save(update_fields=list(told))
    trail.record(recording, Act.RECORDING_CHANGED, by=by, at=at, fields=changed)
    return recording


@retried
def publish(pk: int, *, by: By, at: datetime) -> None:
    """Show it to those who may see it; twice is once. Raises ``RecordingRefused`` with all that lacks."""
    recording = locked(pk)
    if recording.is_published:
        return
    if said := obstacles(recording):
        raise RecordingRefused(" ".join(said))
    recording.state, recording.published_at = Recording.State.PUBLISHED, at
    recording.save(update_fields=["state", "published_at"])
    trail.record(recording, Act.RECORDING_PUBLISHED, by=by, at=at)


@retried
def take_down(pk: int, *, by: By, at: datetime) -> None:
    """Make it a draft again; twice is once."""
    recording = locked(pk)
    if not recording.is_published:
        return
    recording.state, recording.published_at = Recording.State.DRAFT, None
    recording.save(update_fields=["state", "published_at"])
    trail.record(recording, Act.RECORDING_TAKEN_DOWN, by=by, at=at)


@retried
def remove(pk: int, *, by: By, at: datetime) -> None:
    """Delete it; twice is once. Raises ``RecordingRefused`` while it is published."""
    if not Recording.objects.filter(pk=pk).exists():
        return
    recording = locked(pk)
    if recording.is_published:
        raise RecordingRefused(_("It is published. Take it down first."))
    session = recording.session
    for name in (recording.file.name, recording.audio.name):
        files.forget(name)
    recording.delete()
    trail.record(session, Act.RECORDING_REMOVED, by=by, at=at)


def obstacles(recording: Recording) -> list[str]:
    """Return what keeps it from being published, a sentence each that says what to do. One query."""
    session, found = recording.session, []
    if session.status == Session.Status.CANCELLED:
        found.append(_("The session is cancelled, so nothing of it can be shown."))
    if recording.is_of_session and not session.is_recorded:
        found.append(
            _(
                "The session says that it is not recorded, so no recording of it may be shown. One that was "
                "made separately can be: say so below."
            )
        )
    if not recording.cues:
        found.append(_("It has no transcript. Give it captions, or what is said as text."))
    elif recording.read_at is None:
        found.append(_("Nobody of the team has read the transcript. Read it first."))
    if silent := agreeing.silent(session):
        names = in_a_row(one.name for one in silent)
        found.append(_("Not agreed yet: %(names)s. Everybody who hosts or speaks has to.") % {"names": names})
    return found
