"""The outbox: one row for every email that must be sent, written in the transaction that caused it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

#: Why a letter was not written: what it was about had been told, or is so no more.
NOTHING_LEFT = "Nothing left to tell."


class Message(models.Model):
    """An email that is owed, being sent, or was sent; rendered from the current truth at delivery.

    Two partial unique constraints say what "already told" means. A kind that carries its cause in
    the key (``debounced`` false) exists once for ever, whatever its state, so that two callers at
    once, or one a year later, add nothing. A debounced kind is unique only while queued: what is
    being sent, or was sent, does not swallow a later change. ``bulk``: it goes to many and waits behind all
    that do not.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        SUPERSEDED = "superseded", "Superseded"
        #: Owed in a backup that was restored: never sent by itself (``notifications.after_restore``).
        MAYBE_SENT = "maybe_sent", "Maybe sent, before the restore"

    kind = models.CharField(max_length=40)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    email = models.EmailField(max_length=254, blank=True)
    #: That of the page where it was caused: for people without an account, who have said no other.
    language = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    payload = models.JSONField("about", default=dict, blank=True, db_column="about")
    secret = models.JSONField(null=True, blank=True, editable=False)
    had_secret = models.BooleanField(default=False, editable=False)
    key = models.CharField(max_length=200)
    debounced = models.BooleanField(default=False)
    bulk = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField("due")
    not_after = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    subject = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    resend_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sent_again",
        db_column="again_of_id",
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "email"
        verbose_name_plural = "emails sent"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state="queued"),
                name="one_queued_message_per_kind_and_key",
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(debounced=False),
                name="each_cause_is_told_once",
            ),
            models.CheckConstraint(
                condition=models.Q(member__isnull=False) | ~models.Q(email=""),
                name="a_message_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sending", lease_until__isnull=False)
                | (~models.Q(state="sending") & models.Q(lease_until__isnull=True)),
                name="who_is_sending_holds_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["bulk", "send_after", "id"], condition=models.Q(state="queued"), name="message_due"
            ),
            models.Index(fields=["lease_until"], condition=models.Q(state="sending"), name="message_leased"),
            models.Index(
                fields=["kind", "key"],
                condition=models.Q(state="failed", debounced=True),
                name="message_failed",
            ),
            models.Index(
                fields=["kind", "send_after"],
                condition=models.Q(state="maybe_sent"),
                name="message_maybe_sent",
            ),
            # All emails of one cause: their keys begin alike, whatever order the database's language has.
            models.Index("kind", OpClass("key", "text_pattern_ops"), name="message_of_cause"),
            GinIndex(
                OpClass(Upper("email"), "gin_trgm_ops"),
                condition=~models.Q(email=""),
                name="message_email_parts",
            ),
        ]
        permissions = [
            ("see_recipient_address", "Can see the address a message goes to"),
            ("send_message_again", "Can send a message again"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SentLetter(models.Model):
    """The words of a message as they were sent, for as long as ``kept`` says."""

    message = models.OneToOneField(
        Message, primary_key=True, on_delete=models.CASCADE, related_name="sent_letter"
    )
    text = models.TextField()
    html = models.TextField(blank=True)
    files = models.JSONField(default=list, help_text="Names and types of what was attached.")
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"What message {self.message_id} said"
