"""After an event: the two emails that follow it up, as drafts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from team.announcements import following_up
from team.announcements.refusals import AnnouncementRefused
from team.guards import acting_member, allowed_if, may_announce
from team.sessions.loading import event_or_404


@require_POST
@allowed_if(may_announce)
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Write drafts to those who came and to those who did not, and lead to them."""
    event = event_or_404(slug)
    try:
        made = following_up.prepare(event, by=acting_member(request), at=timezone.now())
    except AnnouncementRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("team:event", slug)
    told = (
        "Both are drafts. Read them, change what you like, and send them."
        if made
        else "There are both already."
    )
    messages.success(request, told)
    return redirect("team:announcements")
