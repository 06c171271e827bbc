"""The emails about comments: one function each, true at the moment of delivery.

Anybody can type in somebody's address: until a guest has confirmed theirs, letters to it carry neither the
name nor a word that was typed in with it. Web addresses that people write become "[link]", so that all links
are the site's own. A decision that was undone, and a comment that is not public any more, are not told.
``telling`` is what puts letters into the outbox.
"""

import re
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments import following
from comments.models import Comment, Decision, Follow
from comments.moderation.backlog import waiting
from comments.moderation.outcome_for_author import can_ask, reason_of
from comments.reading import texts
from comments.writing import guests
from events.emails import can_be_reached
from members import email_choices
from members.email_choices import Choice
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

Status = Comment.Status

BY_HER_COMMENT: Final = gettext_lazy("You get this email because you left a comment on our site.")
BY_SOMEBODY: Final = gettext_lazy(
    "You get this email because somebody, probably you, left a comment with this address on our site."
)
BY_FOLLOWING: Final = gettext_lazy("You get this email because you follow a conversation on our site.")
BY_POST: Final = gettext_lazy("You get this email because you are an author of this post.")
BY_MODERATING: Final = gettext_lazy("You get this email because you moderate comments on our site.")
#: The choice of authors by which they are not told of comments on their posts.
ON_YOUR_POST: Final = "own-posts"
#: What mail programs would make links of.
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: How much of a comment a letter shows.
MAX_QUOTED_CHARS: Final = 300


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    for kind, render in (
        ("comment-received", received),
        ("comment-add-to-account", received),
        ("comment-new-link", new_link),
        ("comment-published", published),
        ("comment-not-published", not_published),
        ("comment-removed", removed),
        ("comment-reply", reply),
        ("comment-on-your-post", on_your_post),
        ("moderation-digest", digest),
    ):
        outbox.register(kind, render, is_private=kind in guests.KINDS)
    email_choices.register(
        Choice(
            ON_YOUR_POST,
            gettext_lazy("Comments on posts that you wrote"),
            gettext_lazy("An email for each new comment below a post of which you are an author."),
        )
    )


def received(message: Message) -> Letter | None:
    """Tell a guest that we have their comment, or that they can add it to the account of that address."""
    comment = _comment(message)
    if comment is None or comment.member_id is not None or comment.status == Status.WITHDRAWN:
        return None
    context = {
        "is_published": comment.is_published,
        "wants_replies": following.is_unconfirmed(comment),
        "confirm_url": _url("comments:confirm", guests.confirmation_token_of(comment)),
        "add_url": _url("comments:add", guests.account_token_of(comment)),
    }
    return _write(message, comment, context, reason=BY_SOMEBODY)


def new_link(message: Message) -> Letter | None:
    """Bring a guest the link to their comment anew."""
    comment = _comment(message)
    if comment is None or comment.member_id is not None:
        return None
    return _write(message, comment, {}, reason=BY_SOMEBODY)


def published(message: Message) -> Letter | None:
    """Tell its author that their comment, or a change to it, is public, or is so again after a removal."""
    comment, decision = _comment(message), _decision(message)
    if comment is None or decision is None or not comment.is_published:
        return None
    is_back = decision.kind == Decision.Kind.UNDO
    return _write(message, comment, {"is_change": _is_change(decision), "is_back": is_back})


def not_published(message: Message) -> Letter | None:
    """Tell its author why their comment, or a change to it, is not public, and how to ask to look again."""
    comment, decision = _comment(message), _decision(message)
    if comment is None or decision is None or comment.status == Status.WITHDRAWN:
        return None
    is_change = _is_change(decision)
    if comment.is_published and not is_change:
        return None
    return _write(message, comment, _against(comment, decision) | {"is_change": is_change})


def removed(message: Message) -> Letter | None:
    """Tell its author why their comment was removed, and how to ask to look again."""
    comment, decision = _comment(message), _decision(message)
    if comment is None or decision is None or comment.status != Status.REMOVED:
        return None
    return _write(message, comment, _against(comment, decision))


