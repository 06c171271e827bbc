"""Sessions whose clocks would show another time than was meant, and what becomes of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.http import parse_id
from common.words import counted
from team.guards import acting_member, allowed_if, may_change_programme
from workshops.programme import clock_changes
from workshops.programme.changes import ProgrammeRefused

#: What was pressed → the rule, and what is said after the number of sessions.
ACTS: Final[dict[str, tuple[Callable[..., int], str]]] = {
    "move": (clock_changes.keep_clocks, "moved. Everybody booked, waiting or hosting is told."),
    "leave": (clock_changes.keep_moments, "left at the moment of before. Nobody is told."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_programme)
def clocks(request: HttpRequest) -> HttpResponse:
    """Show them by event, with both readings; do with the ticked ones what was pressed."""
    at = timezone.now()
    if request.method == "POST":
        _settle(request, at)
        return redirect("team:clocks")
    return render(request, "team/clocks.html", {"events": clock_changes.by_event(at=at)})


def _settle(request: HttpRequest, at: datetime) -> None:
    rule, what = ACTS.get(request.POST.get("act", ""), (None, ""))
    ticked = [parse_id(text) for text in request.POST.getlist("session")]
    try:
        done = rule(ticked, by=acting_member(request), at=at) if rule else 0
    except ProgrammeRefused as refusal:
        messages.error(request, str(refusal))
        return
    if done:
        messages.success(request, f"{counted(done, '%(count)s session is', '%(count)s sessions are')} {what}")
    else:
        messages.info(request, "Nothing is changed: no session was ticked that still differs.")
