"""Where a post is on its way, in one word: what lists, forms and the preview say of it.

Scheduled is no status of the table: it is published from a moment to come, so the clock decides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy

from blog.models import Post, PostQuerySet
from common.times import SITE_ZONE, format_moment

SCHEDULED: Final = "scheduled"
#: In the order in which they ask for an editor.
LABELS: Final = {
    Post.Status.REVIEW.value: gettext_lazy("In review"),
    Post.Status.DRAFT.value: gettext_lazy("Draft"),
    SCHEDULED: gettext_lazy("Scheduled"),
    Post.Status.PUBLISHED.value: gettext_lazy("Published"),
    Post.Status.WITHDRAWN.value: gettext_lazy("Withdrawn"),
}
#: Stage → kind of its badge.
KINDS: Final = {
    Post.Status.REVIEW.value: "waiting",
    SCHEDULED: "strong",
    Post.Status.PUBLISHED.value: "yours",
    Post.Status.WITHDRAWN.value: "problem",
}
#: Stage → what its preview says.
PREVIEWS: Final = {
    Post.Status.DRAFT.value: gettext_lazy(
        "This is a preview, for those who have its link. It is a draft, and not published."
    ),
    Post.Status.REVIEW.value: gettext_lazy(
        "This is a preview, for those who have its link. It is in review, and not published."
    ),
    SCHEDULED: gettext_lazy("This is a preview, for those who have its link. It comes out on %(moment)s."),
    Post.Status.PUBLISHED.value: gettext_lazy(
        "This is a preview, for those who have its link. It is published: everybody can read it at its own "
        "address."
    ),
    Post.Status.WITHDRAWN.value: gettext_lazy(
        "This is a preview, for those who have its link. It has been withdrawn: others cannot read it any "
        "more."
    ),
}


@dataclass(frozen=True)
class Stage:
    """A stage: its value in addresses, its word, the kind of its badge, and since or until when."""

    value: str
    label: str
    kind: str
    moment: str


def stage_of(post: Post, at: datetime) -> Stage:
    """Return the stage of the post at that moment."""
    value = SCHEDULED if post.is_scheduled(at) else str(post.status)
    moment = format_moment(post.published_at, SITE_ZONE.key) if post.published_at else ""
    return Stage(value, str(LABELS[value]), KINDS.get(value, "plain"), moment)


def only(posts: PostQuerySet, stage: str, at: datetime) -> PostQuerySet:
    """Return those of the posts that are at a stage; all of them for one that there is not."""
    if stage == SCHEDULED:
        return posts.scheduled(at)
    if stage == Post.Status.PUBLISHED:
        return posts.published(at)
    return posts.filter(status=stage) if stage in LABELS else posts


def in_order(posts: PostQuerySet) -> PostQuerySet:
    """Sort by what asks for an editor first: review, drafts, then all others, the last changed first."""
    turns = [
        When(status=status, then=Value(turn))
        for turn, status in enumerate((Post.Status.REVIEW, Post.Status.DRAFT))
    ]
    turn = Case(*turns, default=Value(len(turns)), output_field=IntegerField())
    return posts.order_by(turn, "-changed_at", "-pk")


def preview_words(post: Post, at: datetime) -> str:
    """Say to whoever has the secret link what they see."""
    stage = stage_of(post, at)
    return str(PREVIEWS[stage.value]) % {"moment": stage.moment}
