"""What the team writes down among itself."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models

from members.models import Member
from team.models_announcements import Announcement
from team.models_calls import CallAct

__all__ = ["MAX_NOTE_CHARS", "NOTES_STAY", "STAYS_TAKEN", "Announcement", "CallAct", "PersonNote", "Taken"]

#: For so long a thing stays with who took it; then it is anybody's again.
STAYS_TAKEN: Final = timedelta(hours=2)
#: For so long a note about a person is kept.
NOTES_STAY: Final = timedelta(days=365)
MAX_NOTE_CHARS: Final = 2000


class Taken(models.Model):
    """Somebody is on a thing that waits, so that two do not do it."""

    #: ``app.model`` and the id of its row.
    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    by = models.ForeignKey(Member, models.CASCADE, related_name="things_taken")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taken"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["thing", "thing_id"], name="one_person_is_on_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_id}: {self.by}"

    def is_current(self, at: datetime) -> bool:
        """Whether they are still on it."""
        return self.taken_at + STAYS_TAKEN > at


class PersonNote(models.Model):
    """What one of the team wrote down about a person for their colleagues; the person may ask for it."""

    about = models.ForeignKey(Member, models.CASCADE, related_name="notes_about")
    text = models.TextField("note", max_length=MAX_NOTE_CHARS)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="note_kept_since")]

    def __str__(self) -> str:
        return f"Note {self.pk} about {self.about_id}"
