"""The agenda page, what refreshes it, and the acts on all of it."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from common import languages
from common.http import next_url
from common.words import ordinal, titles
from events.calls_to_action import call_to_action
from events.phases import is_behind, phase_of
from members.models import SiteSettings
from workshops import notices
from workshops.agenda import change_mark, public_places, reading
from workshops.agenda.own_bookings import own_bookings
from workshops.agenda.reading import Agenda
from workshops.agenda.states import WILL_EMAIL
from workshops.places import choices, waiting_list
from workshops.places.choices import Outcome
from workshops.views.requests import LEVELS, logged_in, notes_of, standing_or_404

#: Also the answer to a second press, after which browsers throw the answer to the first away.
NOTHING_CHOSEN = gettext_lazy("None of your choices is left to book. What you have is below.")


@require_safe
@login_required
def agenda_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Their agenda of an event: what they have, and what they could have."""
    standing = standing_or_404(request, slug)
    now = timezone.now()
    if standing.registration is None or not standing.has_agenda:
        call = call_to_action(standing, SiteSettings.load(), at=now)
        return render(
            request,
            "workshops/not_registered.html",
            {"event": standing.event, "standing": standing, "call": call},
        )
    agenda = reading.agenda_of(standing.registration, at=now)
    phase = phase_of(standing.event, at=now, common=agenda.seen.programme)
    context = {
        "event": standing.event,
        "at": now,
        "phase": phase,
        "is_past": is_behind(standing.event, phase, at=now),
        "day": agenda.day(at=now, reader_zone=standing.zone) if standing.is_registered else None,
        "agenda": agenda,
        "notes": notes_of(request),
    }
    return render(request, "workshops/agenda.html", context)


@require_safe
def places_now(request: HttpRequest, slug: str) -> HttpResponse:
    """The places of an event's sessions, in the ``language`` that is asked for. Conditional.

    Who asks is not looked at; a draft has none for anybody.
    """
    with translation.override(languages.spoken_or_own(request.GET.get("language", ""))):
        places = public_places.of_event(slug, at=timezone.now())
        if places is None:
            raise Http404
        etag = quote_etag(places.name)
        headers = {"ETag": etag, "Content-Language": languages.tag()}
    answer = HttpResponse(places.body, content_type="application/json", headers=headers)
    patch_cache_control(answer, public=True, max_age=settings.PLACES_KEPT_SECONDS)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
@login_required
def agenda_parts(request: HttpRequest, slug: str) -> HttpResponse:
    """Those parts of the agenda, or of the programme, whose ids are asked for (``part``), as they are now."""
    standing = standing_or_404(request, slug)
    if standing.registration is None or not standing.has_agenda:
        return HttpResponse()
    agenda = reading.agenda_of(standing.registration, at=timezone.now())
    wanted = set(request.GET.getlist("part"))
    context = {
        "agenda": agenda,
        "wanted": wanted,
        "slots": [slot for slot in agenda.slots if slot.id in wanted],
        "lines": [slot for slot in agenda.slots if f"glance-{slot.id}" in wanted],
        "states": [
            card.state for slot in agenda.slots for card in slot.cards if f"booking-{card.pk}" in wanted
        ],
        "next": next_url(request),
    }
    return render(request, "workshops/_agenda_parts.html", context)


@require_safe
@login_required
def agenda_now(request: HttpRequest, slug: str) -> HttpResponse:
    """What has changed since a page was made: whose, places and states in words, keys of parts. Conditional.

    The parts are those of the agenda (its summary and slots) and of the programme (its bar and sessions).
    """
    standing, at = standing_or_404(request, slug), timezone.now()
    if standing.registration is None or not standing.has_agenda:
        return JsonResponse({"keys": {}, "words": {}})
    own = own_bookings(standing.registration, at=at)
    etag = quote_etag(change_mark.mark_of(own, at=at))
    answer = HttpResponse(content_type="application/json", headers={"ETag": etag})
    patch_cache_control(answer, private=True, no_cache=True)
    unchanged = get_conditional_response(request, etag=etag, response=answer)
    if unchanged is answer:
        agenda = reading.agenda_of(standing.registration, at=at, own=own)
        answer.content = json.dumps({"reader": str(standing.registration.member_id), **_now(agenda)})
    return unchanged or answer


def _now(agenda: Agenda) -> dict[str, object]:
    """Return the keys of the parts of an agenda, and its places and states in words."""
    states = [state for slot in agenda.slots for state in slot.states]
    return {
        "keys": {
            "agenda-summary": agenda.key,
            "agenda-glance": agenda.glance_key,
            "programme-bar": agenda.summary.key,
            **{slot.id: slot.key for slot in agenda.slots},
            **{state.panel_id: state.key for state in states},
        },
        "words": {
            **{f"{state.panel_id}-places": state.places for state in states if state.places},
            **{state.heard_id: state.heard for state in states if state.heard},
        },
    }


@require_POST
@logged_in
def book_choices(request: HttpRequest, slug: str) -> HttpResponse:
    """Book all their choices; say for each what became of it."""
    standing = standing_or_404(request, slug)
    if standing.registration is not None and standing.is_registered:
        outcomes = choices.book_choices(
            standing.registration, by=standing.registration.member, at=timezone.now()
        )
        for kind, words in _outcomes_in_words(outcomes):
            messages.add_message(request, LEVELS[kind], words)
    return redirect("workshops:agenda", slug)


@require_POST
@logged_in
def email_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Owe them an email with their agenda as it is now."""
    standing = standing_or_404(request, slug)
    if standing.registration is not None and standing.is_registered:
        notices.queue_agenda(standing.registration, timezone.now())
        address = standing.registration.member.email
        messages.success(request, _("We are sending your agenda to %(address)s.") % {"address": address})
    return redirect("workshops:agenda", slug)


def _outcomes_in_words(outcomes: Iterable[Outcome]) -> list[tuple[str, str]]:
    """Return the kind and words of each notice."""
    booked, lines, notes = [], [], []
    for outcome in outcomes:
        if outcome.refusal is not None:
            notes.append(("warning", _not_booked(outcome)))
        elif outcome.booking is not None and (position := waiting_list.position(outcome.booking)):
            what = {"position": ordinal(position), "title": outcome.session.title}
            lines.append(_("you are %(position)s for “%(title)s”") % what)
        else:
            booked.append(outcome.session)
    if lines:
        comma = pgettext("between the things of a list", ", ")
        full = _("Full, so on the waiting list: %(lines)s.") % {"lines": comma.join(lines)}
        notes.insert(0, ("info", f"{full} {WILL_EMAIL}"))
    if booked:
        notes.insert(0, ("success", _("Booked: %(sessions)s.") % {"sessions": titles(booked)}))
    return notes or [("info", str(NOTHING_CHOSEN))]


def _not_booked(outcome: Outcome) -> str:
    what = {"title": outcome.session.title, "why": outcome.refusal}
    return _("Not booked: “%(title)s”. %(why)s") % what
