"""The pages of an account: profile, and how her membership stands; and the policy pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from members.forms import ProfileForm
from members.models import Member, Policy


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def profile(request: HttpRequest) -> HttpResponse:
    """Show and save what she says about herself; then back to the page of this site that led here."""
    member = get_object_or_404(Member, pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        came_from = request.GET.get("next", "")
        is_ours = came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
        return redirect(came_from if is_ours else "members:profile")
    return render(request, "members/profile.html", {"form": form})


@login_required
@require_safe
def membership(request: HttpRequest) -> HttpResponse:
    """Say in words how her membership stands, and what comes next."""
    return render(request, "members/membership.html")


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the pages of rules and promises, and when its words last changed."""
    return render(request, "members/policy.html", {"policy": get_object_or_404(Policy, slug=slug)})
