"""The queues of moderation, the log of decisions, and the whole story of one comment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comments.models import Comment
from team import response_time
from team.guards import acting_member, allowed_if, may_moderate, may_see_addresses
from team.moderation import decision_log, queues
from team.moderation.comment_review import CommentReview, review, reviews
from team.moderation.queues import Asked, Queue
from team.moderation_forms import PostFilterForm
from team.views.action_responses import head, page_of


@require_safe
@allowed_if(may_moderate)
def moderation(request: HttpRequest) -> HttpResponse:
    """Show a queue, or the log."""
    at, asked = timezone.now(), queues.parse_query(request.GET)
    context = head(request, asked, at=at)
    if asked.queue == Queue.DECISIONS:
        page = queues.decision_log(asked)
        rows = [(one, decision_log.can_be_undone(one), decision_log.is_still_secret(one, at)) for one in page]
        context |= {"page": page, "rows": rows}
    else:
        counted = queues.page_of(asked, context["counts"].of(asked.queue) or 0)
        context |= {
            "page": counted,
            "items": items(reviews(list(counted), reader=acting_member(request), at=at), asked),
        }
        context["onward"] = queues.onward(asked, context["counts"])
    posts = [(pk, title) for pk, title in queues.posts(asked)]
    context["filter"] = PostFilterForm({"post": asked.post or ""}, posts=posts)
    since = context["counts"].since(asked.queue)
    context |= {"is_late": response_time.is_broken(since, at), "oldest": response_time.waited(since, at)}
    context["is_waited_in"] = asked.queue in queues.SINCE
    return render(request, "team/moderation/queue.html", context)


@require_safe
@allowed_if(may_moderate)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole story of one comment: what was decided and reported, and what can be done."""
    at, reader = timezone.now(), acting_member(request)
    shown = review(get_object_or_404(queues.in_context(), pk=pk), reader=reader, at=at)
    context = story(shown) | {
        "next": page_of(request),
        "undo": decision_log.last_of(reader, at=at),
        "can_reveal": bool(shown.comment.guest_email) and may_see_addresses(reader),
        "is_revealed": may_see_addresses(reader) and decision_log.revealed_to(reader, pk, at=at),
    }
    return render(request, "team/moderation/comment.html", context)


def story(shown: CommentReview) -> dict[str, Any]:
    """Return what was decided and reported, oldest first, and how many replies stand below. Three queries."""
    comment = shown.comment
    decisions = list(comment.decisions.select_related("by").order_by("at", "pk"))
    for one in decisions:
        one.comment = comment
    return {
        "review": shown,
        "decisions": [
            (one, decision_log.can_be_undone(one), decision_log.is_still_secret(one, shown.at))
            for one in decisions
        ],
        "reports": comment.reports.select_related("member", "settled_by").order_by("created_at"),
        "replies": Comment.objects.published().filter(thread=comment).count(),
    }


def items(shown: list[CommentReview], asked: Asked) -> list[tuple[CommentReview, str]]:
    """Pair each comment with where an act on it leads: to the next one in the queue."""
    anchors = [f"#comment-{one.comment.pk}" for one in shown]
    return [(one, f"{asked.address}{anchor}") for one, anchor in zip(shown, [*anchors[1:], ""], strict=False)]
