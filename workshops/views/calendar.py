"""Their calendar: the page with its secret address, and the calendar itself."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import trail
from audit.acts import Act
from common import languages
from members.models import Member
from workshops.forms import CalendarForm
from workshops.letters import calendar_feed


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def calendar_page(request: HttpRequest) -> HttpResponse:
    """How sessions come into their calendar: by email, or by an address to subscribe to."""
    member = cast(Member, request.user)
    form = CalendarForm(request.POST if request.method == "POST" else None, instance=member)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            trail.record(member, Act.PROFILE_SAVED, by=member, at=timezone.now(), fields=form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("calendar:page")
    address = calendar_feed.address(member)
    context = {
        "form": form,
        "address": address,
        "ways": calendar_feed.ways(address),
    }
    response = render(request, "workshops/calendar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def make_address(request: HttpRequest) -> HttpResponse:
    """Make the address, or a new one in place of the old."""
    member = cast(Member, request.user)
    had_one = hasattr(member, "calendar_feed")
    calendar_feed.make_address(member, at=timezone.now())
    new = _("This is your new address. The old one has stopped.")
    messages.success(request, new if had_one else _("This is the address of your calendar."))
    return redirect("calendar:page")


@require_POST
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Go to the ways into their calendar, each of them one press away; an address is made where missing."""
    member = cast(Member, request.user)
    if not calendar_feed.address(member):
        calendar_feed.make_address(member, at=timezone.now())
    return redirect(f"{reverse('calendar:page')}#add")


@require_safe
@login_required
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Their sessions as one file to open in a calendar program."""
    content = calendar_feed.to_keep(cast(Member, request.user), at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-agenda.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def stop_sharing(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    calendar_feed.stop_sharing(cast(Member, request.user), at=timezone.now())
    messages.success(request, _("Your calendar is not shared any more. Its address has stopped."))
    return redirect("calendar:page")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever knows its address; says "not changed" to who has it already."""
    member = calendar_feed.owner(token)
    if member is None:
        raise Http404(_("No calendar has this address."))
    with translation.override(languages.of_member(member)):
        found = calendar_feed.feed_of(member, at=timezone.now())
    response = HttpResponse(found.body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = quote_etag(found.etag)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
