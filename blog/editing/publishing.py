"""What readers see of a post, and when; with ``saving``, which writes it.

*Scheduled* is a post whose moment of publication is to come, so nobody and no worker has to do anything at
that moment. What was withdrawn says at its address why. ``telling`` owes the authors their emails. Doing
again what is done is no error.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from blog import notices
from blog.editing.saving import (
    check_ready,
    has_been_public,
    locked_post,
)
from blog.models import Post, PostQuerySet, new_preview_token
from blog.refusals import NotPossible, NotReady
from common.transactions import retried
from members.models import Member

Status = Post.Status


def for_the_team() -> PostQuerySet:
    """Return the posts that editors see: not what a member writes and has not sent yet."""
    return Post.objects.exclude(status=Status.DRAFT, proposed_by__isnull=False)


@retried
def submit_for_review(post: Post, *, by: Member, at: datetime) -> Post:
    """Hand a draft to the editors; again is not an error. Raises ``NotReady``, ``NotPossible``."""
    locked = locked_post(post)
    if locked.status == Status.REVIEW:
        return locked
    if locked.status != Status.DRAFT:
        raise NotPossible("Only a draft can go to review.")
    if not locked.body.strip():
        raise NotReady([_("a text")])
    return _become(locked, Status.REVIEW, Act.POST_SENT, by=by, at=at)


@retried
def back_to_draft(post: Post, *, by: Member, at: datetime) -> Post:
    """Take a post out of review; a proposed one is the member's again, and its preview theirs alone.

    Raises ``NotPossible``.
    """
    locked = locked_post(post)
    if locked.status == Status.DRAFT:
        return locked
    if locked.status != Status.REVIEW:
        raise NotPossible("Only a post in review can become a draft again.")
    if locked.proposed_by_id is not None:
        locked.preview_token = new_preview_token()
    return _become(locked, Status.DRAFT, Act.POST_DRAFTED, by=by, at=at)


@retried
def publish(post: Post, *, at: datetime, by: Member, from_: datetime | None = None) -> Post:
    """Publish now, or from a moment to come; again is not an error, and another moment moves it.

    What was withdrawn comes back under its first date. Raises ``NotReady``, and ``NotPossible`` where
    something public would have to vanish until ``from_``.
    """
    locked = locked_post(post)
    starts_at = from_ if from_ is not None and from_ > at else at
    was_public = has_been_public(locked, at)
    if was_public and starts_at > at:
        raise NotPossible("Readers know this post, so it cannot be published later.")
    if locked.is_published(at):
        return locked
    check_ready(locked)
    locked.published_at = locked.published_at if was_public else starts_at
    locked.withdrawn_reason = ""
    act = Act.POST_SCHEDULED if starts_at > at else Act.POST_PUBLISHED
    _become(locked, Status.PUBLISHED, act, by=by, at=at)
    notices.queue_publication(locked, by=by, at=at)
    return locked


@retried
def unschedule(post: Post, *, by: Member, at: datetime) -> Post:
    """Take a scheduled post back into review. Raises ``NotPossible`` once it is public."""
    locked = locked_post(post)
    if locked.status == Status.REVIEW:
        return locked
    if not locked.is_scheduled(at):
        raise NotPossible("The post is not scheduled.")
    locked.published_at = None
    notices.cancel_publication_news(locked)
    return _become(locked, Status.REVIEW, Act.POST_UNSCHEDULED, by=by, at=at)


@retried
def withdraw(post: Post, reason: str, *, by: Member, at: datetime) -> Post:
    """Take a public post away; its address then says ``reason``, and the link to its preview is a new one.

    Raises ``NotPossible``, ``NotReady``.
    """
    locked = locked_post(post)
    if locked.status == Status.WITHDRAWN:
        return locked
    if not locked.is_published(at):
        raise NotPossible("Only a post that readers can see can be withdrawn.")
    if not reason.strip():
        raise NotReady(["a sentence that tells readers why"])
    locked.withdrawn_reason = reason.strip()
    locked.preview_token = new_preview_token()
    notices.cancel_publication_news(locked)
    return _become(locked, Status.WITHDRAWN, Act.POST_WITHDRAWN, by=by, at=at)


@retried
def renew_preview(post: Post, *, by: Member, at: datetime) -> Post:
    """Make a new secret link to the preview; the old one leads nowhere from now on."""
    locked = locked_post(post)
    # The stamp stays: the link is no part of what an editor has before them.
    locked.preview_token = new_preview_token()
    Post.objects.filter(pk=locked.pk).update(preview_token=locked.preview_token)
    trail.record(locked, Act.PREVIEW_RENEWED, by=by, at=at)
    return locked


def _become(post: Post, status: Status, act: Act, *, by: Member, at: datetime) -> Post:
    post.status = status
    post.save(update_fields=["status", "published_at", "withdrawn_reason", "preview_token", "changed_at"])
    trail.record(post, act, by=by, at=at)
    return post
