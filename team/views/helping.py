"""What the acts for a person have in common: whom they are for, and the way back to their page.

Booking for a colleague is like booking for anybody: it touches none of their rights (``members.keys``).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from common.http import next_url
from events.models import Event, Registration, Session
from members.models import Member
from team.guards import acting_member
from team.people.search import person_or_404
from workshops.models import Booking

#: How somebody hears of what is done for them in a call.
TOLD_TOGETHER: Final = (
    "They are told in one email of all that you change for them: when you end the call, or ten minutes after "
    "the last change."
)
TOLD_AS_EVER: Final = "This is you: you get the emails that members get who do it themselves."


@dataclass(frozen=True)
class Help:
    """An act on a session for somebody: their registration for its event, who acts, and when."""

    request: HttpRequest
    person: Member
    session: Session
    registration: Registration
    by: Member
    at: datetime

    def booking(self) -> Booking:
        """Return their latest booking of the session, or 404."""
        latest = Booking.objects.filter(registration=self.registration, session=self.session).first()
        if latest is None:
            raise Http404
        latest.session = self.session
        return latest

    @property
    def back(self) -> str:
        """Where the act was pressed: the list of sessions, or the person's page."""
        return next_url(self.request) or page_of(self.person, self.session.event)


def help_or_404(request: HttpRequest, pk: int, session: int) -> Help:
    """Return the act that an address asks for; 404 where they never registered for that event."""
    person = person_or_404(pk)
    sessions = Session.objects.public().live().filter(workshop__isnull=False)
    found = sessions.select_related("event", "workshop").filter(pk=session).first()
    if found is None:
        raise Http404
    registration = Registration.objects.filter(member=person, event=found.event_id).first()
    if registration is None:
        raise Http404
    registration.member, registration.event = person, found.event
    return Help(request, person, found, registration, acting_member(request), timezone.now())


def emailing(person: Member) -> str:
    """Say whether an email about what was done reaches them. One query."""
    return if_reached(person, "We are emailing them.")


def telling(person: Member, *, by: Member) -> str:
    """Say how they hear of what was done for them in a call, which is none for oneself. One query."""
    return if_reached(person, TOLD_AS_EVER if person.pk == by.pk else TOLD_TOGETHER)


def if_reached(person: Member, words: str) -> str:
    """Return the words, or that no email reaches them, which is then for the team to say. One query."""
    if Member.objects.reachable().filter(pk=person.pk).exists():
        return words
    return f"No email reaches them until they have confirmed {person.email}: tell them."


def event_or_404(slug: str) -> Event:
    """Return an event that is no draft."""
    event = Event.objects.public().filter(slug=slug).first()
    if event is None:
        raise Http404
    return event


def page_of(person: Member, event: Event | None = None) -> str:
    """Return the address of the page of a person, at one of their events."""
    page = reverse("team:person", args=[person.pk])
    return f"{page}?event={event.slug}#event" if event else page


def done(request: HttpRequest, words: str, to: str) -> HttpResponse:
    """Say what was done, and go on."""
    messages.success(request, words)
    return redirect(to)


def refused(request: HttpRequest, words: str, to: str) -> HttpResponse:
    """Say why nothing was done, and go on."""
    messages.warning(request, words)
    return redirect(to)
