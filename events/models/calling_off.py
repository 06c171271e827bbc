"""That an event was called off, and how far telling it has come."""

from django.db import models
from django.db.models import Q

from events.models.event import Event


class CallingOff(models.Model):
    """That an event was cancelled or postponed. Nobody is told before ``told_at``, then some at a time."""

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.CASCADE, related_name="calling_off"
    )
    at = models.DateTimeField("called off")
    told_at = models.DateTimeField("told from")
    #: The last registration, by number, that has its email; none yet.
    told_up_to = models.BigIntegerField(default=0)
    told_all_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["told_at"], condition=Q(told_all_at__isnull=True), name="calling_off_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return f"Calling off of event {self.event_id}"

    @property
    def cause(self) -> str:
        """How the keys of its emails begin."""
        return f"event-cancelled:{self.event_id}:{self.at.timestamp()}"
