"""The outbox: one row for every email that must be sent, written in the transaction that caused it."""

from django.conf import settings
from django.db import models


class Message(models.Model):
    """An email that is owed, being sent, or was sent; rendered from the current truth at delivery."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        SUPERSEDED = "superseded", "Superseded"

    kind = models.CharField(max_length=40)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    email = models.EmailField(max_length=254, blank=True)
    about = models.JSONField(default=dict)
    secret = models.JSONField(null=True, blank=True, editable=False)
    key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="queued"), name="one_queued_message_per_key"
            ),
            models.CheckConstraint(
                condition=models.Q(member__isnull=False) | ~models.Q(email=""),
                name="a_message_has_a_recipient",
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_after"], condition=models.Q(state__in=["queued", "sending"]), name="message_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
