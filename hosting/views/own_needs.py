"""A host says what they need themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hosting import own_needs
from hosting.own_needs import NoConsent
from hosting.own_needs_forms import OwnNeedsForm
from hosting.views.loading import event_or_404, hosts_only, reader_of, unkept


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def told(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a host what they have told of their own needs, and keep it anew."""
    event, at = event_or_404(slug), timezone.now()
    reader = reader_of(request, at)
    kept = own_needs.of_reader(event, reader, at=at)
    form = OwnNeedsForm(request.POST if request.method == "POST" else None, event=event, told=kept)
    if request.method == "POST" and form.is_valid():
        try:
            own_needs.tell(event, reader, at=at, **form.told)
        except NoConsent as refusal:
            form.add_error("may_keep", str(refusal))
        else:
            messages.success(request, _("Saved. Those of the team who arrange it see it, and nobody else."))
            return redirect("hosting:own_needs", slug)
    return render(request, "hosting/own_needs.html", {"event": event, "form": form, "told": kept})
