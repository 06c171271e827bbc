"""Revisions of a post: who saved what when, two of them compared, an older one brought back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from blog.editing import revisions
from blog.models import Post, Revision
from blog.refusals import PostRefused, StalePost
from common.edit_conflicts import stamp
from common.times import SITE_ZONE, format_moment
from team import posts
from team.guards import acting_member, allowed_if
from team.posts import may_edit
from team.revision_forms import CompareForm, number_of

#: As many as the page names; all others are reached by comparing.
MAX_LISTED = 100


@require_safe
@allowed_if(may_edit)
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """List the revisions, the newest first."""
    post = posts.post_or_404(pk)
    rows = _saved(post)
    context = {
        "post": post,
        "rows": [(one, format_moment(one.saved_at, SITE_ZONE.key)) for one in rows[:MAX_LISTED]],
        "compare_form": CompareForm(rows) if len(rows) > 1 else None,
        "seen": stamp(post),
    }
    return render(request, "team/posts/revisions.html", context)


@require_safe
@allowed_if(may_edit)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differs between two revisions; without two, the last and the one before."""
    post = posts.post_or_404(pk)
    rows = _saved(post)
    if not rows:
        raise Http404
    new = _named(rows, request.GET.get("new", "")) or rows[0]
    before = [one for one in rows if one.number < new.number]
    old = _named(rows, request.GET.get("old", "")) or (before[0] if before else new)
    old, new = sorted((_whole(old), _whole(new)), key=lambda one: one.number)
    context = {
        "post": post,
        "old": old,
        "new": new,
        "old_moment": format_moment(old.saved_at, SITE_ZONE.key),
        "new_moment": format_moment(new.saved_at, SITE_ZONE.key),
        "found": revisions.compare(old, new),
        "compare_form": CompareForm(rows, old=old.number, new=new.number),
        "is_newest": old.number == rows[0].number,
        "seen": stamp(post),
    }
    return render(request, "team/posts/compare.html", context)


@require_POST
@allowed_if(may_edit)
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Bring an older text back, unless somebody has saved since it was looked at."""
    post = posts.post_or_404(pk)
    revision = posts.revision_or_404(post, number)
    seen = request.POST.get("seen", "")
    try:
        revisions.restore(post, revision, by=acting_member(request), at=timezone.now(), seen=seen)
    except PostRefused as refusal:
        why = refusal.who_and_when if isinstance(refusal, StalePost) else str(refusal)
        messages.warning(request, f"Nothing was brought back. {why}")
        return redirect("team:post_revisions", pk)
    messages.success(
        request, f"The words of revision {number} are back. Those it replaced are a revision too."
    )
    return redirect("team:post_edit", pk)


def _saved(post: Post) -> list[Revision]:
    """Return the revisions without their texts, the newest first. One query."""
    return list(post.revisions.select_related("saved_by").defer("body"))


def _named(rows: list[Revision], asked: str) -> Revision | None:
    return next((one for one in rows if one.number == number_of(asked)), None)


def _whole(revision: Revision) -> Revision:
    """Load its text, in the query that deferred it."""
    revision.refresh_from_db(fields=["body"])
    return revision
