"""The page that lists where somebody is logged in, and ends it there, or everywhere."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.accounts import log_ins, logged_in
from members.readers import reader_of


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Say where they are logged in, this browser first."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required stands before
    found = log_ins.of_member(member, at=timezone.now())
    here = [one for one in found if one.session_id == request.session.session_key]
    others = [one for one in found if one not in here]
    return render(request, "members/log_ins.html", {"here": here, "others": others})


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Log them out in another browser."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required stands before
    if log_ins.end(member, pk, but=request.session.session_key or ""):
        messages.success(request, _("You are logged out there."))
    else:
        messages.info(request, _("That browser was logged out already."))
    return redirect("account_log_ins")


@require_POST
@login_required
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Log out here and wherever else they are logged in: on a computer that they cannot get back to."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required stands before
    logged_in.end_all(member)
    logout(request)
    messages.success(request, _("You are logged out everywhere."))
    answer = redirect("account_login")
    answer["Clear-Site-Data"] = '"storage"'
    return answer
