"""Who is trusted to speak at once, and what makes a comment wait for a moderator (P6).

A guest's comment waits, as does that of an account without a membership, and so does a member's until so
many of their comments (a setting, 1) were published; one that was removed takes that back: they begin again.
Authors of the post are exempt from this rule, and the team from every rule. Beyond it a post, or the whole
site, can hold all comments. Many links, or a form that was sent faster than people type, make a comment
wait; they never refuse it.
"""

import re
from datetime import timedelta
from typing import Final

from django.db.models import F, Max

from blog.models import Author, Post
from comments.models import Comment, Decision
from members.capabilities import EDIT_POSTS, MODERATE
from members.models import Member, SiteSettings

HeldFor = Comment.HeldFor

#: Decisions that take a public comment away.
TAKES_AWAY: Final = (Decision.Kind.REMOVE, Decision.Kind.SPAM)
#: A comment with more links than these waits.
MAX_LINKS: Final = 2
#: Nobody reads the box and writes a comment in less.
QUICKEST: Final = timedelta(seconds=3)
#: What counts as a link, whether or not it would become one on the page.
LINK: Final = re.compile(r"https?://|\bwww\.|\[url|<a\b", re.IGNORECASE)


def is_team(member: Member) -> bool:
    """Whether they may decide about comments, or edit posts."""
    return member.has_perm(MODERATE) or member.has_perm(EDIT_POSTS)


def is_author(post: Post, member: Member) -> bool:
    """Whether the post is theirs."""
    return Author.objects.filter(post=post, member=member).exists()


def is_trusted(member: Member, site: SiteSettings) -> bool:
    """Whether enough of their comments were published since one was last taken away. Two queries at most.

    Taken away is what a moderator removed or marked as spam after it was public, and nobody has published
    since; that its author withdraws it, or a second moderator confirms the removal, does not move the moment.
    """
    if not member.is_member:
        return False
    taken_away = Decision.objects.filter(
        comment__member=member, kind__in=TAKES_AWAY, undone_at=None, at__gte=F("comment__published_at")
    )
    last = taken_away.aggregate(last=Max("at"))["last"]
    published = Comment.objects.published().filter(member=member)
    if last is not None:
        published = published.filter(published_at__gt=last)
    wanted = site.comments_until_trusted
    return published[:wanted].count() >= wanted


def why_held(
    post: Post,
    body: str,
    *,
    by: Member | None,
    took: timedelta | None = None,
    fell_into_trap: bool = False,
) -> str:
    """Return why a comment by ``by`` (``None``: a guest) has to wait, "" where it need not.

    ``took`` is how long the form was open, where that is known.
    """
    if by is not None and is_team(by):
        return ""
    if fell_into_trap:
        return HeldFor.TRAP
    site = SiteSettings.load()
    if site.are_all_comments_held:
        return HeldFor.SITE
    if post.comment_policy == Post.CommentPolicy.HELD:
        return HeldFor.POST
    return _by_writer(post, site, by) or _by_text(body, took)


def _by_writer(post: Post, site: SiteSettings, by: Member | None) -> str:
    if by is None:
        return HeldFor.GUEST
    if is_author(post, by) or is_trusted(by, site):
        return ""
    return HeldFor.NEWCOMER


def _by_text(body: str, took: timedelta | None) -> str:
    if took is not None and took < QUICKEST:
        return HeldFor.QUICK
    return HeldFor.LINKS if len(LINK.findall(body)) > MAX_LINKS else ""
