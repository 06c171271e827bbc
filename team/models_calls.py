"""What one of the team does for a person on their page, until one letter has told it."""

from datetime import timedelta
from typing import Final

from django.db import models

from events.models import Session
from members.models import Member

#: For so long what was done is kept; as long as the words of the letter are.
CALLS_STAY: Final = timedelta(days=90)


class CallAct(models.Model):
    """One press of one of the team for a person: what it did stands in the trail, by its moment.

    Written before the act, so that its letter is owed whatever becomes of the process that does it; one that
    did nothing tells nothing.
    """

    person = models.ForeignKey(Member, models.CASCADE, related_name="acts_for_them")
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    #: Of a choice that is taken back no row stays that would name its session.
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    #: The email that told it first.
    told_in = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["at", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True, told_in__isnull=True)
                | models.Q(told_at__isnull=False, told_in__isnull=False),
                name="what_was_told_was_told_in_an_email",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "at"], condition=models.Q(told_at=None), name="call_untold"),
            models.Index(fields=["at"], name="call_kept_since"),
        ]

    def __str__(self) -> str:
        return f"Act {self.pk} for {self.person_id}"
