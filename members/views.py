"""The pages of an account: profile, and how their membership stands; and the policy pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit import trail
from audit.acts import Act
from common.http import local_path
from common.personal_data import retention
from members.accounts import second_factor
from members.capabilities import WRITE_PAGES
from members.forms import IntroductionForm, ProfileForm
from members.interrupted_forms import cookies
from members.models import Member, Page, Policy
from members.readers import reader_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def profile(request: HttpRequest) -> HttpResponse:
    """Show and save what they say about themselves; then back to the page of this site that led here."""
    member = _who(request)
    form = ProfileForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        fields = [name for name in form.changed_data if name != "seen"]
        trail.record(member, Act.PROFILE_SAVED, by=member, at=timezone.now(), fields=fields)
        messages.success(request, _("Your profile is saved."))
        return redirect(local_path(request.GET.get("next", "")) or "members:profile")
    return render(request, "members/profile.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest) -> HttpResponse:
    """Say how the membership stands, and what comes next; ask those who wait what helps to decide."""
    return _introduce(request) if request.method == "POST" else _membership(request, _who(request))


@transaction.atomic
def _introduce(request: HttpRequest) -> HttpResponse:
    member = _who(request)
    if member.membership != Member.Membership.WAITING:
        return redirect("members:membership")
    form = IntroductionForm(request.POST or None, instance=member)
    if form.is_valid():
        form.save()
        trail.record(member, Act.INTRODUCED, by=member, at=timezone.now())
        messages.success(request, _("Thank you. This helps us to decide."))
        return redirect("members:membership")
    return _membership(request, member, form)


def _membership(request: HttpRequest, member: Member, form: IntroductionForm | None = None) -> HttpResponse:
    if form is None and member.membership == Member.Membership.WAITING:
        form = IntroductionForm(instance=member)
    return render(request, "members/membership.html", {"form": form})


def _who(request: HttpRequest) -> Member:
    """Return who is logged in; what they send is saved under a lock, and no more once they are erased."""
    pk = request.user.pk
    rows = Member.objects.lock_open(pk) if request.method == "POST" else Member.objects.filter(pk=pk)
    found: Member = get_object_or_404(rows)
    return found


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the pages of rules and promises, and when its words last changed."""
    found = get_object_or_404(Policy, slug=slug)
    kept = retention.table() if found.slug == Policy.Name.PRIVACY else []
    return render(request, "members/policy.html", {"policy": found, "kept": kept})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the team's own pages; those who write it see it before it is shown."""
    found = get_object_or_404(Page, slug=slug)
    reader = reader_of(request)
    is_editor = reader is not None and reader.has_perm(WRITE_PAGES)
    if not found.is_shown and not is_editor:
        second_factor.refuse(request, WRITE_PAGES)
    return render(request, "members/page.html", {"page": found, "is_editor": is_editor})


@require_safe
def cookies_style(request: HttpRequest) -> HttpResponse:
    """Show what a form says where cookies are off, to a browser that asks for this without its cookie."""
    answer = HttpResponse(
        "" if cookies.came_back(request) else cookies.NOTICE_SHOWN_STYLE, content_type="text/css"
    )
    add_never_cache_headers(answer)
    return answer
