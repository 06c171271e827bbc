"""States of the team's pages of an event and a session: full, twice at one time, bare, nothing planned."""

from datetime import timedelta
from uuid import UUID

from events import cancellation
from events.models import Session
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import BY, NOW
from tests.team.sessions import changing
from tests.workshops.places import state
from tests.workshops.programme.moving import move
from workshops.models import Booking
from workshops.places import booking, waiting_list
from workshops.programme import cancelling

EVENT = "/team/events/2026/"
SESSION = f"{EVENT}sessions/flow/"


def flow(site: Site) -> Session:
    return Session.objects.get(pk=found(site.world).session.pk)


def a_session_is_full_and_moved(site: Site) -> None:
    session = flow(site)
    state.fill(session, waiting=3)
    ada = Booking.objects.get(session=session, registration=found(site.world).numbers["events_registration"])
    last = found(Booking.objects.waiting().filter(session=session).last())
    waiting_list.move_up(last, at=NOW, by=site.member(ADMIN), reason=f"Signs for {LONG_WORD}.")
    booking.book(make.workshop(session.event, title="Of that time"), last.registration, by=BY, at=NOW)
    move(session, hours=0, room="Room 9", at=NOW)
    booking.cancel(ada, by=BY, at=NOW + timedelta(minutes=1))
    site.look("team:session", "full and moved", ADMIN, SESSION)


def a_room_is_used_twice(site: Site) -> None:
    session = flow(site)
    make.session(session.event, title=f"Of {LONG_WORD}", room=LONG_WORD)
    site.look("team:event", "twice at one time", ADMIN, EVENT)
    site.look("team:session", "twice at one time", ADMIN, SESSION)


def sessions_are_bare(site: Site) -> None:
    event = flow(site).event
    make.session(event, slug="on-demand", starts_at=None, ends_at=None, format="on-demand")
    make.session(event, slug="cancelled", status="cancelled")
    site.look("team:event", "with bare sessions", ADMIN, EVENT)
    for slug in ("on-demand", "cancelled"):
        site.look("team:session", slug, ADMIN, f"{EVENT}sessions/{slug}/")


def who_comes_is_listed(site: Site) -> None:
    session = flow(site)
    state.fill(session, waiting=2)
    site.look("team:session_attendance", "full", ADMIN, f"{SESSION}attendance/")
    site.look("team:session_attendance", "for the team", ADMIN, f"{SESSION}attendance/?for=team")
    for one in Booking.objects.waiting().filter(session=session):
        site.look("team:session_move_up", f"at {one.ticket}", ADMIN, f"{SESSION}waiting/{one.pk}/move-up/")


def what_a_change_does_is_shown(site: Site) -> None:
    session, path, client = flow(site), f"{SESSION}change/", site.client(ADMIN)
    state.fill(session, waiting=3)
    make.host(session, f"Hana {LONG_WORD}", email="")
    other = make.workshop(session.event, hour=14, room=LONG_WORD, title=f"Of {LONG_WORD}")
    typed = changing.typed(session) | {"room": LONG_WORD, "act": "look"}
    site.keep(client.post(path, typed | {"places": "900"}), "team:session_change", "looked at", ADMIN, path)
    site.keep(client.post(path, typed | {"act": "save"}), "team:session_change", "stale", ADMIN, path)
    site.keep(client.post(path, typed | {"places": "1"}), "team:session_change", "refused", ADMIN, path)
    one = found(Booking.objects.booked().filter(session=session).first())
    booking.book(other, one.registration, by=BY, at=NOW)
    there = typed | changing.at(other)
    site.keep(client.post(path, there), "team:session_change", "clashing", ADMIN, path)
    same = changing.typed(session) | {"act": "look"}
    site.keep(client.post(path, same), "team:session_change", "nothing new", ADMIN, path)


