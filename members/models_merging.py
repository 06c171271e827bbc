"""That two accounts of one person are brought together: asked for, proven, done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class AccountMerge(models.Model):
    """``ended`` goes into ``kept``: until ``until`` once both addresses have agreed, then done for good."""

    kept = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ended = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    #: Of the codes that were mailed to the one and to the other (``common.keyed_digests``); "" once done.
    kept_digest = models.CharField(max_length=64, blank=True)
    ended_digest = models.CharField(max_length=64, blank=True)
    #: How often codes were typed that were not right.
    wrong = models.PositiveSmallIntegerField(default=0, db_default=0)
    done_at = models.DateTimeField(null=True)
    #: Of the address that ended, so that its owner is told by mail where they log in now; "" until done.
    address_digest = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("ended")), name="no_account_goes_into_itself"),
            models.UniqueConstraint(
                fields=["ended"], condition=Q(done_at__isnull=False), name="an_account_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Member {self.ended_id} goes into member {self.kept_id}"
