"""That somebody was taken out of an event: why, by whom, and what a second look made of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models import Event


class RemovalQuerySet(models.QuerySet["Removal"]):
    """Adjectives for removals."""

    def in_force(self) -> "RemovalQuerySet":
        """Those that keep somebody out."""
        return self.filter(lifted_at=None)

    def asked(self) -> "RemovalQuerySet":
        """Those about which somebody asked for a second look that nobody has given."""
        return self.in_force().filter(asked_at__isnull=False, decided_at=None)


class Removal(models.Model):
    """One member is out of one event from a moment on, until it is lifted."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="removals")
    #: Why, for those who decide; it may say who reported something.
    reason = models.TextField("why, for the team")
    #: What they are told.
    words = models.TextField("what they are told", blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("taken out")
    asked_at = models.DateTimeField("asked for a second look", null=True)
    asked_words = models.TextField("what they say", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("looked at again", null=True)
    decided_words = models.TextField("what they were told then", blank=True)
    lifted_at = models.DateTimeField("lifted", null=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("remove_person", "Can take people out of an event")]
        ordering = ["-removed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "member"],
                condition=Q(lifted_at=None),
                name="one_removal_in_force_per_member_and_event",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_removal_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(removed_by=F("member")), name="nobody_takes_themselves_out_of_an_event"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False),
                name="who_looked_again_did_so_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Removal {self.pk}"
