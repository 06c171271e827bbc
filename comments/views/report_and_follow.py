"""What readers do with the comments of others: report one, follow a thread, stop following it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from audit.actors import VISITOR
from comments import following
from comments.forms import ReportForm
from comments.models import Comment, Follow
from comments.moderation import reporting
from comments.reading import texts
from comments.refusals import CommentRefused
from comments.views import inline_messages, rate_limits
from comments.views.loading import published_or_404
from comments.views.unlisted import secret
from members.readers import reader_of

#: What a mail program posts for whoever presses its own button (RFC 8058, 3.1).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def _say(request: HttpRequest, comment: Comment, text: str) -> None:
    """Say what was done, in the comment: the page opens there, far below its top."""
    messages.success(request, text, extra_tags=inline_messages.tag_of(comment))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what is wrong with a comment; anybody may."""
    comment = published_or_404(slug, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _report(request, comment, form):
        _say(request, comment, _("Thank you. A moderator will look at this comment."))
        return redirect(comment)
    context = {"comment": comment, "body": texts.to_html(comment.body), "form": form}
    return render(request, "comments/report.html", context)


def _report(request: HttpRequest, comment: Comment, form: ReportForm) -> bool:
    """Report the comment; where that is refused, the form says why."""
    if not rate_limits.allow(request, "report"):
        form.add_error(None, rate_limits.WORDS)
        return False
    try:
        reporting.report(comment, by=reader_of(request), at=timezone.now(), **form.cleaned_data)
    except CommentRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def follow(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Follow the thread that a comment stands in, or stop it (``stop``); pressing twice is as once."""
    comment, member = published_or_404(slug, pk), reader_of(request)
    if request.method == "POST" and member is not None:
        if "stop" in request.POST:
            for follow in Follow.objects.filter(thread=comment.thread_id or comment.pk, member=member):
                following.stop(follow, by=member, at=timezone.now())
            _say(request, comment, _("We will not email you about this conversation any more."))
        else:
            following.follow(comment, by=member, at=timezone.now())
            _say(request, comment, _("We will email you each new reply in this conversation."))
    return redirect(comment)


@csrf_exempt
@secret
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the emails about a thread: by a button, or by a mail program's own, which has no token of ours."""
    name, value = ONE_CLICK
    if request.method == "POST" and request.POST.get(name) == value:
        found = following.follow_of(token)
        if found is not None:
            following.stop(found, by=reader_of(request) or VISITOR, at=timezone.now())
        return HttpResponse(_("These emails have stopped.") + "\n", content_type="text/plain")
    return _stop(request, token)


@csrf_protect
def _stop(request: HttpRequest, token: str) -> HttpResponse:
    found = following.follow_of(token)
    if request.method == "POST":
        if found is not None:
            following.stop(found, by=reader_of(request) or VISITOR, at=timezone.now())
        messages.success(request, _("These emails have stopped."))
        return redirect("comments:stop", token)
    return render(request, "comments/stop.html", {"follow": found})
