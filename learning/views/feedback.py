"""Feedback of whoever was registered: about a session, or about the event as a whole."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.models import Event, Registration, Session
from learning.feedback import answering, asking
from learning.feedback.asking import FeedbackRefused
from learning.feedback.own_sessions import to_answer
from learning.feedback_forms import FeedbackForm, seen
from learning.views.loading import for_who_comes
from members.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_comes
def event_feedback(request: HttpRequest, event: Event, member: Member) -> HttpResponse:
    """Ask about the event as a whole, and lead to the sessions that they were in."""
    return _asked(request, _registration_or_404(event, member), None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_comes
def session_feedback(request: HttpRequest, event: Event, member: Member, session_slug: str) -> HttpResponse:
    """Ask about one session."""
    session = Session.objects.public().filter(event=event, slug=session_slug).first()
    if session is None:
        raise Http404
    session.event = event
    return _asked(request, _registration_or_404(event, member), session)


def _asked(request: HttpRequest, registration: Registration, session: Session | None) -> HttpResponse:
    """Show the questions, or that they have answered; take what is sent."""
    event, at = registration.event, timezone.now()
    asked = asking.questions(event)
    form = FeedbackForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        try:
            read = asked if request.POST.get("seen") == seen(asked) else []
            is_first = answering.give(registration, session, form.answers(), asked=read, at=at)
        except FeedbackRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Thank you. Your answers are kept without your name.")
            messages.success(request, told if is_first else _("You had answered already. Thank you."))
            return redirect("learning:event_feedback", event.slug)
    context = {
        "event": event,
        "session": session,
        "form": form,
        "seen": format_html('<input type="hidden" name="seen" value="{}">', seen(asked)),
        "has_given": answering.has_given(registration, session),
        "is_asked": asking.is_asked(event, session, at=at),
        "sessions": to_answer(registration, at=at) if session is None else [],
    }
    return render(request, "learning/feedback.html", context)


def _registration_or_404(event: Event, member: Member) -> Registration:
    found = Registration.objects.confirmed().filter(event=event, member=member).first()
    if found is None:
        raise Http404
    found.event = event
    return found
