"""Registering for an event, what became of it, access needs, and cancelling."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.http import next_url
from events import access_needs, hosts_see, need_cases, needs_told
from events import registration as registering
from events.access_needs import Told
from events.calls_to_action import Standing, standing_of
from events.forms import AccessNeedsForm, HostsSeeForm, RegistrationForm, initial_of
from events.models import Event, KeptNeed
from events.views.loading import event_or_404, what_next
from members.readers import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Register, or see what became of one's registration; pressing twice is the same as once."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    posted = request.POST if request.method == "POST" else None
    form, hosts_form = RegistrationForm(posted, event=event, initial=_kept(standing)), HostsSeeForm(posted)
    if posted is not None and standing.member and form.is_valid() and hosts_form.is_valid():
        at, show_work = timezone.now(), hosts_form.cleaned_data["show_work"]
        try:
            registering.register(
                event, standing.member, by=standing.member, at=at, show_work=show_work, **form.told()
            )
        except registering.RegistrationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _registered(request, event, form.told())
    if standing.registration is not None:
        return _registered_page(request, standing, sent=posted is not None)
    context: dict[str, object] = {"event": event, "form": form, "hosts_form": hosts_form}
    context["hired"] = needs_told.hired(event, at=timezone.now())
    return render(request, "events/register.html", context | what_next(standing))


@require_POST
@login_required
def save_hosts_see(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what hosts see, after registering."""
    event = event_or_404(request, slug)
    standing, form = standing_of(event, reader_of(request)), HostsSeeForm(request.POST)
    if standing.registration is not None and standing.member is not None and form.is_valid():
        at = timezone.now()
        hosts_see.save(standing.registration, by=standing.member, at=at, **form.cleaned_data)
        messages.success(request, _("Saved. This is what hosts see from now on."))
    return redirect("events:register", slug)


@require_POST
@login_required
def save_access_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what one needs to take part, after registering."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    if standing.registration is None or standing.member is None:
        return redirect("events:register", slug)
    if event.is_past(timezone.now()) or not event.is_published:
        messages.info(
            request,
            _("This event is over or cancelled, so nobody needs to know any more. Nothing was saved."),
        )
        return redirect("events:register", slug)
    needs = needs_told.told(standing, at=timezone.now())
    form = AccessNeedsForm(request.POST, event=event, also=[one.case.kind for one in needs.lines])
    if not form.is_valid():
        return _registered_page(request, standing, sent=True)
    access_needs.save(standing.registration, by=standing.member, at=timezone.now(), **form.told())
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
    bookings = standing.registration.bookings.live().to_come(now).select_related("session")
    context = {
        "event": event,
        "standing": standing,
        "bookings": bookings.order_by("session__starts_at", "pk"),
    }
    return render(request, "events/cancel_registration.html", context)


@require_POST
@login_required
def say_whether_met(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note whether the reader got what was confirmed to them."""
    reader = reader_of(request)
    answer = request.POST.get("met")
    if reader is not None and answer in ("yes", "no"):
        try:
            need_cases.say_whether_met(pk, answer == "yes", by=reader, at=timezone.now())
        except need_cases.NeedRefused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(
                request,
                _("Thank you. The team learns from it; later only the number stays."),
            )
    return redirect("events:register", slug)


@require_POST
@login_required
def keep_needs_no_longer(request: HttpRequest) -> HttpResponse:
    """Forget what the reader keeps for their next registration."""
    reader = reader_of(request)
    if reader is not None and access_needs.keep_no_longer(reader, by=reader, at=timezone.now()):
        messages.success(request, _("Nothing is kept for your next registration any more."))
    return redirect(next_url(request) or "members:profile")


def _registered(request: HttpRequest, event: Event, told: Told) -> HttpResponse:
    """Go on to the page; where somebody had registered them before, show what is not kept yet."""
    standing = standing_of(event, reader_of(request))
    if standing.registration is None or access_needs.is_told(standing.registration, told):
        return redirect("events:register", event.slug)
    messages.warning(request, _("You were registered already. Save what you need: it is not kept yet."))
    return _registered_page(request, standing, sent=True)


def _registered_page(request: HttpRequest, standing: Standing, *, sent: bool = False) -> HttpResponse:
    """Show what became of a registration; where a form was ``sent``, with what was typed about needs."""
    event, now = standing.event, timezone.now()
    needs = needs_told.told(standing, at=now)
    cases = [one.case for one in needs.lines]
    form = AccessNeedsForm(
        request.POST if sent else None,
        event=event,
        also=[one.kind for one in cases],
        initial=initial_of(cases, is_kept=bool(needs.kept)),
    )
    context: dict[str, object] = {"event": event, "needs": needs, "form": form}
    context["hired"] = needs_told.hired(event, at=now)
    sees = standing.registration is not None and standing.registration.hosts_see_work
    context["hosts_form"] = HostsSeeForm(initial={"show_work": sees})
    return render(request, "events/registered.html", context | what_next(standing))


def _kept(standing: Standing) -> dict[str, Any]:
    """Return what they keep from their registration before."""
    if standing.member is None or standing.registration is not None:
        return {}
    kept = list(KeptNeed.objects.filter(member=standing.member))
    return initial_of(kept, is_kept=bool(kept)) if kept else {}
