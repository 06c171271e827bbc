"""What is done with an announcement: testing, sending, scheduling, stopping it, sending an email again."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.words import counted
from members.models import Member
from notifications.resend import SendAgainRefused, send_again
from team.announcement_forms import ScheduleForm
from team.announcements import progress, sending, writing
from team.announcements.refusals import AnnouncementRefused
from team.announcements.state import announcement_or_404
from team.guards import acting_member, allowed_if, may_announce, may_announce_again
from team.models import Announcement
from team.views.announcements import page

T = TypeVar("T")


@require_POST
@allowed_if(may_announce)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to whoever asks, and to nobody else."""
    told, by = announcement_or_404(pk), acting_member(request)
    number = _number(request.POST.get("submission", ""))
    return _said(
        request,
        pk,
        lambda: writing.test(told, number, by=by, at=timezone.now()),
        lambda _: f"A test is on its way to {by.email}.",
    )


@require_POST
@allowed_if(may_announce)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go out now."""
    told, by = announcement_or_404(pk), acting_member(request)
    seen = request.POST.get("seen", "")
    return _said(
        request,
        pk,
        lambda: sending.send(told, seen=seen, by=by, at=timezone.now()),
        lambda is_first: (
            "It is going out. You can close this page: it goes on by itself."
            if is_first
            else f"{writing.sent_by(announcement_or_404(pk))} Nothing is sent twice; here is how far it is."
        ),
    )


@require_POST
@allowed_if(may_announce)
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go out at a moment to come."""
    told = announcement_or_404(pk)
    form = ScheduleForm(request.POST, told=told)
    if not form.is_valid():
        return page(request, told, form)
    moment, seen = form.cleaned_data["moment"], form.cleaned_data["seen"]
    try:
        writing.schedule(told, moment, seen=seen, by=acting_member(request), at=timezone.now())
    except AnnouncementRefused as refusal:
        form.add_error("moment", str(refusal))
        return page(request, told, form)
    messages.success(request, "It is scheduled. Until then you can take it off the schedule.")
    return redirect("team:announcement", pk)


@require_POST
@allowed_if(may_announce)
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again."""
    told, by = announcement_or_404(pk), acting_member(request)
    return _said(
        request,
        pk,
        lambda: writing.unschedule(told, by=by, at=timezone.now()),
        lambda _: "It is a draft again. Nothing was sent.",
    )


@require_POST
@allowed_if(may_announce)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what is not sent yet."""
    told, by = announcement_or_404(pk), acting_member(request)
    return _said(
        request,
        pk,
        lambda: sending.stop(told, by=by, at=timezone.now()),
        lambda number: _stopped(announcement_or_404(pk), number, by),
    )


@require_POST
@allowed_if(may_announce_again)
def again(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Try an email once more that could not be sent."""
    told = announcement_or_404(pk)
    found = progress.failed(told).filter(pk=message).first()
    if found is None:
        raise Http404
    try:
        send_again(found, by=acting_member(request), at=timezone.now())
    except SendAgainRefused as refusal:
        messages.warning(request, f"It is not sent again. {refusal}")
    else:
        messages.success(request, "It will be sent again in a moment.")
    return redirect("team:announcement", pk)


@require_POST
@allowed_if(may_announce)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    told = announcement_or_404(pk)
    try:
        writing.delete(told, by=acting_member(request), at=timezone.now())
    except AnnouncementRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("team:announcement", pk)
    messages.success(request, "The draft is deleted.")
    return redirect("team:announcements")


def _said(request: HttpRequest, pk: int, act: Callable[[], T], words: Callable[[T], str]) -> HttpResponse:
    """Do it, and go back to its page, which says what was done or why it was not."""
    try:
        done = act()
    except AnnouncementRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words(done))
    return redirect("team:announcement", pk)


def _stopped(told: Announcement, number: int, by: Member) -> str:
    if told.stopped_by_id != by.pk:
        who = told.stopped_by or "The site"
        return f"{who} has stopped it already: nothing more goes out."
    taken_back = counted(number, "%(count)s email was taken back.", "%(count)s emails were taken back.")
    return f"It is stopped. {taken_back}"


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