def reply(message: Message) -> Letter | None:
    """Tell whoever follows a thread of a reply in it."""
    comment = _comment(message)
    follow = Follow.objects.filter(pk=message.payload.get("follow")).select_related("guest_comment").first()
    if comment is None or follow is None or not comment.is_published:
        return None
    left = follow.guest_comment
    name = left.guest_name if left and left.address_confirmed_at else ""
    stop_url = _url("comments:stop", following.token_of(follow))
    return _news(message, comment, reason=BY_FOLLOWING, unsubscribe_url=stop_url, name=name)


def on_your_post(message: Message) -> Letter | None:
    """Tell an author of the post of a comment on it."""
    comment = _comment(message)
    member = _member(message)
    if comment is None or member is None or not comment.is_published:
        return None
    if not email_choices.wants(member, ON_YOUR_POST):
        return None
    stop_url = email_choices.stop_url(member, ON_YOUR_POST)
    return _news(message, comment, reason=BY_POST, unsubscribe_url=stop_url)


def digest(message: Message) -> Letter | None:
    """Tell a moderator what waits; nothing where nothing does any more."""
    member = _member(message)
    found = waiting(at=timezone.now())
    if member is None or not found.is_any:
        return None
    context = {"waiting": found, "moderation_url": f"{settings.SITE_URL}/team/moderation/"}
    return compose(message.kind, to=member, context=context, reason=str(BY_MODERATING))


def without_links(words: str) -> str:
    """Return the beginning of what somebody wrote, without addresses of the web."""
    return texts.beginning(ADDRESS.sub(_("[link]"), words), MAX_QUOTED_CHARS)


def _news(message: Message, comment: Comment, **how: Any) -> Letter | None:
    context = {"who": comment.shown_name, "words": without_links(comment.body)}
    return _write(message, comment, context, **how)


def _write(
    message: Message,
    comment: Comment,
    context: dict[str, Any],
    *,
    reason: str | Promise = BY_HER_COMMENT,
    unsubscribe_url: str = "",
    name: str | None = None,
) -> Letter | None:
    """Write to the member of the message, or to its address; ``None`` where nobody can be reached there."""
    member = _member(message)
    is_forgotten = message.email == guests.ERASED
    if is_forgotten or (message.member_id is not None and member is None):
        return None
    if name is None:
        name = comment.guest_name if comment.address_confirmed_at else ""
    about = {
        "post": comment.post,
        "greeted": member.name if member else name,
        "comment_url": settings.SITE_URL + comment.get_absolute_url(),
        "status_url": _url("comments:mine", guests.token_of(comment)) if comment.is_guests else "",
    }
    to = member or message.email
    return compose(
        message.kind, to=to, context=about | context, reason=str(reason), unsubscribe_url=unsubscribe_url
    )


def _against(comment: Comment, decision: Decision) -> dict[str, Any]:
    """Return what a letter says about a decision against a comment."""
    look_again = ["comments:guest_look_again", guests.token_of(comment)]
    if not comment.is_guests:
        look_again = ["comments:look_again", comment.post.slug, str(comment.pk)]
    return {
        "why": reason_of(decision),
        "words": decision.words,
        "is_second_look": bool(decision.was.get("appealed_at")),
        "again_url": _url(*look_again) if can_ask(comment) else "",
        "policy_url": _url("members:policy", "comments"),
    }


def _is_change(decision: Decision) -> bool:
    """Whether it was about an edit of a comment that is public."""
    was = decision.was
    return was.get("status") == Status.PUBLISHED and bool(was.get("pending_body"))


def _comment(message: Message) -> Comment | None:
    rows = Comment.objects.select_related("post", "member")
    return rows.filter(pk=message.payload.get("comment")).first()


def _decision(message: Message) -> Decision | None:
    """Return the decision that stands."""
    return Decision.objects.filter(pk=message.payload.get("decision"), undone_at=None).first()


def _member(message: Message) -> Member | None:
    """Return the member who is written to, if they can be reached."""
    member = message.member
    return member if isinstance(member, Member) and can_be_reached(member) else None


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)
