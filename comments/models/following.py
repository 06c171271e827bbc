"""Who follows a thread."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from comments.models.comment import Comment


class Follow(models.Model):
    """Somebody wants an email for each new reply in a thread: a member, or a guest by their comment in it."""

    thread = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    guest_comment = models.OneToOneField(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="guest_follow"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest_comment__isnull=True)
                | Q(member__isnull=True, guest_comment__isnull=False),
                name="a_member_or_a_guest_follows",
            ),
            models.UniqueConstraint(fields=["thread", "member"], name="a_member_follows_a_thread_once"),
        ]

    def __str__(self) -> str:
        return f"Follow {self.pk}"
