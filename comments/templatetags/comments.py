"""The conversation below a post, for the blog's page, which knows nothing of comments."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone

from blog.models import Post
from comments.reading import articles, threads
from comments.views import box, inline_messages
from comments.views.loading import with_own_comments
from comments.writing import trust
from common import refill_forms
from members.interrupted_forms import cookies
from members.models import Member, SiteSettings

register = template.Library()


@register.simple_tag
def who_wait(post: Post, member: Member | None, site: SiteSettings) -> str:
    """Return whose comments wait, as far as it concerns this reader (``None``: a guest).

    ``all``, ``guests``, ``newcomers``, or "" for authors of the post and those of the team who are exempt.
    """
    if member is not None and member.is_staff and trust.is_team(member):
        return ""
    if site.are_all_comments_held or post.comment_policy == Post.CommentPolicy.HELD:
        return "all"
    if member is None:
        return "guests"
    return "" if any(author.member_id == member.pk for author in post.authors.all()) else "newcomers"


@register.inclusion_tag("comments/_comments.html", takes_context=True)
def comments_of(context: Context, post: Post) -> dict[str, Any]:
    """Show the comments on a post, and the box; ``comment_form`` of the context is one that was refused.

    Two queries, whatever the number of comments.
    """
    request: HttpRequest = context["request"]
    at, reader = timezone.now(), with_own_comments(request)
    here = threads.page(post, request.GET.get("page", 1), reader=reader, at=at)
    said, is_open = inline_messages.place(request, here), post.takes_comments(at)
    held, form = who_wait(post, reader.member, context["site"]), context.get("comment_form")
    if form is None and (refill_forms.is_waiting() or cookies.is_open_question(request)):
        form = box.blank(request, at)
    return {
        "post": post,
        "threads": here,
        "said": said,
        "threads_written": articles.written(
            here, request, is_open=is_open, may_follow=reader.member is not None
        ),
        "is_open": is_open,
        "held": held,
        "box": form,
        "box_written": form or box.written(request, post, held=held, is_open=is_open, at=at),
        "box_url": box.address(post),
        "request": request,
        "site": context.get("site"),
    }
