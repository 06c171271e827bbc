"""Acts on the waiting list of a session: who is moved up, and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from team.guards import acting_member, allowed_if, may_change_bookings
from team.sessions import acts
from team.sessions.forms import MoveUpForm
from team.sessions.loading import session_or_404
from workshops.models import Booking
from workshops.places import waiting_list
from workshops.places.refusals import BookingRefused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_bookings)
def move_up(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Ask why somebody comes before those who asked earlier, then move them to the head of the line."""
    session = session_or_404(slug, session_slug)
    booking = get_object_or_404(Booking.objects.select_related("member"), pk=pk, session=session)
    form = MoveUpForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        by, reason = acting_member(request), form.cleaned_data["reason"]
        try:
            if acts.move_up(booking, reason, by=by, at=timezone.now()):
                messages.success(request, f"{booking.member} is at the head of the waiting list.")
            else:
                messages.info(
                    request, f"Nothing is changed: {booking.member} is first already, or does not wait."
                )
        except BookingRefused as refusal:
            messages.warning(request, refusal.of(str(booking.member)))
        return redirect("team:session", slug, session_slug)
    context = {
        "session": session,
        "booking": booking,
        "form": form,
        "position": waiting_list.position(booking),
    }
    return render(request, "team/sessions/move_up.html", context)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
