"""Acts on a session: how many places there are, and who is moved up its waiting list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events.places import CapacityBelowTaken
from team.guards import acting_member, allowed_if, may_change_bookings, may_change_sessions
from team.sessions import acts
from team.sessions.forms import MoveUpForm, PlacesForm
from team.sessions.loading import session_or_404
from workshops.models import Booking, Workshop
from workshops.places import waiting_list
from workshops.programme.changes import ProgrammeRefused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def places(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Change how many places there are; says first whom that mails."""
    session = session_or_404(slug, session_slug)
    row: Workshop | None = getattr(session, "workshop", None)
    if row is None:
        raise Http404
    shown = "" if row.capacity is None else row.capacity
    form = PlacesForm(_sent(request), initial={"places": row.capacity, "seen": shown})
    if request.method == "POST" and form.is_valid():
        wanted, seen = form.cleaned_data["places"], form.cleaned_data["seen"]
        try:
            acts.set_places(session, wanted, seen=seen, by=acting_member(request), at=timezone.now())
        except (ProgrammeRefused, CapacityBelowTaken) as refusal:
            form.add_error("places", str(refusal))
            if isinstance(refusal, acts.PlacesChanged):
                form.has_seen(refusal.now)
        else:
            messages.success(request, _places_set(session.pk))
            return redirect("team:session", slug, session_slug)
    return render(request, "team/sessions/places.html", {"session": session, "places": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_bookings)
def move_up(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Ask why somebody comes before those who asked earlier, then move them to the head of the line."""
    session = session_or_404(slug, session_slug)
    booking = get_object_or_404(Booking.objects.select_related("member"), pk=pk, session=session)
    form = MoveUpForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        by, reason = acting_member(request), form.cleaned_data["reason"]
        if acts.move_up(booking, reason, by=by, at=timezone.now()):
            messages.success(request, f"{booking.member} is at the head of the waiting list.")
        else:
            messages.info(
                request, f"Nothing is changed: {booking.member} is first already, or does not wait."
            )
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


def _places_set(session_id: int) -> str:
    """Say how it stands once the line has been served."""
    row = Workshop.objects.get(session=session_id)
    capacity = "no limit" if row.capacity is None else f"{row.capacity:,}"
    return f"Saved. Places: {capacity}. Taken: {row.taken:,}. Waiting: {row.line:,}."
