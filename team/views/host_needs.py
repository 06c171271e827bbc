"""What hosts need themselves: who told something, a look at it, and that it is arranged or stopped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hosting import need_stops, own_needs
from hosting.models import HostNeed
from hosting.need_stops import NothingToStop
from hosting.own_needs import NeedOfHostChanged
from members.accounts import fresh_proof
from team.guards import acting_member, allowed_if, may_see_needs
from team.sessions.loading import event_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_see_needs)
@fresh_proof.required
def host_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which hosts told what they need; a press shows it, and is recorded."""
    event, now = event_or_404(slug), timezone.now()
    has_looked = request.method == "POST"
    if has_looked:
        needs = own_needs.look(event, by=acting_member(request), at=now)
    else:
        needs = list(own_needs.told(event))
    stops = need_stops.of(event, at=now)
    context = {"event": event, "needs": needs, "stops": stops, "has_looked": has_looked}
    return render(request, "team/needs/hosts.html", context)


@require_POST
@allowed_if(may_see_needs)
@fresh_proof.required
def arrange(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note that something a host needs is arranged; the host sees that on their page."""
    need = get_object_or_404(HostNeed, pk=pk, event__slug=slug)
    try:
        own_needs.arrange(
            need.pk, seen=request.POST.get("seen", ""), by=acting_member(request), at=timezone.now()
        )
    except NeedOfHostChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Marked as arranged. The host sees that on their page.")
    return redirect("team:host_needs", slug)


@require_POST
@allowed_if(may_see_needs)
@fresh_proof.required
def stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note that what was arranged for a host who needs it no more is stopped."""
    event = event_or_404(slug)
    try:
        need_stops.stop(pk, event=event, by=acting_member(request), at=timezone.now())
    except NothingToStop as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Stopped. It is kept no longer.")
    return redirect("team:host_needs", slug)
