"""What hosts would have their sessions say; a session says so once the team has taken it."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models import Contributor, Session

#: What hosts change of a session, in the order of its page.
WORDS: Final = ("summary", "description", "ground_rules")
MAX_CHARS: Final = 20_000


class Rewording(models.Model):
    """Other words for a session, by its hosts: waiting, taken by the team, left out or put back.

    ``*_before`` is what the session said as they were written; of those that were taken, what they replaced.
    What is the same in both was not touched.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TAKEN = "taken", "Taken"
        LEFT = "left", "Left as it was"
        PUT_BACK = "put-back", "Put back"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rewordings")
    #: Who wrote last.
    host = models.ForeignKey(Contributor, null=True, on_delete=models.SET_NULL, related_name="+")
    summary = models.CharField("summary", max_length=400, blank=True)
    summary_before = models.CharField(max_length=400, blank=True)
    description = models.TextField("description", max_length=MAX_CHARS, blank=True)
    description_before = models.TextField(blank=True)
    ground_rules = models.TextField("ground rules", max_length=MAX_CHARS, blank=True)
    ground_rules_before = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    #: Raised by each save of hosts: the team takes what it saw.
    version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField("written")
    decided_at = models.DateTimeField("decided", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state="waiting"),
                name="one_rewording_of_a_session_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & ~Q(decided_at=None)),
                name="a_rewording_waits_until_it_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"Rewording {self.pk} of session {self.session_id}"

    @property
    def changed(self) -> list[str]:
        """Which words it changes."""
        return [name for name in WORDS if getattr(self, name) != getattr(self, f"{name}_before")]

    @property
    def is_waiting(self) -> bool:
        """Whether the team has not decided yet."""
        return self.state == self.State.WAITING
