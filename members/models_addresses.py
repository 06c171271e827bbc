"""An address that the team has replaced for somebody, for as long as its owner can object."""

from django.conf import settings
from django.db import models


class AddressCorrection(models.Model):
    """Somebody's confirmed address was replaced by the team; until ``until`` its owner brings it back."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_corrections"
    )
    before = models.EmailField("address before", max_length=254)
    #: Of the code that was mailed there (``common.keyed_digests``); the code itself is kept nowhere.
    digest = models.CharField(max_length=64, unique=True)
    #: The row of the community's list that went along, and so comes back with it.
    listed = models.BigIntegerField(null=True)
    #: What stood here before ``listed``; nothing reads it.
    is_list_moved = models.BooleanField(default=False, db_default=False)
    corrected_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    brought_back_at = models.DateTimeField(null=True)
    #: When its owner objected in vain, because the account had a role in the team by then.
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("corrected_at")),
                name="who_is_told_of_a_correction_has_time_to_object",
            ),
        ]

    def __str__(self) -> str:
        return f"Address of member {self.member_id} before {self.corrected_at}"
