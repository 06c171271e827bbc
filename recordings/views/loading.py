"""Load or 404: a recording for whoever may watch it. What is answered is kept by no browser and no proxy."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from events.views.loading import event_or_404
from members.readers import reader_of
from recordings import access
from recordings.models import Recording

P = ParamSpec("P")


def recording_or_404(request: HttpRequest, slug: str, pk: int, *, at: datetime) -> Recording:
    """Return a recording of a public event; for whoever may not watch it there is none."""
    event = event_or_404(request, slug)
    found = Recording.objects.select_related("session").filter(session__event=event, pk=pk).first()
    if found is None:
        raise Http404
    found.session.event = event
    if not access.may_watch(found, reader_of(request), at=at):
        raise Http404
    return found


def unkept(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let nobody keep the answer, and no search engine list it."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered
