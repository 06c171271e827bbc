"""Load or 404: posts for whoever asks for them."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from blog.models import Post
from blog.reading import lists
from common.statements import Statement
from members.accounts import second_factor
from members.capabilities import EDIT_POSTS
from members.readers import reader_of

_BY_SLUG = Statement(lambda slug: lists.for_page().filter(slug=slug))


def may_edit(request: HttpRequest) -> bool:
    """Whether the reader edits posts; costs a visitor and an ordinary member no query."""
    reader = reader_of(request)
    return reader is not None and reader.has_perm(EDIT_POSTS)


def post_or_404(request: HttpRequest, slug: str, at: datetime) -> Post:
    """Return a post with all that its page shows: public or withdrawn for everybody, others for editors.

    What a member writes and has not sent yet is theirs alone (``publishing.for_the_team``).
    """
    post = _BY_SLUG.first(slug=slug)
    if post is None:
        raise Http404
    is_known = post.is_published(at) or post.status == Post.Status.WITHDRAWN
    is_unsent = post.status == Post.Status.DRAFT and post.proposed_by_id is not None
    if not is_known and is_unsent:
        raise Http404
    if not is_known and not may_edit(request):
        second_factor.refuse(request, EDIT_POSTS)
    return post


def public_or_404(slug: str, at: datetime) -> Post:
    """Return a post that everybody may read, with all that its page shows."""
    return get_object_or_404(lists.for_page().published(at), slug=slug)
