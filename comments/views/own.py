"""What the author of a comment does with it: edit, withdraw, ask to look again.

A member is known by their account, a guest by the secret address of their comment's own page; both have the
same pages.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.actors import VISITOR, By
from comments.forms import EditForm, LookAgainForm
from comments.models import Comment
from comments.moderation import appeals
from comments.moderation.outcome_for_author import outcome_of
from comments.reading import texts, threads
from comments.refusals import CommentRefused
from comments.views.loading import comment_or_404, guests_or_404, own_or_404, with_own_comments
from comments.views.unlisted import secret
from comments.writing import authoring
from members.readers import reader_of

page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class OwnComment:
    """A comment as its author comes to it, and the page that they go back to."""

    comment: Comment
    back: str

    @property
    def by(self) -> By:
        """Who acts: its author."""
        return self.comment.member or VISITOR


@page
@login_required
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change the words of a comment, for ten minutes."""
    return _edit(request, _members(request, slug, pk))


@page
@secret
def guest_edit(request: HttpRequest, token: str) -> HttpResponse:
    """Change the words of a guest's comment, for ten minutes."""
    return _edit(request, _guests(token))


@page
@login_required
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask first, then take a comment back."""
    return _withdraw(request, _members(request, slug, pk))


@page
@secret
def guest_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, then take a guest's comment back."""
    return _withdraw(request, _guests(token))


@page
@login_required
def look_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what was decided about a comment and why, and take their asking to look again.

    The address stands in emails: who comes by it and is somebody else is led to the comment's post.
    """
    comment = comment_or_404(slug, pk)
    if comment.member != reader_of(request):
        return redirect(comment.post)
    return _look_again(request, _members(request, slug, pk))


@page
@secret
def guest_look_again(request: HttpRequest, token: str) -> HttpResponse:
    """Take a guest's asking to look again."""
    return _look_again(request, _guests(token))


def _members(request: HttpRequest, slug: str, pk: int) -> OwnComment:
    comment = own_or_404(request, slug, pk)
    comment.member = reader_of(request)
    place = threads.address_of(comment, reader=with_own_comments(request))
    return OwnComment(comment, place or comment.post.get_absolute_url())


def _guests(token: str) -> OwnComment:
    return OwnComment(guests_or_404(token), reverse("comments:mine", args=[token]))


def _edit(request: HttpRequest, own: OwnComment) -> HttpResponse:
    comment, now = own.comment, timezone.now()
    words = comment.pending_body or comment.body
    form = EditForm(request.POST if request.method == "POST" else None, initial={"body": words})
    if form.is_valid():
        try:
            edited = authoring.edit(comment, form.cleaned_data["body"], by=own.by, at=now)
        except CommentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            waits = edited.pending_body or not edited.is_published
            said = _("Your change waits for a moderator.") if waits else _("Your comment is changed.")
            messages.success(request, said)
            return redirect(own.back)
    context = {"comment": comment, "back": own.back, "form": form}
    context |= {"may_edit": authoring.may_edit(comment, now), "until": authoring.edit_until(comment)}
    return render(request, "comments/edit.html", context)


def _withdraw(request: HttpRequest, own: OwnComment) -> HttpResponse:
    if request.method == "POST":
        authoring.withdraw(own.comment, by=own.by, at=timezone.now())
        messages.success(request, _("Your comment is withdrawn."))
        back = own.comment.post.get_absolute_url() if own.comment.member_id else own.back
        return redirect(back)
    context = {
        "comment": own.comment,
        "body": texts.to_html(own.comment.body),
        "can_withdraw": own.comment.status not in authoring.ENDED,
        "back": own.back,
    }
    return render(request, "comments/withdraw.html", context)


def _look_again(request: HttpRequest, own: OwnComment) -> HttpResponse:
    form = LookAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            appeals.appeal(own.comment, words, by=own.by, at=timezone.now())
        except CommentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. A moderator will look at your comment again and email you.")
            )
            return redirect(own.back)
    context = {
        "comment": own.comment,
        "body": texts.to_html(own.comment.body),
        "outcome": outcome_of(own.comment, at=timezone.now()),
        "form": form,
        "back": own.back,
    }
    return render(request, "comments/look_again.html", context)
