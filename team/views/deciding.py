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
from common.http import parse_id
from members.models import Member
from team import queues
from team.forms import reason_form, redact_form, reply_form
from team.guards import for_those_who, may_moderate, may_see_addresses, who
from team.review import sheet
from team.views.answers import Note, answer, answer_undo, is_in_place, page_of, refused
from team.words import WORDS

#: No comment has this version: a form without one has seen nothing.
NOTHING_SEEN: Final = -1
#: What is said in place where a form cannot be opened any more.
NOT_NOW: Final = "This cannot be done now: something has happened to the comment since you opened the page."


@dataclass(frozen=True)
class Desk:
    """Who decides about which comment, when, and which version of it they saw."""

    request: HttpRequest
    comment: Comment
    by: Member
    at: datetime
    seen: int


Do = Callable[[Desk], object]
DoWithForm = Callable[[Desk, dict[str, Any]], object]
MakeForm = Callable[[Any, Comment, str], forms.Form]


def _desk(request: HttpRequest, pk: int) -> Desk:
    comment = get_object_or_404(queues.in_context(), pk=pk)
    seen = request.POST.get("seen", "")
    version = parse_id(seen) if seen == str(parse_id(seen)) else NOTHING_SEEN
    return Desk(request, comment, who(request), timezone.now(), version)


def act(do: Do) -> Callable[..., HttpResponse]:
    """Make a view of an act that needs no words."""

    @require_POST
    @for_those_who(may_moderate)
    @wraps(do)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        desk = _desk(request, pk)
        try:
            do(desk)
        except CommentRefused as refusal:
            return answer(request, desk.comment, refused(refusal))
        return answer(request, desk.comment, Note("success", WORDS[do.__name__].done))

    return view


def act_with_words(make_form: MakeForm) -> Callable[[DoWithForm], Callable[..., HttpResponse]]:
    """Make a view of an act that asks for words first, on a page of its own or in place."""

    def decorate(do: DoWithForm) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @for_those_who(may_moderate)
        @wraps(do)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            desk, ids = _desk(request, pk), _ids(request, pk)
            if request.method != "POST":
                return _ask(desk, do.__name__, make_form(None, desk.comment, ids))
            form = make_form(request.POST, desk.comment, ids)
            if form.is_valid():
                try:
                    do(desk, form.cleaned_data)
                except CommentRefused as refusal:
                    form.add_error(None, str(refusal))
                else:
                    return answer(request, desk.comment, Note("success", WORDS[do.__name__].done))
            return _ask(_desk(request, pk), do.__name__, form)

        return view

    return decorate


def _ids(request: HttpRequest, pk: int) -> str:
    """Keep the ids of fields apart where several comments have a form open on one page."""
    return f"id_{pk}_%s" if is_in_place(request) else "id_%s"


def _ask(desk: Desk, name: str, form: forms.Form) -> HttpResponse:
    """Show the form; where nothing like it can be done, the comment's page, which says how it stands.

    In place the comment itself says so, and stands there as it is now.
    """
    shown = sheet(desk.comment, reader=desk.by, at=desk.at)
    if not form.is_bound and not shown.can(name):
        if is_in_place(desk.request):
            return answer(desk.request, desk.comment, Note("warning", NOT_NOW))
        return redirect("team:comment", desk.comment.pk)
    context = {"sheet": shown, "form": form, "words": WORDS[name], "next": page_of(desk.request)}
    in_place = is_in_place(desk.request)
    template = "team/moderation/_form.html" if in_place else "team/moderation/decide.html"
    return render(desk.request, template, context | {"is_in_place": in_place})


@act
def publish(desk: Desk) -> Decision:
    """Make the comment public, or the edit of it that waits."""
    return decisions.publish(desk.comment, by=desk.by, at=desk.at, seen=desk.seen)


@act
def spam(desk: Desk) -> Decision:
    """Mark the comment as spam."""
    return decisions.spam(desk.comment, by=desk.by, at=desk.at, seen=desk.seen)


@act
def keep(desk: Desk) -> Decision:
    """Leave a reported comment as it is."""
    return decisions.keep(desk.comment, by=desk.by, at=desk.at, seen=desk.seen)


@act_with_words(reply_form)
def reply(desk: Desk, said: dict[str, Any]) -> Comment:
    """Publish the comment and answer it."""
    return decisions.publish_and_reply(
        desk.comment,
        said["body"],
        by=desk.by,
        at=desk.at,
        seen=desk.seen,
        submission=said["submission"],
    )


@act_with_words(reason_form)
def reject(desk: Desk, said: dict[str, Any]) -> Decision:
    """Do not publish the comment, and say why."""
    return decisions.reject(desk.comment, by=desk.by, at=desk.at, seen=desk.seen, **said)


@act_with_words(reason_form)
def remove(desk: Desk, said: dict[str, Any]) -> Decision:
    """Take a published comment away, and say why."""
    return decisions.remove(desk.comment, by=desk.by, at=desk.at, seen=desk.seen, **said)


@act_with_words(redact_form)
def redact(desk: Desk, said: dict[str, Any]) -> Decision:
    """Take personal data out of the comment."""
    return decisions.redact(desk.comment, said["body"], by=desk.by, at=desk.at, seen=desk.seen)


@require_POST
@for_those_who(may_see_addresses)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that they look at a guest's address; the comment's page shows it for ten minutes."""
    desk = _desk(request, pk)
    if desk.comment.guest_email:
        decisions.reveal(desk.comment, by=desk.by, at=desk.at)
    else:
        messages.info(request, "No address is kept for this comment.")
    return redirect("team:comment", pk)


@require_POST
@for_those_who(may_moderate)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a comment back to what it was before a decision."""
    decision = get_object_or_404(Decision.objects.select_related("comment__post"), pk=pk)
    try:
        decisions.undo(decision, by=who(request), at=timezone.now())
    except CommentRefused as refusal:
        return answer_undo(request, decision.comment, refused(refusal))
    return answer_undo(request, decision.comment, Note("success", "Undone. The comment is as it was before."))
