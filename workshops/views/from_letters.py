"""Where a letter leads that somebody presses without logging in: giving one place up, after asking."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.actors import VISITOR
from members.readers import reader_of
from workshops.letters import give_up_keys
from workshops.models import Booking
from workshops.places import booking
from workshops.places.deadlines import is_last_half_hour
from workshops.places.refusals import BookingRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show which place, and ask; give it up by the rule of the agenda, and say what became of it."""
    key, at = give_up_keys.opened(slug, token), timezone.now()
    if key is None:
        raise Http404
    place = key.booking
    if request.method == "POST" and not key.has_ended(at):
        try:
            booking.cancel(place, by=reader_of(request) or VISITOR, at=at, only=Booking.PLACED)
        except BookingRefused as refusal:
            messages.warning(request, str(refusal))
        return redirect("workshops:give_up", slug, token)
    session = place.session
    context = {
        "booking": place,
        "session": session,
        "event": session.event,
        "has_ended": key.has_ended(at) or session.has_started(at),
        "can_give_up": place.status in Booking.PLACED,
        "was_given_up": place.ended == Booking.Ended.BY_MEMBER,
        "is_late": session.starts_at is not None and is_last_half_hour(session.starts_at, at),
    }
    answer = render(request, "workshops/give_up_from_letter.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
