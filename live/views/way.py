"""Into a meeting: *Join*, which notes it, and the page with the link; *I was there*, and taking it back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.http import next_url
from events.models import Session
from events.views.loading import event_or_404, session_or_404
from live import attendance, joining
from live.joining import Joiner, JoinRefused
from members.models import Member
from workshops.views.requests import logged_in


def _asked(request: HttpRequest, slug: str, session_slug: str) -> tuple[Session, Joiner]:
    """Return the session that is asked for and who asks, or 404."""
    session = session_or_404(request, event_or_404(request, slug), session_slug)
    member = cast(Member, request.user)  # ``logged_in`` stands before
    own = session.event.registrations.current().filter(member=member).first()
    if own is not None:
        own.member = member
    return session, Joiner(member, own)


def _back(request: HttpRequest, session: Session, refusal: Exception) -> HttpResponse:
    """Go back to where they pressed, and say why not."""
    messages.warning(request, str(refusal))
    return redirect(next_url(request) or session.get_absolute_url())


@require_POST
@logged_in
def join(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Let them into the meeting, and note that they joined."""
    session, who = _asked(request, slug, session_slug)
    try:
        joining.join(session, who, at=timezone.now())
    except JoinRefused as refusal:
        return _back(request, session, refusal)
    return redirect("live:way", slug, session_slug)


@require_safe
@login_required
def way_page(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """The link into the meeting, big and alone: a browser does not follow a form to another site."""
    session, who = _asked(request, slug, session_slug)
    try:
        joining.check(session, who, at=timezone.now())
    except JoinRefused as refusal:
        return _back(request, session, refusal)
    return render(request, "live/way.html", {"event": session.event, "session": session})


@require_POST
@logged_in
def say_there(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Note that they say they were there: by telephone, or from a screen that they shared."""
    session, who = _asked(request, slug, session_slug)
    try:
        joining.say(session, who, at=timezone.now())
    except (JoinRefused, attendance.AttendanceRefused) as refusal:
        return _back(request, session, refusal)
    messages.success(request, _("Noted: you were in “%(title)s”.") % {"title": session.title})
    return redirect(next_url(request) or session.get_absolute_url())


@require_POST
@logged_in
def take_back(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Forget that they said they were there."""
    session, who = _asked(request, slug, session_slug)
    try:
        joining.take_back(session, who, at=timezone.now())
    except attendance.AttendanceRefused as refusal:
        return _back(request, session, refusal)
    messages.success(request, _("Taken back: “%(title)s”.") % {"title": session.title})
    return redirect(next_url(request) or session.get_absolute_url())
