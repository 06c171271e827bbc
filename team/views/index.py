"""What there is to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from team import todo
from team.guards import acting_member, allowed_if, is_of_the_team


@require_safe
@allowed_if(is_of_the_team)
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits for whoever reads, the longest wait first."""
    return render(
        request, "team/index.html", {"sections": todo.sections(acting_member(request), at=timezone.now())}
    )
