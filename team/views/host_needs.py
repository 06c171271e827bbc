"""What the hosts of an event need themselves: who told something, a look at it, and that it is arranged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hosting import own_needs
from hosting.models import HostNeed
from hosting.own_needs import NeedOfHostChanged
from members.accounts import fresh_proof
from team.guards import acting_member, allowed_if, may_see_needs
from team.sessions.loading import event_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_see_needs)
@fresh_proof.required
def host_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which hosts told what they need; a press shows it, and is recorded."""
    event = event_or_404(slug)
    has_looked = request.method == "POST"
    if has_looked:
        needs = own_needs.look(event, by=acting_member(request), at=timezone.now())
    else:
        needs = list(own_needs.told(event))
    return render(
        request, "team/needs/hosts.html", {"event": event, "needs": needs, "has_looked": has_looked}
    )


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
