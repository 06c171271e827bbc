"""What was arranged for a need that is there no more, until somebody of the team has stopped it."""

from django.conf import settings
from django.db import models

from events.models.access_needs import Kind
from events.models.event import Event
from events.models.registration import Registration


class NeedToStop(models.Model):
    """That something was arranged, or promised in its place, for who needs it no more.

    No words of theirs stay. It is no need: whatever reads those reads none of these. Of who was erased
    only that there was one stays.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="needs_to_stop")
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_to_stop"
    )
    kind = models.CharField("need", max_length=20, choices=Kind)
    withdrawn_at = models.DateTimeField("withdrawn")
    #: Who of the team arranged it, and so knows with whom.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["withdrawn_at", "id"]
        default_permissions = ()
        verbose_name_plural = "needs to stop"
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind"], name="a_need_is_stopped_once"),
        ]

    def __str__(self) -> str:
        return f"Arranged for nobody any more: {self.kind}"

    @property
    def member_id(self) -> int | None:
        """Whose need it was, for the trail; nobody's once they are erased."""
        return self.registration.member_id if self.registration else None
