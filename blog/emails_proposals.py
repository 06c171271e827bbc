"""Emails to those who write posts: the editors have it, and it is out."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from blog import notices
from blog.models import Post
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

BY_PROPOSAL: Final = gettext_lazy("You get this email because you proposed a post.")
BY_AUTHORSHIP: Final = gettext_lazy("You get this email because you wrote this post.")


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register(notices.RECEIVED, proposal_received)
    outbox.register(notices.PUBLISHED, post_published)


def proposal_received(message: Message) -> Letter | None:
    """Say that the editors have their post, and what comes next; nothing once they have taken it back."""
    post, member = _post(message), message.member
    if post is None or not isinstance(member, Member) or post.status == Post.Status.DRAFT:
        return None
    page = settings.SITE_URL + reverse("blog:proposal", args=[post.pk])
    context = {"post": post, "proposal_url": page}
    return compose("proposal-received", to=member, context=context, reason=str(BY_PROPOSAL))


def post_published(message: Message) -> Letter | None:
    """Say that their post is out and where; nothing where it is not, or is theirs no longer."""
    post, member = _post(message), message.member
    if post is None or not isinstance(member, Member) or not post.is_published(timezone.now()):
        return None
    is_hers = post.proposed_by_id == member.pk
    if not is_hers and not post.authors.filter(member=member).exists():
        return None
    context = {"post": post, "post_url": settings.SITE_URL + post.get_absolute_url()}
    reason = str(BY_PROPOSAL if is_hers else BY_AUTHORSHIP)
    return compose("post-published", to=member, context=context, reason=reason)


def _post(message: Message) -> Post | None:
    return Post.objects.filter(pk=message.payload.get("post")).first()
