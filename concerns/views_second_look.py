"""Where who was taken out of an event asks for a second look, and reads what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concerns import removal
from concerns.forms import SecondLookForm
from concerns.models import Removal
from concerns.refusals import RemovalRefused
from events.views.loading import event_or_404
from members.readers import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def second_look(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the reader why they are out, and take what they say; anybody else is led to the event."""
    event, reader = event_or_404(request, slug), reader_of(request)
    found = Removal.objects.filter(event=event, member=reader).first()
    if found is None or reader is None:
        return redirect(event)
    form = SecondLookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            removal.ask(event, reader, form.cleaned_data["words"], by=reader, at=timezone.now())
        except RemovalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We have it. Somebody else looks again, and we email you."))
            return redirect("concerns:second_look", slug)
    return render(request, "concerns/second_look.html", {"event": event, "removal": found, "form": form})
