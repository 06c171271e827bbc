"""The team's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.capabilities import SEE_EVENTS
from team.front import pages, recent, setting_up
from team.front.event import lately_over, next_event
from team.front.sections import sections
from team.guards import acting_member, allowed_if, is_of_the_team, may_find_people


@require_safe
@allowed_if(is_of_the_team)
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits for whoever reads, how the next event fills, and what the team did last."""
    reader, now = acting_member(request), timezone.now()
    context = {
        "finds_people": may_find_people(reader),
        "steps": setting_up.steps() if reader.is_superuser else [],
        "sections": sections(reader, at=now),
        "next": next_event(at=now) if reader.has_perm(SEE_EVENTS) else None,
        "over": lately_over(at=now) if reader.has_perm(SEE_EVENTS) else None,
        "recent": recent.lines(reader, at=now),
        "pages": pages.pages(reader),
    }
    return render(request, "team/index.html", context)
