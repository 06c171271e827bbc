"""What people do not want to be emailed about, and what they do that nobody gets unasked."""

from django.conf import settings
from django.db import models


class EmailsStopped(models.Model):
    """Somebody does not want emails of one kind (``members.email_choices``); without a row they do."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="emails_stopped"
    )
    choice = models.CharField(max_length=30)
    stopped_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "choice"], name="emails_of_a_kind_are_stopped_once"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} stopped by member {self.member_id}"


class EmailsAsked(models.Model):
    """Somebody wants emails of a kind that nobody gets unasked (``members.email_choices``)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="emails_asked"
    )
    choice = models.CharField(max_length=30)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "choice"], name="emails_of_a_kind_are_asked_for_once"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} asked for by member {self.member_id}"