def a_session_is_cancelled(site: Site) -> None:
    session, path, client = flow(site), f"{SESSION}cancel/", site.client(ADMIN)
    state.fill(session, waiting=1)
    make.host(session, f"Hana {LONG_WORD}", email="")
    site.look("team:session_cancel", "of a full one", ADMIN, path)
    make.workshop(session.event, title=f"Of {LONG_WORD}")
    site.look("team:session_cancel", "with others", ADMIN, path)
    site.keep(client.post(path, {}), "team:session_cancel", "without a reason", ADMIN, path)
    seen = cancelling.look(session, at=NOW).fingerprint
    stale = {"reason": f"Of {LONG_WORD}", "seen": "0"}
    site.keep(client.post(path, stale), "team:session_cancel", "stale", ADMIN, path)
    client.post(path, stale | {"seen": seen})
    site.look("team:session", "cancelled just now", ADMIN, SESSION, client=client)
    site.look("events:session", "cancelled with others", ADMIN, "/events/2026/sessions/flow/")


def an_event_is_called_off(site: Site) -> None:
    path, client = f"{EVENT}call-off/", site.client(ADMIN)
    site.keep(client.post(path, {}), "team:event_call_off", "nothing typed", ADMIN, path)
    typed = {"what": "postponed", "reason": f"Of {LONG_WORD}"}
    site.keep(client.post(path, typed), "team:event_call_off", "stale", ADMIN, path)
    client.post(path, typed | {"seen": cancellation.look(flow(site).event, at=NOW).seen})
    site.look("team:event", "postponed just now", ADMIN, EVENT, client=client)
    site.look("events:event", "postponed", ADMIN, "/events/2026/")
    cancellation.tell(at=NOW + timedelta(minutes=10))
    site.look("team:event", "postponed and told", ADMIN, EVENT, client=client)


def needs_are_looked_at(site: Site) -> None:
    path, client = f"{SESSION}needs/", site.client(ADMIN)
    registration = flow(site).bookings.get().registration
    make.needs(registration, f"Captions.\n{LONG_WORD}")
    site.look("team:session_needs", "some", ADMIN, path)
    for why in ("1", "2"):
        answer = client.post(path, {"why": why, "shown": "page"})
        site.keep(answer, "team:session_needs", f"shown for {why}", ADMIN, path)
    site.keep(client.post(path, {}), "team:session_needs", "without a reason", ADMIN, path)


def somebody_writes_to_those_who_come(site: Site) -> None:
    path, client = f"{SESSION}message/", site.client(ADMIN)
    words = {
        "subject": f"Of {LONG_WORD}"[:78],
        "words": f"Bring {LONG_WORD}.",
        "submission": str(UUID(int=1)),
    }
    for group in ("booked", "hosts"):
        looked = client.post(path, words | {"group": group, "act": "look"})
        site.keep(looked, "team:session_message", f"looked at for {group}", ADMIN, path)
    site.keep(client.post(path, {"act": "look"}), "team:session_message", "nothing typed", ADMIN, path)
    waits = client.post(path, words | {"group": "waiting", "act": "send"})
    site.keep(waits, "team:session_message", "nobody is there", ADMIN, path)
    client.post(path, words | {"group": "booked", "act": "send"})
    site.look("team:session", "with a message", ADMIN, SESSION, client=client)


def no_session_is_planned(site: Site) -> None:
    make.event(slug="2027")
    site.look("team:event", "nothing planned", ADMIN, "/team/events/2027/")


def the_programme_is_changed_as_a_whole(site: Site) -> None:
    event, client = flow(site).event, site.client(ADMIN)
    make.session(event, title=f"Of {LONG_WORD} in 2026", status="draft")
    new = {"title": f"Next {LONG_WORD}", "slug": "2028", "first_day": "2028-11-17"}
    move = {"which": "all", "direction": "later", "minutes": "15"}
    for name, typed in (("copy", new), ("move", move)):
        path = f"{EVENT}{name}/"
        site.keep(client.post(path, typed | {"act": "look"}), f"team:event_{name}", "looked at", ADMIN, path)
        site.keep(client.post(path, {"act": "look"}), f"team:event_{name}", "nothing typed", ADMIN, path)
    site.look("team:event_publish", "a draft", ADMIN, f"{EVENT}publish/")
    site.look("team:event", "with a draft", ADMIN, EVENT)


STATES = (
    a_session_is_full_and_moved,
    a_room_is_used_twice,
    sessions_are_bare,
    who_comes_is_listed,
    what_a_change_does_is_shown,
    a_session_is_cancelled,
    an_event_is_called_off,
    needs_are_looked_at,
    somebody_writes_to_those_who_come,
    no_session_is_planned,
    the_programme_is_changed_as_a_whole,
)
