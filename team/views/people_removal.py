"""Taking somebody out of an event, and looking again at that, from their page."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from concerns import removal
from concerns.refusals import RemovalRefused
from events.models import Event, Registration
from events.registration import RegistrationRefused
from members.models import Member
from team.guards import acting_member, allowed_if, may_remove_people
from team.people.search import person_or_404
from team.removal_forms import LookAgainForm, RemovalForm
from team.views.helping import done, event_or_404, if_reached, page_of, refused
from workshops.models import Booking


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_remove_people)
def take_out(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Say what taking somebody out of an event does, ask why, and do it."""
    person, about, by = person_or_404(pk), event_or_404(event), acting_member(request)
    back, now = page_of(person, about), timezone.now()
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if removal.is_out(about.pk, person.pk):
        return refused(request, f"{person.name} is out of {about} already.", back)
    if request.method == "POST" and form.is_valid():
        try:
            removal.remove(about, person, **form.cleaned_data, by=by, at=now)
        except RemovalRefused as refusal:
            form.add_error(None, str(refusal))
        except RegistrationRefused as refusal:
            form.add_error(None, refusal.of(person.name))
        else:
            told = if_reached(person, "They are told in an email.")
            return done(request, f"{person.name} is out of {about}. {told}", back)
    context = {"person": person, "event": about, "form": form, "back": back, "lost": _lost(person, about)}
    context["is_themselves"] = person.pk == by.pk
    return render(request, "team/people/take_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_remove_people)
def look_again(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Show why somebody is out and what they say, and lift it or let it stand."""
    person, about, by = person_or_404(pk), event_or_404(event), acting_member(request)
    back, found = page_of(person, about), removal.in_force(about.pk, person.pk)
    if found is None:
        return refused(request, f"{person.name} is not out of {about}.", back)
    form = LookAgainForm(request.POST if request.method == "POST" else None, removal=found)
    if request.method == "POST" and form.is_valid():
        lifts = form.cleaned_data["decision"] == LookAgainForm.LIFT
        try:
            removal.look_again(
                form.as_seen(copy(found)), form.cleaned_data["words"], lifts=lifts, by=by, at=timezone.now()
            )
        except RemovalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = if_reached(person, "They are told in an email.")
            became = "may come again, and registers anew" if lifts else "stays out"
            return done(request, f"{person.name} {became}. {told}", back)
    context = {"person": person, "event": about, "form": form, "back": back, "removal": found}
    context["is_for_another"] = removal.is_for_another(found, by) or person.pk == by.pk
    return render(request, "team/people/second_look.html", context)


def _lost(person: Member, event: Event) -> list[Booking]:
    theirs = Registration.objects.filter(member=person, event=event).first()
    if theirs is None:
        return []
    live = Booking.objects.live().to_come(timezone.now()).filter(registration=theirs)
    return list(live.select_related("session").order_by("session__starts_at", "pk"))
