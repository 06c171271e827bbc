"""A recording under its locks: the session first, so that what it says of itself holds while one decides."""

from django.utils.translation import gettext as _

from events.models import Session
from recordings.models import Recording
from recordings.refusals import RecordingRefused


def locked(pk: int) -> Recording:
    """Return a recording with its session, both locked, the session first. Raises ``RecordingRefused``."""
    found = Recording.objects.filter(pk=pk).values_list("session", flat=True).first()
    if found is None:
        raise RecordingRefused(_("This recording has been deleted."))
    sessions = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    session = sessions.get(pk=found)
    recording = Recording.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if recording is None:
        raise RecordingRefused(_("This recording has been deleted."))
    recording.session = session
    return recording
