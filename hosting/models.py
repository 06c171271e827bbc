"""That somebody was invited to the hosts' pages of an event, agreed to confidentiality there, or withdrew."""

from typing import Final

from django.conf import settings
from django.db import models

from events.models import Contributor, Event, Session, SessionContributor
from events.models.fields import HttpsURLField
from hosting.models_needs import HostKind, HostNeed, HostNeedToStop
from hosting.models_words import Rewording

__all__ = [
    "LARGEST_FILE",
    "MOST_MESSAGES",
    "Agreement",
    "Deputy",
    "HostKind",
    "HostNeed",
    "HostNeedToStop",
    "HostWords",
    "Invitation",
    "Rewording",
    "SessionFile",
    "SessionLink",
    "Withdrawal",
]

#: How many messages all hosts of a session may send.
MOST_MESSAGES: Final = 3
#: Bytes of a file beforehand.
LARGEST_FILE: Final = 10_000_000


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


class Deputy(models.Model):
    """Who stands in for a host of a session, named by that host; gone with the host's own part."""

    of = models.OneToOneField(SessionContributor, on_delete=models.CASCADE, related_name="deputy")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="deputy_of")
    #: As the host wrote it: what the record says of them is not the host's to see.
    name = models.CharField("name", max_length=150)
    #: The record was made for this alone.
    is_record_new = models.BooleanField(default=False)
    named_at = models.DateTimeField("named")

    class Meta:
        verbose_name_plural = "deputies"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Deputy {self.contributor_id} of {self.of_id}"


class SessionFile(models.Model):
    """A file to read beforehand, for those who have a place in a session; its bytes go with its row."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        SLIDES = "pptx", "PowerPoint"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="files_beforehand")
    title = models.CharField("what it is", max_length=120)
    about = models.CharField("what is in it", max_length=500)
    kind = models.CharField("type", max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField("bytes")
    content = models.BinaryField()
    #: Of the bytes: the same file twice is one.
    digest = models.CharField(max_length=64)
    #: ``None`` where the team gave it.
    by = models.ForeignKey(Contributor, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("added")

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "digest"], name="a_file_is_once_in_a_session"),
            models.CheckConstraint(
                condition=models.Q(size__gte=1, size__lte=LARGEST_FILE), name="a_file_has_its_size"
            ),
        ]

    def __str__(self) -> str:
        return f"File {self.pk} of session {self.session_id}"


class SessionLink(models.Model):
    """Something to read or bring, for those who have a place in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="links_beforehand")
    title = models.CharField("what it is", max_length=120)
    url = HttpsURLField("address", max_length=500)
    by = models.ForeignKey(Contributor, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("added")

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(url__startswith="https://"), name="a_link_beforehand_is_https"
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} of session {self.session_id}"
