"""The list of posts, and a post."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from blog import blocks, body, contact, filter_forms
from blog.models import Post
from blog.reading import entries, lists
from blog.views.loading import may_edit, post_or_404
from common.words import counted
from members.readers import reader_of

NOT_PUBLISHED: Final = gettext_lazy("Only editors see this: it is not published.")


@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    """Published posts, the newest first, or those that the filters in the address name."""
    now = timezone.now()
    options = lists.options(now)
    wanted = options.wanted(request.GET)
    page = lists.page(request.GET.get("page"), at=now, wanted=wanted)
    result = counted(page.paginator.count, "%(count)s post", "%(count)s posts")
    context = {
        "page": page,
        "entries": [entries.written(post) for post in page],
        "filters": wanted,
        "filter_bar": filter_forms.written(wanted, options, result),
        "may_edit": may_edit(request),
    }
    return render(request, "blog/list.html", context)


@require_safe
def post_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A post with the conversation below it; one that was withdrawn says why."""
    post = post_or_404(request, slug, timezone.now())
    if post.status == Post.Status.WITHDRAWN:
        return render(
            request, "blog/withdrawn.html", {"post": post, "may_edit": may_edit(request)}, status=410
        )
    return render_post(request, post)


def render_post(
    request: HttpRequest, post: Post, *, status: int = 200, preview: str = "", **more: Any
) -> HttpResponse:
    """Return the page of a post, or its ``preview``, which says so in these words and has no comments.

    ``more`` goes into its context (a comment that was refused, for one).
    """
    now = timezone.now()
    if not hasattr(post, "shown_themes"):
        post = lists.for_page().get(pk=post.pk)
    is_public = post.is_published(now)
    context = {
        "post": post,
        "preview": preview,
        "notice": preview or ("" if is_public else NOT_PUBLISHED),
        "lead": blocks.shown(post.lead_picture),
        "blocks": blocks.blocks_of(post, at=now, reader=reader_of(request)),
        "minutes": body.minutes(post.text),
        "related": lists.related(post, now),
        "can_write_to": bool(contact.reached(post)),
        "themes": _with_addresses(post.shown_themes),  # type: ignore[attr-defined]  # of for_page
        "subjects": lists.subjects(post),
        "is_public": is_public,
        "is_live": is_public and not preview,
        "takes_comments": post.takes_comments(now),
        "root": settings.SITE_URL,
        "may_edit": may_edit(request),
    }
    return render(request, "blog/post.html", context | more, status=status)


def _with_addresses(themes: list[dict[str, str]]) -> list[tuple[dict[str, str], str]]:
    return [(one, reverse("events:theme", args=[one["event"], one["slug"]])) for one in themes]
