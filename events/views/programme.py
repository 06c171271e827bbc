"""The programme of an event, and each session on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from events import joining_details, phase_words
from events.calls_to_action import standing_of
from events.programme import cards, filters, reading
from events.programme.states import states_of
from events.views.loading import event_or_404, session_or_404, what_next
from events.views.programme_body import Body, body_html
from members.readers import reader_of


@require_safe
def programme_page(request: HttpRequest, slug: str) -> HttpResponse:
    """All sessions by day and time, or those that the filters in the address name."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    common, now = reading.load(event), timezone.now()
    options = filters.options_of(common, event)
    wanted = filters.parse_filters(request.GET, options)
    items = reading.items_of(event, standing.registration, common, at=now)
    context = {
        "event": event,
        "at": now,
        **what_next(standing, at=now, common=common),
        "items": items,
        "body": body_html(Body(common, items, options, wanted), standing, request),
        "anchors": {
            item.anchor
            for item in cards.noted(items, request)
            if item.says_notes and wanted.match(item, event.zone)
        },
    }
    response = render(request, "events/programme.html", context)
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        push_url(response, request.path + wanted.query)
    return response


@require_safe
def session_page(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Everything about one session; how to join only for those who may."""
    event = event_or_404(request, slug)
    session = session_or_404(request, event, session_slug)
    reader = reader_of(request)
    standing = standing_of(event, reader)
    state = states_of(standing.registration, session).get(session.pk)
    now = timezone.now()
    about = what_next(standing, at=now)
    right = joining_details.right_to_join(session, reader, standing.registration)
    takes_place = session.is_published and event.is_published and not about["is_past"]
    context = about | {
        "event": event,
        "session": session,
        "places": getattr(session, "workshop", None),
        "state": state,
        "anchors": {state.card_id} if state and standing.is_registered and takes_place else set(),
        "has_ended": session.has_ended(now),
        "offers_support": session.is_published and session.offers_support(now),
        "says_when": phase_words.of_session(session, at=now, reader_zone=standing.zone)
        if takes_place
        else "",
        "at": now,
        "is_left": joining_details.is_left(session, at=now),
        "may_join": right is not None,
        "joins_from": joining_details.opens_later(session, right, at=now),
    }
    return render(request, "events/session.html", context)
