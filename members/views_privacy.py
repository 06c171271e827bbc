"""The pages about one's own data: what there is, a file with all of it, and being erased."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.personal_data import registry
from common.personal_data.registry import Deleted
from members.accounts import fresh_proof
from members.models import Member
from members.privacy import erasure, export

#: After so many seconds the page that says that the file is being made comes again.
AGAIN_SECONDS = "5"


@require_safe
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Say how far the file with their data is, and whether they are about to be erased."""
    member = _who(request)
    file = export.latest(member)
    context = {
        "file": file,
        "file_until": file.asked_at + export.RETENTION if file else None,
        "titles": [one.title for one in registry.exported()],
        "pending": erasure.pending(member),
    }
    answer = render(request, "members/my_data.html", context)
    if file is not None and not file.is_ready:
        answer["Refresh"] = AGAIN_SECONDS
    return answer


@login_required
@require_POST
@fresh_proof.required
def make_file(request: HttpRequest) -> HttpResponse:
    """Ask for the file with all data; a worker makes it."""
    member = _who(request)
    export.ask(member, by=member, at=timezone.now())
    return redirect("members:my_data")


@require_safe
@login_required
@fresh_proof.required
def fetch_file(request: HttpRequest) -> HttpResponse:
    """Hand them their own file, to be kept by nobody else."""
    file = export.latest(_who(request))
    if file is None or not file.is_ready:
        raise Http404
    try:
        content = export.read(file)
    except FileNotFoundError:  # a restored backup knows of files that it does not hold
        messages.warning(request, _("The file is not there any more. Make a new one."))
        return redirect("members:my_data")
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="data.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes, what stays and why; owe them their erasure in ten days."""
    return _ask(request) if request.method == "POST" else _erase_page(request, "")


@fresh_proof.required
def _ask(request: HttpRequest) -> HttpResponse:
    member = _who(request)
    try:
        erasure.ask(member, by=member, at=timezone.now())
    except erasure.ErasureRefused as refusal:
        return _erase_page(request, str(refusal))
    messages.success(request, _("You will be erased. We have emailed you how to take that back."))
    return redirect("members:my_data")


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take the erasure back."""
    member = _who(request)
    if erasure.take_back(member, by=member, at=timezone.now()):
        messages.success(request, _("You will not be erased. Everything is as it was."))
    return redirect("members:my_data")


def _erase_page(request: HttpRequest, refusal: str) -> HttpResponse:
    member = _who(request)
    context = what_erasing_does() | {"refusal": refusal, "pending": erasure.pending(member)}
    return render(request, "members/erase.html", context)


def what_erasing_does() -> dict[str, Any]:
    """Return what goes, and what stays with why, as pages show it."""
    holdings = registry.of_people()
    return {
        "days": erasure.THINKING.days,
        "goes": [one.title for one in holdings if isinstance(one.erased, Deleted)],
        "stays": registry.staying(),
    }


def _who(request: HttpRequest) -> Member:
    found: Member = get_object_or_404(Member, pk=request.user.pk)
    return found
