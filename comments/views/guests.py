"""The pages of guests, by secret addresses: how a comment stands, an address confirmed, an account joined."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments import following
from comments.moderation.outcome_for_author import outcome_of
from comments.reading import texts, threads
from comments.refusals import CommentRefused, LinkEnded
from comments.views.loading import guests_or_404, with_own_comments
from comments.views.unlisted import secret
from comments.writing import authoring, guests
from members.readers import reader_of

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@secret
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """How a guest's comment stands, and what they can do with it; works without their address."""
    comment, now = guests_or_404(token), timezone.now()
    context = {
        "comment": comment,
        "token": token,
        "address": f"{settings.SITE_URL}{request.path}",
        "body": texts.to_html(comment.body),
        "pending_body": texts.to_html(comment.pending_body) if comment.has_pending_edit else "",
        "outcome": outcome_of(comment, at=now),
        "is_unconfirmed": following.is_unconfirmed(comment),
        "may_edit": authoring.may_edit(comment, now),
        "may_withdraw": comment.status not in authoring.ENDED,
        "until": authoring.edit_until(comment),
    }
    return render(request, "comments/mine.html", context)


@require_POST
@secret
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a guest whose link was ended a new one; whose link opens goes back to the page."""
    try:
        guests_or_404(token)
    except LinkEnded as ended:
        if not guests.ask_for_link(ended.comment, at=timezone.now()):
            raise
        messages.success(request, _("We are emailing a new link to the address that you left."))
    return redirect("comments:mine", token)


@page
@secret
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let a guest say that the address is theirs, by a button: mail scanners press links."""
    comment = guests.comment_to_confirm(token)
    if comment is None:
        raise Http404
    if request.method == "POST":
        guests.confirm_address(comment, at=timezone.now())
        messages.success(request, _("Thank you. Your address is confirmed."))
        return redirect("comments:mine", guests.token_of(comment))
    return render(request, "comments/confirm.html", {"comment": comment})


@page
@secret
@login_required
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Make a guest's comment the member's who is logged in, where it was left with their address."""
    comment, member = guests.comment_to_add(token), reader_of(request)
    if comment is None or member is None:
        raise Http404
    if request.method == "POST":
        try:
            guests.add_to_account(comment, member, at=timezone.now())
        except CommentRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("comments:add", token)
        else:
            messages.success(request, _("The comment is yours now and carries the name of your account."))
            comment.member = member
            place = threads.address_of(comment, reader=with_own_comments(request))
            return redirect(place or comment.post)
    context = {
        "comment": comment,
        "body": texts.to_html(comment.body),
        "is_added": comment.member_id == member.pk,
        "may_add": comment.guest_email.lower() == member.email.lower(),
    }
    return render(request, "comments/add.html", context)
