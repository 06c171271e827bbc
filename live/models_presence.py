"""That staff have seen who a session cannot do without: a host, a captioner or interpreter."""

from django.conf import settings
from django.db import models

from events.models import Session


class Presence(models.Model):
    """One tick of the day board: a host is in, or who captions or interprets."""

    class Who(models.TextChoices):
        HOST = "host", "A host"
        SUPPORT = "support", "The captioner or interpreter"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    who = models.CharField("who is in", max_length=7, choices=Who)
    at = models.DateTimeField("seen")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "presences"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["session", "who"], name="somebody_is_ticked_once_in_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.who} of session {self.session_id}"
