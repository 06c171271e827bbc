"""The page of an author: their posts, and the sessions they host."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.reading import authors, entries, lists


@require_safe
def author_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a member has written."""
    return _page(request, authors.by_number(pk, timezone.now()))


@require_safe
def author_by_name(request: HttpRequest, slug: str) -> HttpResponse:
    """What somebody without an account has written."""
    return _page(request, authors.by_name(slug, timezone.now()))


def _page(request: HttpRequest, writer: authors.Writer | None) -> HttpResponse:
    if writer is None:
        raise Http404
    posts = authors.posts_of(writer, timezone.now())
    page = Paginator(posts, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "writer": writer,
        "page": page,
        "entries": [entries.written(post) for post in page],
        "sessions": authors.sessions_of(writer),
    }
    return render(request, "blog/author.html", context)
