"""Posts with their authors, pictures, videos, audio and revisions."""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy

from common import folding
from events import search_words
from events.models import Event, Session, Theme
from events.models.fields import HttpsURLField

#: The longest address of a post; what the title gives is cut to it.
SLUG_LENGTH = 120


def new_preview_token() -> str:
    """Return a secret that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


class PostQuerySet(models.QuerySet["Post"]):
    """Adjectives for posts."""

    def published(self, at: datetime) -> "PostQuerySet":
        """Posts that everybody may read at ``at``: a scheduled one from its own second on."""
        return self.filter(status=Post.Status.PUBLISHED, published_at__lte=at)

    def scheduled(self, at: datetime) -> "PostQuerySet":
        """Posts whose time has not come."""
        return self.filter(status=Post.Status.PUBLISHED, published_at__gt=at)

    def in_review(self) -> "PostQuerySet":
        """Posts that wait for an editor."""
        return self.filter(status=Post.Status.REVIEW)

    def newest_first(self) -> "PostQuerySet":
        """By when they were published, as an index has them; what never was comes before all."""
        return self.order_by("-published_at", "-pk")


class Post(models.Model):
    """One post of the blog. Scheduled is no status of its own: published, from a moment to come."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(models.TextChoices):
        POST = "post", gettext_lazy("Blog post")
        NEWS = "news", gettext_lazy("News")
        REFLECTION = "reflection", gettext_lazy("Reflection")

    class CommentPolicy(models.TextChoices):
        RULE = "rule", "Guests and newcomers wait for a moderator"
        HELD = "held", "Every comment waits for a moderator"
        CLOSED = "closed", "Closed"

    title = models.CharField("title", max_length=150)
    slug = models.SlugField("address", max_length=SLUG_LENGTH, unique=True, allow_unicode=True)
    standfirst = models.CharField("standfirst", max_length=400, blank=True)
    kind = models.CharField("type", max_length=10, choices=Kind, default=Kind.POST)
    body = models.TextField("text", blank=True, help_text="HTML as blog.body.clean returns it.")
    #: The words of the body alone, for search and reading time; written with it.
    text = models.TextField(blank=True, editable=False)
    lead_picture = models.ForeignKey(
        "Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts"
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="posts")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField("published", null=True, blank=True)
    withdrawn_reason = models.CharField("why it was withdrawn", max_length=300, blank=True)
    comment_policy = models.CharField(
        "comments", max_length=6, choices=CommentPolicy, default=CommentPolicy.RULE
    )
    comments_close_at = models.DateTimeField("comments close", null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposed_posts",
    )
    #: What a member who proposed it tells the editors beside it; never public.
    proposal_note = models.TextField("for the editors", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    preview_token = models.CharField(max_length=64, unique=True, default=new_preview_token, editable=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)
    search = search_words.searched("title", "standfirst", "text")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="a_published_post_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="a_post_has_an_address"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="post_search"),
            models.Index(fields=["status", "-published_at"], name="post_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The post's page."""
        return reverse("blog:post", args=[self.slug])

    @property
    def modified_at(self) -> datetime:
        """When readers got another text last: when it was changed, but not before it was published."""
        return max(self.changed_at, self.published_at) if self.published_at else self.changed_at

    def is_published(self, at: datetime) -> bool:
        """Whether everybody may read it at ``at``."""
        return (
            self.status == self.Status.PUBLISHED and self.published_at is not None and self.published_at <= at
        )

    def is_scheduled(self, at: datetime) -> bool:
        """Whether its time is still to come."""
        return (
            self.status == self.Status.PUBLISHED and self.published_at is not None and self.published_at > at
        )

    def takes_comments(self, at: datetime) -> bool:
        """Whether one can comment at this very second."""
        is_open = self.comments_close_at is None or at < self.comments_close_at
        return self.is_published(at) and self.comment_policy != self.CommentPolicy.CLOSED and is_open


class Author(models.Model):
    """Who wrote a post: a member, or a name with a role."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="authors")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authorships",
    )
    name = models.CharField("name", max_length=150, blank=True)
    role = models.CharField("role", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("position", default=0)
    name_folded = folding.found_by("name")

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            GinIndex(fields=["name_folded"], opclasses=["gin_trgm_ops"], name="author_name_folded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | ~Q(name=""), name="an_author_is_a_member_or_a_name"
            ),
            models.UniqueConstraint(fields=["post", "member"], name="a_member_stands_once_on_a_post"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name to show; load ``member`` with it."""
        return self.name or (self.member.name if self.member else "")


class Picture(models.Model):
    """A picture of a post; ``number`` is what its marker in the text says: [[picture 2]]."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    file = models.ImageField("file", upload_to="blog/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alternative_text = models.CharField("alternative text", max_length=250)
    caption = models.CharField("caption", max_length=300, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_picture_per_number"),
            models.CheckConstraint(condition=~Q(alternative_text=""), name="a_picture_says_what_it_shows"),
        ]

    def __str__(self) -> str:
        return self.alternative_text


class Video(models.Model):
    """A video elsewhere, with its transcript here; its marker in the text is [[video 1]]."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="videos")
    number = models.PositiveSmallIntegerField()
    title = models.CharField("title", max_length=150)
    url = HttpsURLField("link", max_length=500)
    length = models.CharField("length", max_length=40, blank=True, help_text="For example 4 minutes.")
    transcript = models.TextField("transcript")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_video_per_number"),
            models.CheckConstraint(condition=~Q(transcript=""), name="a_video_has_a_transcript"),
        ]

    def __str__(self) -> str:
        return self.title


class Sound(models.Model):
    """A piece of audio of a post, with its transcript; its marker in the text is [[audio 1]]."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sounds")
    number = models.PositiveSmallIntegerField()
    title = models.CharField("title", max_length=150)
    length = models.CharField("length", max_length=40)
    transcript = models.TextField("transcript")
    file = models.FileField("file", upload_to="blog/", max_length=200)
    media_type = models.CharField("type", max_length=40)
    size = models.PositiveIntegerField("bytes")

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_audio_per_number"),
            models.CheckConstraint(
                condition=~Q(transcript="") & ~Q(length=""), name="audio_has_a_length_and_a_transcript"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """A post as it was saved once: who, when, and its words."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    standfirst = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    restores = models.PositiveIntegerField(null=True, help_text="The number of the revision it brought back.")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="one_revision_per_number"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"


class UnsavedDraft(models.Model):
    """What somebody has typed into the form of a post and not saved: kept while they type."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="unsaved_drafts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=150, blank=True)
    standfirst = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    #: The other fields that say anything else than the post did: name → answers, as a browser sends them.
    facts = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="one_unsaved_draft_each"),
        ]

    def __str__(self) -> str:
        return f"{self.member} at {self.post}"
