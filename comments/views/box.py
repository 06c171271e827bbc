"""The box that a comment is typed in: made for whoever reads, and what happens when it is sent."""

import secrets
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Post
from comments.forms import CommentForm, own_values
from comments.models import Comment
from comments.moderation import spam_check
from comments.reading import threads
from comments.refusals import CommentRefused, SaysNothing
from comments.views import rate_limits
from comments.views.loading import remember, with_own_comments
from comments.writing import authoring, guests
from common import languages
from common.recent import Recent
from members.interrupted_forms import saved_forms
from members.interrupted_forms.hidden_fields import MARK, with_their_fields
from members.interrupted_forms.middleware import forget, to_log_in
from members.readers import reader_of

WAITS: Final = gettext_lazy(
    "Thank you. Your comment waits for a moderator, usually for less than one working day. "
    "We will email you when it is published."
)
PUBLISHED: Final = gettext_lazy("Thank you. Your comment is published.")
#: What stands in a box that is kept, for what each opening of it has of its own.
_MARKS: Final = {"submission": secrets.token_hex(32), "opened": secrets.token_hex(32)}
#: Some kilobytes each.
_kept: Recent[SafeString] = Recent(256)


def address(post: Post, reply_to: Comment | None = None) -> str:
    """Return where the box stands: below the post, or on the page of what it answers."""
    return f"{reply_to.get_absolute_url()}reply/" if reply_to else f"{post.get_absolute_url()}#comment-box"


def blank(request: HttpRequest, at: datetime) -> CommentForm:
    """Return the box, for whoever reads."""
    return CommentForm(member=reader_of(request), at=at)


def written(request: HttpRequest, about: Post, *, held: str, is_open: bool, at: datetime) -> SafeString:
    """Return the blank box below a post; ``held`` says whose comments wait.

    It is kept for all who see it alike, with marks for what each opening of it has of its own.
    """
    member = reader_of(request)
    shown = (about.slug, about.comment_policy, about.comments_close_at, is_open, held)
    html: str = _kept.get(
        (shown, member and member.name, languages.current()),
        lambda: _marked(about, CommentForm(member=member, at=at), {"held": held, "is_open": is_open}),
    )
    for name, value in own_values(at).items():
        html = html.replace(_MARKS[name], value)
    return with_their_fields(html, request)


def _marked(about: Post, form: CommentForm, shows: dict[str, object]) -> SafeString:
    for name, mark in _MARKS.items():
        form.fields[name].initial = mark
    action = f"{reverse('comments:leave', args=[about.slug])}#comment-box"
    shows |= {"post": about, "form": form, "action": action, "box_url": address(about)}
    return render_to_string("comments/_box.html", shows | {"submit": _("Post comment"), "csrf_token": MARK})


def sent(request: HttpRequest) -> CommentForm:
    """Return the box as it was sent."""
    return CommentForm(request.POST, member=reader_of(request), at=timezone.now())


def post(
    request: HttpRequest, about: Post, form: CommentForm, reply_to: Comment | None
) -> HttpResponse | None:
    """Leave the comment, or lead to logging in; ``None`` where the form now says what is wrong."""
    if "log_in" in request.POST and form.member is None:
        return _log_in(request, about, form, reply_to)
    if not form.is_valid():
        return None
    if not rate_limits.allow(request, "comment"):
        form.add_error(None, rate_limits.WORDS)
        return None
    try:
        comment = authoring.leave(
            about,
            form.cleaned_data["body"],
            by=form.by,
            at=form.at,
            sent=form.sent(about, reply_to),
            reply_to=reply_to,
        )
    except CommentRefused as refusal:
        form.add_error("body" if isinstance(refusal, SaysNothing) else None, str(refusal))
        return None
    forget(request)
    spam_check.ask_later(
        comment, ip=rate_limits.address_of(request), browser=request.headers.get("User-Agent", "")
    )
    return _after(request, comment)


def _log_in(
    request: HttpRequest, about: Post, form: CommentForm, reply_to: Comment | None
) -> HttpResponse | None:
    if not form.is_valid_to_log_in():
        return None
    box = address(about, reply_to)
    login_url = redirect_to_login(box).url
    words = saved_forms.words_of(request.POST)
    if not form.cleaned_data["body"]:
        return redirect(login_url)
    return redirect(to_log_in(request, words, login_url, box, is_said=False))


def _after(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Lead on: a guest to their comment's own page, a member to where it stands."""
    if comment.is_guests:
        remember(request, comment)
        return redirect("comments:mine", guests.token_of(comment))
    messages.success(request, str(PUBLISHED if comment.is_published else WAITS))
    place = threads.address_of(comment, reader=with_own_comments(request))
    return redirect(place or comment.post)
