"""What people ask for about their own data: to have them, and to be erased."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Erasure(models.Model):
    """Somebody is to be erased: asked for, then taken back, or done once it is due."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasures")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    #: It was due and could not be done: since when, and why; it is tried again when it is due anew.
    refused_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(taken_back_at__isnull=True, done_at__isnull=True),
                name="one_erasure_of_a_person_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(done_at__isnull=True),
                name="what_is_erased_is_not_taken_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(taken_back_at__isnull=True, done_at__isnull=True),
                name="erasure_due",
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure of member {self.member_id}"


class FormerAddress(models.Model):
    """An address that was somebody's, by a digest: what stands under it from before is theirs still."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="former_addresses"
    )
    #: By the key of the list of the erased (``privacy.erased_list``).
    digest = models.CharField(max_length=64, db_index=True)
    left_at = models.DateTimeField()

    class Meta:
        ordering = ["left_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Former address of member {self.member_id}"


class DataExport(models.Model):
    """A file with all that the site holds of somebody: asked for, being made, ready, and gone after days."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports"
    )
    asked_at = models.DateTimeField()
    #: Until when a worker has it in its hands.
    lease_until = models.DateTimeField(null=True)
    parts = models.PositiveSmallIntegerField(default=0)
    parts_done = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    #: Its name in ``PRIVATE_ROOT``.
    file = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ready_at__isnull=True), name="one_export_of_a_person_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Data of member {self.member_id}"

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to fetch."""
        return self.ready_at is not None
