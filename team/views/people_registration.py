"""Registering somebody who rings, and cancelling their registration: by the rules that members use."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.transactions import retried
from events import access_needs
from events import registration as registering
from events.models import Registration
from members.models import Member
from team.guards import acting_member, allowed_if, may_register_people
from team.people import by_telephone
from team.people.calls import call
from team.people.search import person_or_404
from team.people_forms import CallerRegistrationForm
from team.views.helping import done, event_or_404, page_of, refused, telling
from workshops.models import Booking


class NotAsListed(Exception):
    """What they would lose is not what the page has named."""


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_register_people)
def register(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Register somebody who rings, once they have heard the code of conduct."""
    person, about, by = person_or_404(pk), event_or_404(event), acting_member(request)
    form = CallerRegistrationForm(request.POST if request.method == "POST" else None, event=about)
    back = page_of(person, about)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with call(person, by=by, at=at):
                made = by_telephone.register(about, person, by=by, at=at, **form.heard())
        except by_telephone.RegisteredAlready as refusal:
            theirs = _current(person, about.pk)  # pressed twice, or nothing was told: nothing is unsaved
            if theirs is not None and access_needs.is_told(theirs, form.told()):
                return done(request, f"{person.name} is registered already.", back)
            form.add_error(None, refusal.of(person.name))
        except registering.RegistrationRefused as refusal:
            form.add_error(None, refusal.of(person.name))
        else:
            said = f"{about}: {made.get_status_display().lower()}. {telling(person, by=by)}"
            return done(request, said, back)
    elif request.method != "POST" and _current(person, about.pk):
        return refused(request, f"{person.name} is registered already.", back)
    return render(request, "team/people/register.html", {"person": person, "event": about, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_register_people)
def deregister(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Say what cancelling a registration loses, then cancel it."""
    person, about, now = person_or_404(pk), event_or_404(event), timezone.now()
    back, theirs = page_of(person, about), _current(person, about.pk)
    if theirs is None:
        return refused(request, f"{person.name} is not registered for {about}.", back)
    is_news = False
    try:
        registering.refuse_over(about, now)
        if request.method == "POST":
            by = acting_member(request)
            with call(person, by=by, at=now):
                _cancel(theirs, request.POST.getlist("lost"), by=by, at=now)
            said = f"The registration for {about} is cancelled. {telling(person, by=by)}"
            return done(request, said, back)
    except NotAsListed:
        is_news = True
    except registering.RegistrationRefused as refusal:
        return refused(request, f"Nothing has changed. {refusal.of(person.name)}", back)
    lost = _lost(theirs, now).select_related("session").order_by("session__starts_at", "pk")
    context = {"person": person, "event": about, "lost": lost, "back": back, "is_news": is_news}
    return render(request, "team/people/deregister.html", context)


@retried
def _cancel(theirs: Registration, named: list[str], *, by: Member, at: datetime) -> None:
    """Cancel, where they lose what was named and nothing else: their bookings change under this lock only."""
    locked = registering.locked(theirs.pk)
    if locked.status != Registration.Status.CANCELLED and {*named} != {
        str(pk) for pk in _lost(locked, at).values_list("pk", flat=True)
    }:
        raise NotAsListed
    registering.cancel(locked, by=by, at=at)


def _lost(registration: Registration, at: datetime) -> "QuerySet[Booking]":
    return Booking.objects.live().to_come(at).filter(registration=registration)


def _current(person: Member, event: int) -> Registration | None:
    return Registration.objects.current().filter(member=person, event=event).first()
