"""Now and next: the page of the day, and what tells it that something has changed."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from events import phase_words
from events.phases import Phase
from live import reading
from live import version as versions
from workshops.views.requests import standing_or_404


@require_safe
@login_required
def now_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on for them, what comes, and the one button; in words where the event is not on."""
    standing, at = standing_or_404(request, slug), timezone.now()
    if standing.registration is None or not standing.is_registered:
        return redirect("workshops:agenda", slug)
    page = reading.now_and_next(standing.registration, at=at)
    event = standing.event
    context = {
        "event": event,
        "at": at,
        "page": page,
        "says": phase_words.in_words(event, page.phase, at=at, reader_zone=standing.zone),
        "attended": reading.attended(standing.registration, event) if page.phase.is_over else [],
        "version": versions.of(event, at=at) if page.phase is Phase.ON_NOW else "",
    }
    return render(request, "live/now.html", context)


@require_safe
def version(request: HttpRequest, slug: str) -> HttpResponse:
    """Name what is shown of the event just now: who asks is not looked at. Conditional."""
    name = versions.of_event(slug, at=timezone.now())
    if name is None:
        raise Http404
    etag = quote_etag(name)
    answer = JsonResponse({"version": name}, headers={"ETag": etag})
    patch_cache_control(answer, public=True, max_age=settings.PLACES_KEPT_SECONDS)
    return get_conditional_response(request, etag=etag, response=answer) or answer
