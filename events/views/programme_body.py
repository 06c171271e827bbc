"""The programme on its page, its filters and its sessions: made once for all to whom it looks the same.

Whoever has no state of their own in it (visitors, members who are not registered) reads a body that is kept
in the memory of each process, under everything that it shows: the version of the programme and its language,
the filters, the reader's zone, the day, which sessions have ended, and the places as they are this moment.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.recent import Recent
from common.words import counted
from events.calls_to_action import Standing
from events.forms import ProgrammeFilterForm
from events.programme import cards, filters, reading
from events.programme.filters import Filters, Options
from events.programme.reading import Item, Programme

TEMPLATE = "events/_programme.html"
#: So many bodies are kept in a process; one of 300 sessions takes 700 kB.
_kept: Recent[SafeString] = Recent(8)


@dataclass(frozen=True)
class Body:
    """What is shown: the programme, each session as it is now, and what the reader asked to see."""

    programme: Programme
    items: list[Item]
    options: Options
    wanted: Filters


def body_html(body: Body, standing: Standing, request: HttpRequest) -> SafeString:
    """Write it: for whoever has states of their own with their buttons, for all others as it is kept.

    Words that somebody looks for are anybody's guess: what they leave is not kept.
    """
    if any(item.state for item in body.items):
        return render_to_string(TEMPLATE, _context(body, standing, request), request)
    if body.wanted.q:
        return _same_for_all(body, standing)
    event = standing.event
    now = tuple((item.places, item.is_past) for item in body.items)
    asked = (body.wanted, _zone(standing), timezone.localdate())
    key = (body.programme.token, event.slug, event.time_zone, *asked, now)
    return _kept.get(key, lambda: _same_for_all(body, standing))


def _same_for_all(body: Body, standing: Standing) -> SafeString:
    """Write it without a request: nothing of the reader's can come in."""
    return render_to_string(TEMPLATE, _context(body, standing))


def _zone(standing: Standing) -> str:
    """Return the reader's zone; where it is the event's, there is nothing to say of it."""
    return "" if standing.zone == standing.event.time_zone else standing.zone


def _context(body: Body, standing: Standing, request: HttpRequest | None = None) -> dict[str, object]:
    event, wanted, options, items = standing.event, body.wanted, body.options, body.items
    shown = cards.ready((item for item in items if wanted.match(item, event.zone)), request)
    return {
        "programme_url": reverse("events:programme", args=[event.slug]),
        "filters": wanted,
        "filter_form": ProgrammeFilterForm(wanted, options, filters.counts_of(items, wanted, event.zone)),
        "ways_out": [] if shown else list(filters.ways_out(items, wanted, options, event.zone)),
        "usual": body.programme.usual,
        "days": reading.days_of(shown, event, _zone(standing)),
        "on_demand": reading.on_demand_of(shown),
        "shown": len(shown),
        "result": _counted(len(shown), len(items)),
        "next": request.get_full_path() if request else "",
    }


def _counted(shown: int, total: int) -> str:
    sessions = counted(total, "%(count)s session", "%(count)s sessions")
    if shown == total:
        return sessions
    return _("%(shown)s of %(sessions)s") % {"shown": shown, "sessions": sessions}
