"""How an act of a moderator is answered: back to the queue at the next comment, or in place.

Without JavaScript an act ends in a redirect, and a note that waits there. htmx gets the comment as it is
now, where it still stands in the queue, or nothing, and what changed around it: the counts, the bar with
*Undo*, and a sentence for the live region. What was refused is said where they pressed, for the top of the
page is far from there: in the comment, in its place where it has left the queue, or above *Undo*.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import reswap, retarget, trigger_client_event

from comments.models import Comment
from comments.refusals import CommentRefused
from common.http import next_url as asked_page
from common.words import counted
from team.guards import acting_member
from team.moderation import decision_log, queues
from team.moderation.comment_review import review
from team.moderation.queues import Asked, Queue
from workshops.views.requests import LEVELS

__all__ = ["Note", "answer", "answer_undo", "head", "is_in_place", "page_of"]


@dataclass(frozen=True)
class Note:
    """What became of an act: ``kind`` is success, info or warning."""

    kind: str
    text: str

    @property
    def is_refusal(self) -> bool:
        """Whether something else became of it than they wanted."""
        return self.kind != "success"


def refused(refusal: CommentRefused) -> Note:
    """Return a note of what a rule has refused."""
    return Note("warning", str(refusal))


def page_of(request: HttpRequest) -> str:
    """Return the page of this site that led here; the first queue where none is named."""
    return asked_page(request) or Asked().address


def is_in_place(request: HttpRequest) -> bool:
    """Whether htmx asks, which shows the answer inside the page."""
    return bool(getattr(request, "htmx", False))


def head(request: HttpRequest, asked: Asked, *, at: datetime) -> dict[str, Any]:
    """Return what stands above a queue: the tabs with their counts, and what they can undo. Two queries."""
    counts = queues.counts(asked.post)
    return {
        "asked": asked,
        "counts": counts,
        "tabs": [(one, asked.address_of(one), counts.of(one)) for one in Queue],
        "undo": decision_log.last_of(acting_member(request), at=at),
        "next": asked.address,
    }


def answer(request: HttpRequest, comment: Comment, note: Note) -> HttpResponse:
    """Answer an act on a comment."""
    page = page_of(request)
    asked = queues.read_address(page)
    if not is_in_place(request) or asked is None:
        messages.add_message(request, LEVELS[note.kind], note.text)
        return redirect(page)
    at = timezone.now()
    now = queues.comments(asked).filter(pk=comment.pk).first() if asked.queue in queues.IN else None
    context = head(request, asked, at=at) | {"review": None}
    if now:
        context["review"] = review(now, reader=acting_member(request), at=at)
    if note.is_refusal:
        context |= {"refused": note, "gone": None if now else comment}
    response = render(request, "team/moderation/_answer.html", context | {"next": page})
    if not note.is_refusal:
        _say(response, f"{note.text} {_left(context['counts'].of(asked.queue))}")
    return reswap(retarget(response, f"#comment-{comment.pk}"), "outerHTML")


def _say(response: HttpResponse, words: str) -> None:
    """Give the page what became of an act: it is said with what the focus goes to."""
    trigger_client_event(response, "moderation:said", {"words": words})


def _left(number: int | None) -> str:
    return (
        f"{counted(number, '%(count)s comment', '%(count)s comments')} left."
        if number
        else "Nothing is left."
    )


def answer_undo(request: HttpRequest, comment: Comment, note: Note) -> HttpResponse:
    """Answer an undoing: the list is shown anew, and the comment has the focus, unless it was refused."""
    page = page_of(request)
    asked = queues.read_address(page)
    if not is_in_place(request) or asked is None:
        messages.add_message(request, LEVELS[note.kind], note.text)
        return redirect(f"{page.partition('#')[0]}#comment-{comment.pk}")
    context = head(request, asked, at=timezone.now())
    context["undo_refused"] = note if note.is_refusal else None
    response = render(request, "team/moderation/_answer.html", context)
    if note.is_refusal:
        return reswap(response, "none")
    _say(response, note.text)
    return trigger_client_event(reswap(response, "none"), "moderation:undone", {"comment": comment.pk})
