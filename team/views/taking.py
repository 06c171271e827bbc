"""Taking things that wait, and giving them back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.http import next_url, parse_id, redirect_or_htmx
from common.refusals import Refusal
from team import taking
from team.guards import acting_member, allowed_if, is_of_the_team


@require_POST
@allowed_if(is_of_the_team)
def take(request: HttpRequest) -> HttpResponse:
    """Put the reader's name on a thing."""
    thing, pk, whom = _asked(request)
    try:
        taking.take(thing, pk, by=acting_member(request), at=timezone.now(), instead_of=whom)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "You are on it: your colleagues see that for two hours.")
    return redirect_or_htmx(request, _back(request))


@require_POST
@allowed_if(is_of_the_team)
def give_back(request: HttpRequest) -> HttpResponse:
    """Take the reader's name off a thing."""
    thing, pk, _ = _asked(request)
    taking.give_back(thing, pk, by=acting_member(request), at=timezone.now())
    messages.success(request, "You are on it no more: anybody can take it.")
    return redirect_or_htmx(request, _back(request))


def _back(request: HttpRequest) -> str:
    """Return the page where it was pressed, with who was ticked there still ticked."""
    page = next_url(request) or reverse("team:index")
    ticked = [("person", one) for one in request.POST.getlist("person")]
    return f"{page}{'&' if '?' in page else '?'}{urlencode(ticked)}" if ticked else page


def _asked(request: HttpRequest) -> tuple[str, int, int]:
    """Return kind and id of what is pressed, and whom they saw on it (0: nobody).

    One field says all of it ("members.member:7:3"), so that one form serves the buttons of a whole page.
    Raises ``PermissionDenied`` for things that they do not deal with.
    """
    thing, pk, whom, *_ = [*request.POST.get("thing", "").split(":"), "", "", ""]
    if not taking.may_take(acting_member(request), thing):
        raise PermissionDenied
    return thing, parse_id(pk), parse_id(whom)
