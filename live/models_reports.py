"""A meeting's report between being uploaded and being taken."""

from django.conf import settings
from django.db import models

from events.models import Session


class MeetingReport(models.Model):
    """Who was in a meeting, as a file that was looked at and waits: what is previewed is what is saved.

    Backups leave it out (``qevent.recovery.manifest``).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    #: What was answered about the file, by the key of the question.
    answers = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "member"], name="one_report_of_a_session_waits_for_whoever_uploaded_it"
            ),
        ]

    def __str__(self) -> str:
        return f"Report of session {self.session_id}"
