"""States of the team's pages of the day: sessions that are on, missing hosts, notices that stand."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from events.models import Event, Session, SessionContributor
from hosting.models import Deputy
from live import notices, presence
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import NOW

DAY = "/team/events/2026/day/"
FLOW = "/team/events/2026/sessions/flow/"
ADA = "registered and booked"


def begin(minutes: int) -> tuple[Event, Session]:
    """Let the event be today, and the session of the world begin so many minutes from now."""
    starts = NOW + timedelta(minutes=minutes)
    Session.objects.filter(slug="flow").update(
        starts_at=starts, ends_at=starts + timedelta(hours=1), has_captions=True, supported_by=LONG_WORD
    )
    today = {"first_day": NOW.date(), "last_day": NOW.date(), "ask_needs_by": None}
    Event.objects.filter(slug="2026").update(**today, version=F("version") + 1)
    return Event.objects.get(slug="2026"), Session.objects.get(slug="flow")


def the_day_is_on(site: Site) -> None:
    event, flow = begin(5)
    times: dict[str, Any] = {"starts_at": NOW - timedelta(minutes=9), "ends_at": NOW + timedelta(minutes=50)}
    running = make.session(event, slug="running", title=f"On of {LONG_WORD}", room=LONG_WORD, **times)
    make.session(event, slug="bare", title="Bare", room=LONG_WORD, has_sign_language=True, **times)
    ended: dict[str, Any] = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW - timedelta(minutes=3)}
    make.session(event, slug="ended", title=f"Ended of {LONG_WORD}", **ended)
    make.session(
        event,
        slug="later",
        title=f"Later of {LONG_WORD}",
        starts_at=NOW + timedelta(hours=2),
        ends_at=NOW + timedelta(hours=3),
    )
    link = found(SessionContributor.objects.filter(session=flow).first())
    dee = make.host(running, f"Dee {LONG_WORD}", email="dee@hosts.example")
    Deputy.objects.create(of=link, contributor=dee, name="Dee", named_at=NOW)
    site.look("team:event_day", "nobody is in", ADMIN, DAY)
    by = site.member(ADMIN)
    notices.put(event, f"All of {LONG_WORD}.", by=by, at=NOW)
    notices.put(event, f"Flow of {LONG_WORD}.", session=flow, by=by, at=NOW)
    presence.tick(flow, "host", by=by, at=NOW)
    presence.tick(flow, "support", by=by, at=NOW)
    site.look("team:event_day", "with notices", ADMIN, DAY)
    site.look("team:event_day_notice", "on the day", ADMIN, f"{DAY}notice/")
    wrong = site.client(ADMIN).post(f"{DAY}notice/", {"words": ""})
    site.keep(wrong, "team:event_day_notice", "nothing typed", ADMIN, f"{DAY}notice/")


def notices_stand_for_everybody(site: Site) -> None:
    event, flow = begin(5)
    by = site.member(ADMIN)
    notices.put(event, f"All of {LONG_WORD}.", by=by, at=NOW)
    notices.put(event, f"Flow of {LONG_WORD}.", session=flow, by=by, at=NOW)
    for of, path in (("events:event", ""), ("events:session", "sessions/flow/")):
        site.look(of, "with a notice", "visitor", f"/events/2026/{path}")
    site.look("workshops:agenda", "with a notice", ADA, "/events/2026/agenda/")


def the_site_is_down(site: Site) -> None:
    _event, flow = begin(5)
    wide = {"meeting_number": LONG_WORD[:60], "passcode": LONG_WORD[:60], "dial_in": LONG_WORD}
    Session.objects.filter(pk=flow.pk).update(**wide)
    site.look("team:event_day_letters", "one is ready", ADMIN, f"{DAY}joining-letters/")
    wrong = site.client(ADMIN).post(f"{DAY}joining-letters/", {})
    site.keep(wrong, "team:event_day_letters", "nothing typed", ADMIN, f"{DAY}joining-letters/")
    site.look("team:session_letter", "can be sent", ADMIN, f"{FLOW}joining-letter/")
    site.look("team:event_day_sheet", "with names", ADMIN, f"{DAY}sheet/?names=yes")


def a_session_is_late_or_joined_anew(site: Site) -> None:
    begin(5)
    site.look("team:session_late", "of one that starts soon", ADMIN, f"{FLOW}late/")
    other = {"join_url": f"https://{LONG_WORD[:40]}.example/", "seen": ""}
    asked = site.client(ADMIN).post(f"{FLOW}link/", other)
    site.keep(asked, "team:session_link", "to another service", ADMIN, f"{FLOW}link/")
    wrong = site.client(ADMIN).post(
        f"{FLOW}link/", {"join_url": f"https://join.example/{'a' * 500}", "seen": ""}
    )
    site.keep(wrong, "team:session_link", "too long a link", ADMIN, f"{FLOW}link/")


PUBLIC = (notices_stand_for_everybody,)
STATES = (*PUBLIC, the_day_is_on, the_site_is_down, a_session_is_late_or_joined_anew)
