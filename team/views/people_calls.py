"""The letter about a call: looked at, and sent with one press."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.times import SITE_ZONE, short_moment
from members.models import Member
from notifications.admin import preview
from team.guards import acting_member, allowed_if, may_read_calls
from team.people import calls
from team.people.search import person_or_404
from team.views.helping import done, if_reached, page_of, refused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_read_calls)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the letter as it would be sent now; a press ends the call and sends it."""
    person, now = person_or_404(pk), timezone.now()
    try:
        if request.method == "POST":
            goes_at = calls.end(person, by=acting_member(request), at=now)
            return done(request, _said(person, goes_at, now), page_of(person))
        if (waiting := calls.waiting(person)) is None:
            raise calls.NothingToTell
    except calls.NothingToTell as refusal:
        return refused(request, str(refusal), page_of(person))
    letter, why_not = preview(waiting.message)
    context = {"person": person, "waiting": waiting, "letter": letter, "why_not": why_not}
    return render(request, "team/people/call.html", context | {"back": page_of(person)})


def _said(person: Member, goes_at: datetime, now: datetime) -> str:
    if goes_at > now:
        when = short_moment(goes_at, SITE_ZONE)
        return f"The letter to {person.name} goes on {when}: until then the approval can be taken back."
    return if_reached(person, f"The letter is on its way to {person.name}.")
