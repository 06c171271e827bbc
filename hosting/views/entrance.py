"""The way in: an address, then the code that was mailed there. Nothing here tells who is invited."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hosting import access, proof, typed
from hosting.forms import AddressForm, CodeForm
from hosting.proof import CodeRefused
from hosting.views.loading import event_or_404, unkept


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the address to which they were invited, and mail it a code; or say that all is over."""
    event = event_or_404(slug)
    if access.is_over_for_hosts(event, timezone.now()):
        context = {"event": event, "last_day": access.last_day(event)}
        return render(request, "hosting/closed.html", context)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proof.ask(request, event, form.cleaned_data["email"], at=timezone.now())
        except CodeRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            return redirect("hosting:code", slug)
    is_awaited = bool(proof.awaited(request.session))
    return render(request, "hosting/enter.html", {"event": event, "form": form, "is_awaited": is_awaited})


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the code, or send another one to the same address."""
    event, state = event_or_404(slug), proof.awaited(request.session)
    overview = reverse("hosting:overview", args=[slug])
    if not state:
        return redirect("hosting:enter", slug)
    if request.POST.get("action") == "resend":
        return _resend(request, slug)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proof.show(request, form.cleaned_data["code"], at=timezone.now())
        except CodeRefused as refusal:
            if refusal.has_ended:
                messages.error(request, str(refusal))
                return redirect("hosting:enter", slug)
            form.add_error("code", str(refusal))
        else:
            at = timezone.now()
            return redirect(typed.path(request, proof.reader(request, at=at), at=at) or overview)
    return render(request, "hosting/code.html", {"event": event, "form": form, "email": state["email"]})


@unkept
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the hosts' pages in this browser."""
    proof.forget(request)
    typed.forget(request)
    messages.success(request, _("Your hosting pages are closed in this browser."))
    response = redirect("events:event", slug)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _resend(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        proof.ask(request, event_or_404(slug), proof.awaited(request.session)["email"], at=timezone.now())
    except CodeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We have sent another code. Each works for 15 minutes."))
    return redirect("hosting:code", slug)
