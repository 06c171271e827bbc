"""Registering for an event, what became of it, access needs, and cancelling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events import access_needs
from events import registration as registering
from events.calls_to_action import Standing, standing_of
from events.forms import AccessNeedsForm, RegistrationForm
from events.models import AccessNeeds
from events.views.loading import event_or_404, what_next
from members.readers import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Register, or see what became of one's registration; pressing twice is the same as once."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    form = RegistrationForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and standing.member and form.is_valid():
        try:
            registering.register(
                event, standing.member, by=standing.member, at=timezone.now(), **form.answers()
            )
        except registering.RegistrationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("events:register", slug)
    if standing.registration is not None:
        return _registered_page(request, standing)
    context = {"event": event, "form": form} | what_next(standing)
    return render(request, "events/register.html", context)


@require_POST
@login_required
def save_access_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what one needs to take part, after registering."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    if standing.registration is None or standing.member is None:
        return redirect("events:register", slug)
    if event.is_past(timezone.now()):
        messages.info(request, _("This event is over, so nobody needs to know any more. Nothing was saved."))
        return redirect("events:register", slug)
    form = AccessNeedsForm(request.POST)
    if not form.is_valid():
        return _registered_page(request, standing, form)
    access_needs.save(standing.registration, by=standing.member, at=timezone.now(), **form.answers())
    messages.success(request, _("Your access needs are saved."))
    return redirect("events:register", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel_registration(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what cancelling loses, then cancel; registering again is the way back."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    if standing.registration is None or standing.member is None:
        return redirect(event)
    try:
        registering.refuse_over(event, now := timezone.now())
        if request.method == "POST":
            registering.cancel(standing.registration, by=standing.member, at=now)
            said = _("Your registration is cancelled. You can register again if you wish.")
            messages.success(request, said)
            return redirect(event)
    except registering.RegistrationRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(event)
    bookings = standing.registration.bookings.live().select_related("session")
    context = {
        "event": event,
        "standing": standing,
        "bookings": bookings.order_by("session__starts_at", "pk"),
    }
    return render(request, "events/cancel_registration.html", context)


def _registered_page(
    request: HttpRequest, standing: Standing, form: AccessNeedsForm | None = None
) -> HttpResponse:
    needs = AccessNeeds.objects.filter(registration=standing.registration).first()
    form = form or AccessNeedsForm.about(needs)
    context = {"event": standing.event, "needs": needs, "form": form} | what_next(standing)
    return render(request, "events/registered.html", context)
