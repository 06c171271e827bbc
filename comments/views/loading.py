"""Load or 404: posts and comments for whoever asks; who reads, and what they have left as a guest."""

from typing import Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from comments.reading.threads import Reader
from comments.writing import guests
from members.readers import reader_of

#: Where a browser's session keeps the ids of the comments that were left from it by guests.
LEFT: Final = "comments_left"
#: As many as somebody leaves in one sitting.
MAX_LEFT: Final = 50


def with_own_comments(request: HttpRequest) -> Reader:
    """Return who reads, a guest with the comments that were left from this browser."""
    member = reader_of(request)
    return Reader(member) if member else Reader(left=frozenset(request.session.get(LEFT, ())))


def remember(request: HttpRequest, comment: Comment) -> None:
    """Know a guest's own comment again, for as long as their browser is open."""
    left = [pk for pk in request.session.get(LEFT, ()) if pk != comment.pk]
    request.session[LEFT] = [*left, comment.pk][-MAX_LEFT:]


def post_or_404(slug: str) -> Post:
    """Return a post that everybody may read."""
    return get_object_or_404(Post.objects.published(timezone.now()), slug=slug)


def comment_or_404(slug: str, pk: int) -> Comment:
    """Return a comment on a post that everybody may read, whatever its state."""
    comments = Comment.objects.select_related("post", "member", "thread")
    return get_object_or_404(comments, pk=pk, post=post_or_404(slug))


def published_or_404(slug: str, pk: int) -> Comment:
    """Return a comment that everybody may read."""
    comment = comment_or_404(slug, pk)
    if not comment.is_published:
        raise Http404
    return comment


def own_or_404(request: HttpRequest, slug: str, pk: int) -> Comment:
    """Return a comment of the member who is logged in."""
    comment = comment_or_404(slug, pk)
    if comment.member_id is None or comment.member != reader_of(request):
        raise Http404
    return comment


def guests_or_404(token: str) -> Comment:
    """Return the comment of a guest that the secret part of an address stands for."""
    comment = guests.comment_of(token)
    if comment is None:
        raise Http404
    return comment
