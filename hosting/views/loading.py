"""What a host's page is about, and who asks. What is answered here is kept by no browser and no proxy."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common import refill_forms
from events.models import Event
from hosting import access, proof, typed
from hosting.access import NotTheirs, Part, Reader
from hosting.people import NotAgreed

P = ParamSpec("P")
View = Callable[..., HttpResponse]


def event_or_404(slug: str) -> Event:
    """Return an event that everybody may see."""
    event = Event.objects.public().filter(slug=slug).first()
    if event is None:
        raise Http404
    return event


def reader_of(request: HttpRequest, at: datetime) -> Reader:
    """Return who asks."""
    return proof.reader(request, at=at)


def about(request: HttpRequest, event: Event) -> dict[str, object]:
    """Return what each page says at its end: until when it opens, and by which address it did."""
    shown = proof.shown_here(request, at=timezone.now())
    return {"last_day": access.last_day(event), "address": shown}


def hosts_only(view: View) -> View:
    """Open a page of one session to its hosts; others come to the entrance, whatever is behind it.

    Nothing tells them whether there is such a session. Who has not agreed yet is asked to.
    """

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **about: str) -> HttpResponse:
        try:
            return _refilled(view, request, slug, **about)
        except (NotTheirs, NotAgreed):
            if words := typed.keep(request, at=timezone.now()):  # the pages closed while they wrote
                return render(request, "hosting/typed.html", {"event": event_or_404(slug), "typed": words})
            return redirect("hosting:overview", slug)

    return guarded


def _refilled(view: View, request: HttpRequest, slug: str, **about: str) -> HttpResponse:
    """Show the page with what was typed before it closed; what has gone through is forgotten."""
    if request.method == "POST":
        answer = view(request, slug, **about)
        if answer.status_code == 302:
            typed.forget(request)
        return answer
    at = timezone.now()
    if before := typed.before(request, reader_of(request, at), at=at):
        with refill_forms.typed_before(before):
            return view(request, slug, **about)
    return view(request, slug, **about)


def unkept(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let nobody keep the answer: most hosts read on a computer that others use."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


def part_of(request: HttpRequest, slug: str, session_slug: str, *, has_agreed: bool = True) -> Part:
    """Return the part of whoever asks in a session, who has agreed unless that does not matter.

    Raises ``NotTheirs`` and ``NotAgreed``.
    """
    at = timezone.now()
    event = event_or_404(slug)
    for one in access.parts(event, reader_of(request, at), at=at):
        if one.session.slug == session_slug:
            if has_agreed and not one.has_agreed:
                raise NotAgreed
            return one
    raise NotTheirs
