"""Comments on posts, by members and guests."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from blog.models import Post
from common import folding


class CommentQuerySet(models.QuerySet["Comment"]):
    """Adjectives for comments."""

    def published(self) -> "CommentQuerySet":
        """What everybody may read."""
        return self.filter(status=Comment.Status.PUBLISHED)

    def pending(self) -> "CommentQuerySet":
        """What waits for a moderator: comments, and edits of published ones."""
        return self.filter(WAITS)

    def appealed(self) -> "CommentQuerySet":
        """Those whose author has asked to look again at the last decision, and nobody has."""
        return self.filter(APPEALED)

    def lock(self, pk: int) -> "Comment":
        """Lock one until the transaction ends, and return it as it is now, with its post and author."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("post", "member")
        return rows.get(pk=pk)


class Comment(models.Model):
    """A comment on a post, by a member or a guest.

    ``thread`` is the top-level comment that it stands below (none: it is one itself), ``reply_to`` the
    reply there that it answers. An edit that has to wait is kept in ``pending_body``, and the old text
    stays. ``version`` is raised by every write, so that nobody decides about what they have not seen.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "Waiting for a moderator"
        PUBLISHED = "published", "Published"
        REJECTED = "rejected", "Not published"
        SPAM = "spam", "Spam"
        REMOVED = "removed", "Removed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class HeldFor(models.TextChoices):
        GUEST = "guest", "Comments of guests wait"
        NEWCOMER = "newcomer", "First comments wait"
        LINKS = "links", "It has many links"
        POST = "post", "All comments on this post wait"
        SITE = "site", "All comments wait"
        QUICK = "quick", "It was sent faster than people type"
        TRAP = "trap", "A field that people do not see was filled in"
        SPAM_CHECK = "spam-check", "The spam service took it for spam"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="comments")
    thread = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    reply_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="direct_replies",
        db_column="answers_id",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    guest_name = models.CharField("name", max_length=150, blank=True)
    guest_name_folded = folding.found_by("guest_name")
    guest_email = models.EmailField("email address", max_length=254, blank=True)
    #: That of the page where a guest wrote: letters to them are in it, whoever causes them.
    guest_language = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    address_confirmed_at = models.DateTimeField(null=True, blank=True)
    body = models.TextField("comment")
    body_folded = folding.found_by("body")
    pending_body = models.TextField("edit that waits", blank=True, db_column="waiting_body")
    has_pending_edit = models.GeneratedField(
        expression=Q(Q(status="published") & ~Q(pending_body="")),  # type: ignore[arg-type]  # Django takes it
        output_field=models.BooleanField(),
        db_persist=True,
        db_column="has_waiting_edit",
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.PENDING)
    held_for = models.CharField("why it waits", max_length=10, choices=HeldFor, blank=True)
    is_redacted = models.BooleanField("personal data was taken out", default=False)
    #: What one sending of a form carries, so that pressing twice is one comment.
    submission = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    status_changed_at = models.DateTimeField()
    appealed_at = models.DateTimeField(
        "asked to look again", null=True, blank=True, db_column="look_again_at"
    )
    appeal_text = models.TextField("why", blank=True, db_column="look_again_words")
    version = models.PositiveIntegerField(default=0)
    #: How often the secret link of a guest was ended: those of before open nothing (``comments.tokens``).
    link_version = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest_name="", guest_email="")
                | (Q(member__isnull=True) & ~Q(guest_name="")),
                name="a_comment_is_a_members_or_a_guests",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="a_published_comment_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(reply_to__isnull=True) | Q(thread__isnull=False),
                name="an_answer_stands_in_a_thread",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="a_comment_says_something"),
        ]
        indexes = [
            models.Index(fields=["post", "thread", "created_at", "id"], name="comment_threads"),
            models.Index(fields=["created_at"], condition=Q(status="pending"), name="comment_pending"),
            models.Index(
                fields=["created_at"], condition=Q(has_pending_edit=True), name="comment_waiting_edit"
            ),
            models.Index(
                fields=["guest_email", "created_at"],
                condition=~Q(guest_email=""),
                name="comment_with_address",
            ),
        ]
        permissions = [
            ("moderate_comment", "Can decide about comments"),
            ("see_guest_address", "Can see the address of a guest"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"

    def get_absolute_url(self) -> str:
        """Its permalink, which finds the page that it is on; load ``post`` with it."""
        return f"{self.post.get_absolute_url()}comments/{self.pk}/"

    @property
    def is_guests(self) -> bool:
        """Whether a guest wrote it."""
        return self.member_id is None

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.status == self.Status.PUBLISHED

    @property
    def waits(self) -> bool:
        """Whether a moderator has to read it, or an edit of it."""
        return self.status == self.Status.PENDING or self.has_pending_edit

    @property
    def is_appealed(self) -> bool:
        """Whether its author has asked to look again at the last decision, and nobody has."""
        asked = self.appealed_at
        return self.status in AGAINST and asked is not None and asked >= self.status_changed_at

    @property
    def shown_name(self) -> str:
        """The name to show; load ``member`` with it."""
        return self.member.name if self.member else self.guest_name


#: States that a decision has led to against its author.
AGAINST: Final = (Comment.Status.REJECTED, Comment.Status.REMOVED)
#: What waits for a moderator (``waits``), what its author has asked to look at again (``is_appealed``):
#: conditions, so that one query can count both.
WAITS: Final = Q(status=Comment.Status.PENDING) | Q(has_pending_edit=True)
APPEALED: Final = Q(status__in=AGAINST, appealed_at__gte=F("status_changed_at"))
