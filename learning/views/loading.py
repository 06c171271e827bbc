"""What these pages are about, and whose they are. No browser and no proxy keeps them."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from events.models import Event
from learning import notes
from members.models import Member
from members.readers import reader_of


def for_who_comes(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call a view with (request, event, member) for whoever is registered for the event, 404 for others."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **rest: str) -> HttpResponse:
        event, member = _event_or_404(slug), _member(request)
        if not notes.may_keep(member, event):
            raise Http404
        return view(request, event, member, **rest)

    return guarded


def _event_or_404(slug: str) -> Event:
    event = Event.objects.public().filter(slug=slug).first()
    if event is None:
        raise Http404
    return event


def _member(request: HttpRequest) -> Member:
    member = reader_of(request)
    if member is None:
        raise Http404
    return member
