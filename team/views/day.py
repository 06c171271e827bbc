"""The day board, and what is pressed on it: notices, and who is in."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import Session
from live import notices, presence
from live.notices import NoticeRefused
from team.day.board import board_of
from team.day_forms import NoticeForm
from team.guards import (
    acting_member,
    allowed_if,
    may_change_sessions,
    may_find_people,
    may_see_needs,
    may_see_sessions,
)
from team.sessions.loading import event_or_404, session_or_404


@require_safe
@allowed_if(may_see_sessions)
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is on, what starts soon, and what is missing there."""
    event, reader = event_or_404(slug), acting_member(request)
    found = board_of(
        event,
        sees_needs=may_see_needs(reader),
        sees_addresses=may_find_people(reader),
        at=timezone.now(),
    )
    context = {
        "board": found,
        "prepared": list(enumerate(notices.PREPARED)),
        "may_change": may_change_sessions(reader),
        "may_see_people": may_find_people(reader),
    }
    return render(request, "team/day/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Put up a notice: a prepared one by a press on the board, or in own words."""
    event, at = event_or_404(slug), timezone.now()
    begun = {"about": request.GET.get("session")}
    form = NoticeForm(request.POST if request.method == "POST" else None, event=event, at=at, initial=begun)
    if request.method == "POST" and form.is_valid():
        ends_at, about = at + timedelta(minutes=form.cleaned_data["stands"]), form.cleaned_data["about"]
        try:
            notices.put(event, form.text, session=about, ends_at=ends_at, by=acting_member(request), at=at)
        except NoticeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is up, for everybody who looks.")
            return redirect("team:event_day", slug)
    return render(request, "team/day/notice.html", {"event": event, "form": form})


@require_POST
@allowed_if(may_change_sessions)
def notice_down(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a notice down."""
    stood = notices.take_down(event_or_404(slug), pk, by=acting_member(request), at=timezone.now())
    messages.success(request, "It is down." if stood else "It was down already.")
    return redirect("team:event_day", slug)


@require_POST
@allowed_if(may_see_sessions)
def tick(request: HttpRequest, slug: str, session_slug: str, who: str) -> HttpResponse:
    """Note that a host, or the captioner or interpreter, is in; or take that back."""
    if who not in presence.Who.values:
        raise Http404
    session, by, at = session_or_404(slug, session_slug), acting_member(request), timezone.now()
    try:
        if request.POST.get("act") == "take-back":
            presence.take_back(session, who, by=by, at=at)
        else:
            presence.tick(session, who, by=by, at=at)
    except presence.PresenceRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(at_the_board(session))


def at_the_board(session: Session) -> str:
    """Return the address of a session's place on the board."""
    return f"{reverse('team:event_day', args=[session.event.slug])}#session-{session.pk}"
