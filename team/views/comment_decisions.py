"""What a moderator decides: each act is one call of a rule, and a sentence about what became of it.

Every form carries ``seen``, the version of the comment that its page showed, so that nobody decides about
what they have not seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comments.models import Comment, Decision
from comments.moderation import decisions
from comments.refusals import CommentRefused
from comments.writing import guests
from common.http import parse_id
from members.models import Member
from team.guards import acting_member, allowed_if, may_moderate, may_see_addresses
from team.moderation import queues
from team.moderation.action_labels import WORDS
from team.moderation.comment_review import review
from team.moderation_forms import reason_form, redact_form, reply_form
from team.views.action_responses import Note, answer, answer_undo, is_in_place, page_of, refused

#: No comment has this version: a form without one has seen nothing.
NOTHING_SEEN: Final = -1
#: What is words in place where a form cannot be opened any more.
NOT_NOW: Final = "This cannot be done now: something has happened to the comment since you opened the page."


@dataclass(frozen=True)
class ModerationRequest:
    """Who decides about which comment, when, and which version of it they saw."""

    request: HttpRequest
    comment: Comment
    by: Member
    at: datetime
    seen: int


Do = Callable[[ModerationRequest], object]
DoWithForm = Callable[[ModerationRequest, dict[str, Any]], object]
MakeForm = Callable[[Any, Comment, str], forms.Form]


def _request(request: HttpRequest, pk: int) -> ModerationRequest:
    comment = get_object_or_404(queues.in_context(), pk=pk)
    seen = request.POST.get("seen", "")
    version = parse_id(seen) if seen == str(parse_id(seen)) else NOTHING_SEEN
    return ModerationRequest(request, comment, acting_member(request), timezone.now(), version)


def action(do: Do) -> Callable[..., HttpResponse]:
    """Make a view of an act that needs no words."""

    @require_POST
    @allowed_if(may_moderate)
    @wraps(do)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        asked = _request(request, pk)
        try:
            do(asked)
        except CommentRefused as refusal:
            return answer(request, asked.comment, refused(refusal))
        return answer(request, asked.comment, Note("success", WORDS[do.__name__].done))

    return view


def action_with_words(make_form: MakeForm) -> Callable[[DoWithForm], Callable[..., HttpResponse]]:
    """Make a view of an act that asks for words first, on a page of its own or in place."""

    def decorate(do: DoWithForm) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @allowed_if(may_moderate)
        @wraps(do)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            asked, ids = _request(request, pk), _ids(request, pk)
            if request.method != "POST":
                return _ask(asked, do.__name__, make_form(None, asked.comment, ids))
            form = make_form(request.POST, asked.comment, ids)
            if form.is_valid():
                try:
                    do(asked, form.cleaned_data)
                except CommentRefused as refusal:
                    form.add_error(None, str(refusal))
                else:
                    return answer(request, asked.comment, Note("success", WORDS[do.__name__].done))
            return _ask(_request(request, pk), do.__name__, form)

        return view

    return decorate


def _ids(request: HttpRequest, pk: int) -> str:
    """Keep the ids of fields apart where several comments have a form open on one page."""
    return f"id_{pk}_%s" if is_in_place(request) else "id_%s"


def _ask(asked: ModerationRequest, name: str, form: forms.Form) -> HttpResponse:
    """Show the form; where nothing like it can be done, the comment's page, which says how it stands.

    In place the comment itself says so, and stands there as it is now.
    """
    shown = review(asked.comment, reader=asked.by, at=asked.at)
    if not form.is_bound and not shown.can(name):
        if is_in_place(asked.request):
            return answer(asked.request, asked.comment, Note("warning", NOT_NOW))
        return redirect("team:comment", asked.comment.pk)
    context = {"review": shown, "form": form, "words": WORDS[name], "next": page_of(asked.request)}
    in_place = is_in_place(asked.request)
    template = "team/moderation/_form.html" if in_place else "team/moderation/decide.html"
    return render(asked.request, template, context | {"is_in_place": in_place})


@action
def publish(asked: ModerationRequest) -> Decision:
    """Make the comment public, or the edit of it that waits."""
    return decisions.publish(asked.comment, by=asked.by, at=asked.at, seen=asked.seen)


@action
def spam(asked: ModerationRequest) -> Decision:
    """Mark the comment as spam."""
    return decisions.spam(asked.comment, by=asked.by, at=asked.at, seen=asked.seen)


@action
def keep(asked: ModerationRequest) -> Decision:
    """Leave a reported comment as it is."""
    return decisions.keep(asked.comment, by=asked.by, at=asked.at, seen=asked.seen)


@action_with_words(reply_form)
def reply(asked: ModerationRequest, words: dict[str, Any]) -> Comment:
    """Publish the comment and answer it."""
    return decisions.publish_and_reply(
        asked.comment,
        words["body"],
        by=asked.by,
        at=asked.at,
        seen=asked.seen,
        submission=words["submission"],
    )


@action_with_words(reason_form)
def reject(asked: ModerationRequest, words: dict[str, Any]) -> Decision:
    """Do not publish the comment, and say why."""
    return decisions.reject(asked.comment, by=asked.by, at=asked.at, seen=asked.seen, **words)


@action_with_words(reason_form)
def remove(asked: ModerationRequest, words: dict[str, Any]) -> Decision:
    """Take a published comment away, and say why."""
    return decisions.remove(asked.comment, by=asked.by, at=asked.at, seen=asked.seen, **words)


@action_with_words(redact_form)
def redact(asked: ModerationRequest, words: dict[str, Any]) -> Decision:
    """Take personal data out of the comment."""
    return decisions.redact(asked.comment, words["body"], by=asked.by, at=asked.at, seen=asked.seen)


@require_POST
@allowed_if(may_see_addresses)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that they look at a guest's address; the comment's page shows it for ten minutes."""
    asked = _request(request, pk)
    if asked.comment.guest_email:
        decisions.reveal(asked.comment, by=asked.by, at=asked.at)
    else:
        messages.info(request, "No address is kept for this comment.")
    return redirect("team:comment", pk)


@require_POST
@allowed_if(may_moderate)
def end_link(request: HttpRequest, pk: int) -> HttpResponse:
    """End the secret link of a guest's comment; they get a new one by email when they ask."""
    asked = _request(request, pk)
    try:
        guests.end_link(asked.comment, by=asked.by, at=asked.at)
        messages.success(request, "The link is ended. On its page the guest can ask for a new one.")
    except CommentRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("team:comment", pk)


@require_POST
@allowed_if(may_moderate)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a comment back to what it was before a decision."""
    decision = get_object_or_404(Decision.objects.select_related("comment__post"), pk=pk)
    try:
        decisions.undo(decision, by=acting_member(request), at=timezone.now())
    except CommentRefused as refusal:
        return answer_undo(request, decision.comment, refused(refusal))
    return answer_undo(request, decision.comment, Note("success", "Undone. The comment is as it was before."))
