"""Deciding about somebody's membership, and registering them: by the rules of the site and of the admin."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from events import registration as registering
from events.models import Registration
from members import membership
from members.keys import StrongerAccount
from members.models import Member
from team.forms_people import CallerRegistrationForm, DeclineForm, EndForm
from team.guards import acting_member, allowed_if, may_find_people, may_register_people
from team.people import by_telephone, deciding
from team.people.search import person_or_404
from team.views.helping import done, event_or_404, page_of, refused

Rule = Callable[..., Member]


@require_POST
@allowed_if(may_find_people)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody a member; they are mailed in ten minutes."""
    said = "They are a member now. They are emailed in ten minutes; until then you can take it back."
    return _decide(request, pk, membership.approve, said)


@require_POST
@allowed_if(may_find_people)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody wait again who was approved by mistake."""
    return _decide(
        request, pk, membership.take_back_approval, "The approval is taken back. Nobody is emailed."
    )


@require_POST
@allowed_if(may_find_people)
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody a member again."""
    return _decide(request, pk, membership.reinstate, "They are a member again. We are emailing them.")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def turn_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not approve somebody, for a reason that they are told."""
    form = DeclineForm(request.POST if request.method == "POST" else None)
    words = (
        "Do not approve",
        "They are emailed at once, with the reason.",
        "They are not approved, and emailed.",
    )
    return _with_reason(request, pk, form, membership.decline, *words)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership."""
    form = EndForm(request.POST if request.method == "POST" else None)
    words = ("End the membership", "What they are registered for stays. Nobody is emailed.", "It has ended.")
    return _with_reason(request, pk, form, membership.end, *words)


def _with_reason(
    request: HttpRequest, pk: int, form: forms.Form, rule: Rule, verb: str, means: str, said: str
) -> HttpResponse:
    """Ask for a reason on a page that says what it does; then decide."""
    if request.method == "POST" and form.is_valid():
        return _decide(request, pk, rule, said, reason=form.cleaned_data["reason"])
    person = person_or_404(pk)
    shown = request.POST.get("shown") or deciding.as_shown(person)
    context = {"person": person, "form": form, "verb": verb, "means": means, "shown": shown}
    return render(request, "team/people/reason.html", context)


def _decide(request: HttpRequest, pk: int, rule: Rule, said: str, **more: Any) -> HttpResponse:
    """Decide about the membership that was on the screen, and go back to the person."""
    person, reader = person_or_404(pk), acting_member(request)
    try:
        with deciding.about(person, shown=request.POST.get("shown", ""), reader=reader) as locked:
            rule(locked, by=reader, at=timezone.now(), **more)
    except (deciding.DecidedMeanwhile, membership.MembershipRefused, StrongerAccount) as refusal:
        return refused(request, str(refusal), page_of(person))
    return done(request, said, page_of(person))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_register_people)
def register(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Register somebody who rings, once they have heard the code of conduct."""
    person, about = person_or_404(pk), event_or_404(event)
    form = CallerRegistrationForm(request.POST if request.method == "POST" else None, event=about)
    if request.method == "POST" and form.is_valid():
        try:
            made = by_telephone.register(
                about, person, by=acting_member(request), at=timezone.now(), **form.cleaned_data
            )
        except registering.RegistrationRefused as refusal:
            form.add_error(None, refusal.of(person.name))
        else:
            said = f"{about}: {made.get_status_display().lower()}. We are emailing them."
            return done(request, said, page_of(person, about))
    return render(request, "team/people/register.html", {"person": person, "event": about, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_register_people)
def deregister(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Say what cancelling a registration loses, then cancel it."""
    person, about = person_or_404(pk), event_or_404(event)
    theirs = Registration.objects.current().filter(member=person, event=about).first()
    if theirs is None:
        return refused(request, f"{person.name} is not registered for {about}.", page_of(person, about))
    if request.method == "POST":
        registering.cancel(theirs, by=acting_member(request), at=timezone.now())
        said = f"The registration for {about} is cancelled. We are emailing them."
        return done(request, said, page_of(person, about))
    lost = theirs.bookings.live().select_related("session").order_by("session__starts_at", "pk")
    context = {"person": person, "event": about, "lost": lost, "back": page_of(person, about)}
    return render(request, "team/people/deregister.html", context)
