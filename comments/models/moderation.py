"""What moderators decided about a comment, and who asked them to look at it."""

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from comments.models.comment import Comment

#: What some fields were called in ``Decision.before`` until 0.3.
NAMES_OF_BEFORE: Final = {
    "waiting_body": "pending_body",
    "look_again_at": "appealed_at",
    "look_again_words": "appeal_text",
}


class Decision(models.Model):
    """What was decided about a comment: who, when, why, and how it was before."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", "Published"
        REJECT = "reject", "Not published"
        SPAM = "spam", "Marked as spam"
        REMOVE = "remove", "Removed"
        REDACT = "redact", "Personal data taken out"
        KEEP = "keep", "Kept after a report"
        REVEAL = "reveal", "Address shown"
        UNDO = "undo", "Decision undone"

    class Reason(models.TextChoices):
        UNKIND = "unkind", gettext_lazy("It is unkind to somebody")
        PERSONAL_DATA = "personal-data", gettext_lazy("It names patients or private details")
        OFF_TOPIC = "off-topic", gettext_lazy("It is about something else")
        ADVERTISING = "advertising", gettext_lazy("It advertises something")
        UNLAWFUL = "unlawful", gettext_lazy("It may break the law")
        DUPLICATE = "duplicate", gettext_lazy("It stands there already")
        OTHER = "other", gettext_lazy("Another reason")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField("decision", max_length=10, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    at = models.DateTimeField()
    reason = models.CharField("reason", max_length=20, choices=Reason, blank=True)
    words = models.TextField("words to the author", blank=True)
    #: The fields of the comment that it changed, as they were; what undoing brings back.
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, comment {self.comment_id}"

    @property
    def was(self) -> dict[str, Any]:
        """What it changed, as it was, by field; a row of the code of before 0.3 has other names for some."""
        return {NAMES_OF_BEFORE.get(name, name): value for name, value in self.before.items()}


class ReportQuerySet(models.QuerySet["Report"]):
    """Adjectives for reports."""

    def unsettled(self) -> "ReportQuerySet":
        """Those that no decision has answered."""
        return self.filter(settled_by=None)

    def open(self) -> "ReportQuerySet":
        """Those that a moderator should look at: unsettled, and the comment is still public."""
        return self.unsettled().filter(comment__status=Comment.Status.PUBLISHED)


class Report(models.Model):
    """Somebody says that a published comment should be looked at."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", gettext_lazy("It is unkind or discriminates")
        PERSONAL_DATA = "personal-data", gettext_lazy("It names a patient, or something private")
        SPAM = "spam", gettext_lazy("It is advertising or spam")
        WRONG = "wrong", gettext_lazy("It could harm somebody who follows it")
        OTHER = "other", gettext_lazy("Something else")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    reason = models.CharField("reason", max_length=20, choices=Reason)
    words = models.TextField("what is wrong", blank=True)
    created_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="settles"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "member"],
                condition=Q(settled_by__isnull=True),
                name="one_open_report_per_member",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(settled_by__isnull=True), name="report_open")
        ]

    def __str__(self) -> str:
        return f"Report of comment {self.comment_id}"
