"""A post as it is now, for whoever has its secret link: no account, no comments, nothing kept on the way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.editing import stages
from blog.reading import lists
from blog.views.pages import render_post


@require_safe
@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the post in whatever state it is, and say so."""
    post = get_object_or_404(lists.for_page(), preview_token=token)
    answer = render_post(request, post, preview=stages.preview_words(post, timezone.now()))
    answer["X-Robots-Tag"] = "noindex"
    return answer
