"""What was answered about an event, and which questions it asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from learning.feedback import asking
from learning.feedback.asking import FeedbackRefused
from learning.feedback.results import results
from learning.feedback_forms import QuestionsForm
from team.guards import acting_member, allowed_if, may_change_sessions, may_see_sessions
from team.sessions.loading import event_or_404


@require_safe
@allowed_if(may_see_sessions)
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what at least five people answered together."""
    event = event_or_404(slug)
    may_change = may_change_sessions(acting_member(request))
    context = {"event": event, "found": results(event, at=timezone.now()), "may_change": may_change}
    return render(request, "team/sessions/feedback.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is asked, and ask something else."""
    event = event_or_404(slug)
    form = QuestionsForm(request.POST if request.method == "POST" else None, asked=asking.questions(event))
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(event, form.written(), by=acting_member(request), at=timezone.now())
        except FeedbackRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. These questions are asked.")
            return redirect("team:event_feedback", slug)
    return render(request, "team/sessions/feedback_questions.html", {"event": event, "form": form})
