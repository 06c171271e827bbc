"""That somebody was invited to the hosts' pages of an event, and what they agreed to there."""

from django.conf import settings
from django.db import models

from events.models import Contributor, Event


class Invitation(models.Model):
    """A host whom the team has invited to the hosts' pages of an event; without one nothing opens."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField("invited")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contributor"], name="a_host_is_invited_once_to_an_event"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.contributor_id} to event {self.event_id}"


class Agreement(models.Model):
    """That a host, or a deputy, has agreed to keep for themselves what they read of people.

    It is of whoever they were then: with another address or account somebody else reads.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="agreements")
    #: The account, or else the address, that was theirs.
    agreed_as = models.CharField(max_length=300)
    words = models.TextField("what they agreed to")
    agreed_at = models.DateTimeField("agreed")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "contributor"], name="a_host_agrees_once_an_event"),
        ]

    def __str__(self) -> str:
        return f"Agreement of {self.contributor_id} for event {self.event_id}"
