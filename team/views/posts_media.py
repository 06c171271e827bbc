"""Pictures and videos of a post: adding, changing what is said of them, removing."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blog import blocks
from blog.editing import autosave
from blog.media import pictures, video_links
from blog.media.pictures import PictureRefused
from blog.media.video_links import About
from blog.media_forms import PictureForm, PictureWordsForm, VideoForm
from blog.models import Post
from blog.refusals import PostRefused
from team import posts
from team.guards import acting_member, allowed_if
from team.posts import may_edit

VISIBLE = ("title", "url", "length", "transcript")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def new_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a picture."""
    post = posts.post_or_404(pk)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = pictures.add(
                post,
                values["file"],
                values["alternative_text"],
                values["caption"],
                by=acting_member(request),
                at=timezone.now(),
            )
        except PictureRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return back(
                request, post, f"Picture {made.number} is there. Put it into the text where it belongs."
            )
    return media_page(request, post, form, title="Add a picture", submit="Add the picture")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change what is said of a picture."""
    post = posts.post_or_404(pk)
    one = posts.picture_or_404(post, number)
    words = {"alternative_text": one.alternative_text, "caption": one.caption}
    form = PictureWordsForm(request.POST if request.method == "POST" else None, initial=words)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        pictures.describe(
            one, values["alternative_text"], values["caption"], by=acting_member(request), at=timezone.now()
        )
        return back(request, post, f"What is said of picture {number} is changed.")
    title = f"Picture {number}"
    return media_page(request, post, form, title=title, submit="Save", shown=blocks.shown(one))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def remove_picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask, then remove a picture."""
    post = posts.post_or_404(pk)
    one = posts.picture_or_404(post, number)
    if request.method == "POST":
        pictures.remove(one, by=acting_member(request), at=timezone.now())
        return back(request, post, f"Picture {number} is removed.")
    return asks(request, post, title=f"Remove picture {number}", shown=blocks.shown(one))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def new_video(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a video."""
    post = posts.post_or_404(pk)
    form = VideoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = video_links.add(
                post, About(**form.cleaned_data), by=acting_member(request), at=timezone.now()
            )
        except PostRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(
                request, post, f"Video {made.number} is there. Put it into the text where it belongs."
            )
    return media_page(request, post, form, title="Add a video", submit="Add the video")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def video(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change a video."""
    post = posts.post_or_404(pk)
    one = posts.video_or_404(post, number)
    initial = {name: getattr(one, name) for name in VISIBLE}
    form = VideoForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        video_links.change(one, About(**form.cleaned_data), by=acting_member(request), at=timezone.now())
        return back(request, post, f"Video {number} is changed.")
    return media_page(request, post, form, title=f"Video {number}", submit="Save")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def remove_video(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask, then remove a video."""
    post = posts.post_or_404(pk)
    one = posts.video_or_404(post, number)
    if request.method == "POST":
        video_links.remove(one, by=acting_member(request), at=timezone.now())
        return back(request, post, f"Video {number} is removed.")
    return asks(request, post, title=f"Remove video {number}", video=one)


def back(request: HttpRequest, post: Post, said: str) -> HttpResponse:
    """Return to the form, with what they had typed before they went."""
    messages.success(request, said)
    typed = "?typed=1" if autosave.kept_of(post, acting_member(request)) else ""
    return redirect(reverse("team:post_edit", args=[post.pk]) + typed)


def media_page(
    request: HttpRequest, post: Post, form: Form, *, title: str, submit: str, **shown: object
) -> HttpResponse:
    """Show the form of a picture, video or piece of audio; ``shown`` or ``heard`` is what is there."""
    context = {"post": post, "form": form, "title": title, "submit": submit, **shown}
    return render(request, "team/posts/media.html", context)


def asks(request: HttpRequest, post: Post, *, title: str, **context: Any) -> HttpResponse:
    """Ask before something of a post is removed."""
    return render(request, "team/posts/remove.html", {"post": post, "title": title, **context})
