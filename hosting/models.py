"""That somebody was invited to the hosts' pages of an event, agreed to confidentiality there, or withdrew."""

from typing import Final

from django.conf import settings
from django.db import models

from events.models import Contributor, Event, Session

#: How many messages all hosts of a session may send.
MOST_MESSAGES: Final = 3


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


class HostWords(models.Model):
    """A message of a host to everybody who has a place."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="+")
    #: The first, second or third of the session; there is no fourth.
    number = models.PositiveSmallIntegerField()
    subject = models.CharField("subject", max_length=60)
    words = models.TextField("message")
    #: The form's own: pressed twice it is one message.
    submission = models.UUIDField(unique=True)
    at = models.DateTimeField("written", db_index=True)

    class Meta:
        verbose_name_plural = "host words"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_MESSAGES),
                name="hosts_of_a_session_write_three_times",
            ),
            models.UniqueConstraint(
                fields=["session", "number"], name="each_message_of_hosts_has_its_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.number} of hosts about session {self.session_id}"


class Withdrawal(models.Model):
    """That a host has withdrawn from a session; it gives no reason."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="withdrawals")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("withdrew")
    noted_at = models.DateTimeField("noted by the team", null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Withdrawal of {self.contributor_id} from session {self.session_id}"
