"""Leaving a comment, answering one, and the permalink that finds the page a comment is on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from blog.views.pages import render_post
from comments.forms import CommentForm
from comments.models import Comment
from comments.reading import texts, threads
from comments.views import box
from comments.views.loading import comment_or_404, post_or_404, published_or_404, with_own_comments
from members.readers import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a comment on the post; a refused one comes back in its box."""
    post = post_or_404(slug)
    if request.method != "POST":
        return redirect(f"{post.get_absolute_url()}#comments")
    form = box.sent(request)
    return box.post(request, post, form, None) or render_post(request, post, comment_form=form, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a comment. Where it has gone meanwhile, what they typed comes back in the post's own box."""
    if request.method != "POST":
        answered = published_or_404(slug, pk)
        return _reply_page(request, answered, box.blank(request, timezone.now()))
    answered = comment_or_404(slug, pk)
    form = box.sent(request)
    done = box.post(request, answered.post, form, answered)
    if done is None and not answered.is_published:
        return render_post(request, answered.post, comment_form=form, form=form)
    return done or _reply_page(request, answered, form)


@require_safe
def permalink(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Lead to where the comment stands; its author, where it stands nowhere, to what was decided."""
    comment = comment_or_404(slug, pk)
    place = threads.address_of(comment, reader=with_own_comments(request))
    if place is not None:
        return redirect(place)
    if comment.member is not None and comment.member == reader_of(request):
        return redirect("comments:look_again", slug, pk)
    raise Http404


def _reply_page(request: HttpRequest, answered: Comment, form: CommentForm) -> HttpResponse:
    context = {
        "post": answered.post,
        "answered": answered,
        "body": texts.to_html(answered.body),
        "is_open": answered.post.takes_comments(form.at),
        "form": form,
    }
    return render(request, "comments/reply.html", context)
