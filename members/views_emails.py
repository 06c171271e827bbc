"""Email choices: what is sent in any case, what one may turn off, and the page that an email leads to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from audit.actors import VISITOR
from members import email_choices
from members.email_choices import Choice
from members.forms import EmailChoicesForm
from members.models import Member
from members.readers import reader_of

#: What a mail program posts for whoever presses its own button (RFC 8058, 3.1).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """Show what somebody is sent, and save what of it they may do without."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # behind login_required
    typed = request.POST if request.method == "POST" else None
    form = EmailChoicesForm(typed, stopped=email_choices.stopped(member))
    if request.method == "POST" and form.is_valid():
        for choice, is_wanted in form.answers():
            act = email_choices.start if is_wanted else email_choices.stop
            act(member, choice.name, by=member, at=timezone.now())
        messages.success(request, _("Your email choices are saved."))
        return redirect("members:emails")
    return render(request, "members/emails.html", {"form": form})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End emails of one kind: by a button, or by a mail program's own, which has no token of ours."""
    found = email_choices.opened(token)
    if found is None:
        raise Http404
    name, value = ONE_CLICK
    if request.method == "POST" and request.POST.get(name) == value:
        _end(request, *found)
        return HttpResponse(_("These emails have stopped.") + "\n", content_type="text/plain")
    answer = _stop(request, token, *found)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@csrf_protect
def _stop(request: HttpRequest, token: str, member: Member | None, choice: Choice) -> HttpResponse:
    if request.method == "POST":
        _end(request, member, choice)
        messages.success(request, _("These emails have stopped."))
        return redirect("members:emails_stop", token)
    is_sent = member is not None and email_choices.wants(member, choice.name)
    return render(request, "members/emails_stop.html", {"choice": choice, "is_sent": is_sent})


def _end(request: HttpRequest, member: Member | None, choice: Choice) -> None:
    if member is not None:
        email_choices.stop(member, choice.name, by=reader_of(request) or VISITOR, at=timezone.now())
