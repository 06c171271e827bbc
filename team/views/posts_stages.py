"""What readers see of a post: review, publishing now or later, withdrawing, the link to the preview."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from blog import notices
from blog.editing import autosave, publishing, saving, stages
from blog.forms import PublishForm, WithdrawForm
from blog.models import Post
from blog.refusals import PostRefused
from team import posts
from team.guards import acting_member, allowed_if
from team.posts import may_edit


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is missing and whom it mails, then publish now or at a time."""
    post, now = posts.post_or_404(pk), timezone.now()
    form = PublishForm(request.POST) if request.method == "POST" else PublishForm(initial=_initial(post, now))
    if saving.has_been_public(post, now):
        del form.fields["moment"], form.fields["when"]
    if request.method == "POST" and form.is_valid():
        moment = form.cleaned_data.get("moment")
        try:
            published = publishing.publish(post, at=now, by=acting_member(request), from_=moment)
        except PostRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _to(request, published, now)
    context = {
        "post": post,
        "form": form,
        "stage": stages.stage_of(post, now),
        "missing": saving.missing(post),
        "mails": notices.names(notices.whom_publishing_mails(post, by=acting_member(request))),
        "is_public": post.is_published(now),
        "was_public": saving.has_been_public(post, now),
        "kept": autosave.kept_of(post, acting_member(request)),
    }
    return render(request, "team/posts/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason that readers are told, then take the post away."""
    post, now = posts.post_or_404(pk), timezone.now()
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw(post, form.cleaned_data["reason"], by=acting_member(request), at=now)
        except PostRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The post is withdrawn. Its address says why.")
            return redirect("team:post_edit", pk)
    context = {"post": post, "form": form, "is_public": post.is_published(now)}
    return render(request, "team/posts/withdraw.html", context)


def send_to_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to review, once its form has saved what is on the screen."""
    post, now = posts.post_or_404(pk), timezone.now()
    try:
        publishing.submit_for_review(post, by=acting_member(request), at=now)
    except PostRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "The post is in review.")
    return redirect("team:post_edit", pk)


@require_POST
@allowed_if(may_edit)
def back_to_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post out of review; a member's goes back to them, out of the editors' sight."""
    post, now = posts.post_or_404(pk), timezone.now()
    form_url = posts.keep_if_sent(post, request.POST, by=acting_member(request), at=now)
    try:
        drafted = publishing.back_to_draft(post, by=acting_member(request), at=now)
    except PostRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(form_url)
    if drafted.proposed_by_id is None:
        messages.success(request, "The post is a draft again.")
        return redirect(form_url)
    messages.success(
        request, f"“{drafted}” is {post.proposed_by}’s draft again, and comes back when it is sent."
    )
    return redirect("team:posts")


@require_POST
@allowed_if(may_edit)
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post off the schedule."""
    return _act(request, pk, publishing.unschedule, "The post is off the schedule, and in review.")


@require_POST
@allowed_if(may_edit)
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new link to the preview; the old one ends."""
    return _act(
        request, pk, publishing.renew_preview, "There is a new link. The old one does not work any more."
    )


def _act(request: HttpRequest, pk: int, rule: Callable[..., Post], done: str) -> HttpResponse:
    """Act by the rule; what stood in the form beside the button is kept, and stands in it again."""
    post, now = posts.post_or_404(pk), timezone.now()
    form_url = posts.keep_if_sent(post, request.POST, by=acting_member(request), at=now)
    try:
        rule(post, by=acting_member(request), at=now)
    except PostRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(form_url)


def _initial(post: Post, now: datetime) -> dict[str, object]:
    """Return what the form begins with: the time at which a scheduled post comes out."""
    return {"when": "later", "moment": post.published_at} if post.is_scheduled(now) else {}


def _to(request: HttpRequest, post: Post, now: datetime) -> HttpResponse:
    """Go on to what readers see, or to the form of what they will."""
    if post.is_published(now):
        messages.success(request, "The post is published.")
        return redirect(post)
    messages.success(request, f"The post comes out on {stages.stage_of(post, now).moment}.")
    return redirect("team:post_edit", post.pk)
