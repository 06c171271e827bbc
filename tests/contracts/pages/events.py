"""States of the event's pages, of an agenda and of a membership that the table of roles does not lead to."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from events.models import Event, EventPlaces, Registration, Session
from members.models import Member
from tests import make
from tests.contracts import people
from tests.contracts.pages.catalogue import Site
from tests.make import BY
from tests.workshops.places.state import fill
from workshops.places import booking, choices
from workshops.programme import changes

NOW = make.NOW
HOME, EVENT = "/", "/events/2026/"
PROGRAMME, REGISTER, AGENDA = f"{EVENT}programme/", f"{EVENT}register/", f"{EVENT}agenda/"
CANCEL = f"{EVENT}cancel/"
FLOW = f"{EVENT}sessions/flow/"
VISITOR, WINNIE, EDITH = "visitor", "waiting for approval", "membership ended"
BO, ADA = "not registered", "registered and booked"
NAMES = {
    HOME: "home",
    EVENT: "events:event",
    PROGRAMME: "events:programme",
    REGISTER: "events:register",
    AGENDA: "workshops:agenda",
    CANCEL: "events:cancel_registration",
    FLOW: "events:session",
}


def the_event() -> Event:
    return Event.objects.get(slug="2026")


def change_event(**fields: Any) -> None:
    Event.objects.filter(slug="2026").update(version=the_event().version + 1, **fields)


def adas() -> Registration:
    return Registration.objects.get(member__email="ada@members.example")


def look(site: Site, state: str, readers: tuple[str, ...], *paths: str) -> None:
    """Look at these addresses as each of the readers; who is sent on elsewhere is not followed."""
    for who in readers:
        for path in paths:
            if site.client(who).get(path).status_code != 302:
                site.look(NAMES[path.partition("?")[0]], state, who, path)


# ---- Before there is anything ----------------------------------------------------------------


def nothing_is_planned(site: Site) -> None:
    for of, path in (("home", HOME), ("events:list", "/events/"), ("contact", "/contact/")):
        site.look(of, "nothing planned", VISITOR, path)


def the_first_admin_sees_what_to_do(site: Site) -> None:
    site.members["admin"] = people.admin()
    site.look("home", "nothing planned", "admin", HOME)
    del site.members["admin"]


# ---- The programme ---------------------------------------------------------------------------


def a_filter_finds_nothing_or_something(site: Site) -> None:
    look(site, "nothing found", (VISITOR, ADA), f"{PROGRAMME}?q=nothing+like+it")
    look(site, "filtered", (VISITOR,), f"{PROGRAMME}?q=flow")
    look(site, "filter refused", (VISITOR,), f"{PROGRAMME}?theme=no-such-theme&day=soon")


def a_programme_of_eighty_sessions(site: Site) -> None:
    event = the_event()
    theme = make.theme(event, title="Fairer care", slug="fairer-care", colour="#5a2a8c", summary="For all.")
    for number in range(80):
        one = make.workshop(
            event, hour=8 + number // 8, slug=f"of-many-{number}", title=f"Session {number} of a long day",
            summary="Try it out on your own ward, and talk about what became of it.", room="Room 4",
        )  # fmt: skip
        one.themes.add(theme)
        make.host(one, name=f"Host {number} of Leeds")
    change_event()
    look(site, "eighty sessions", (VISITOR, ADA), PROGRAMME)
    look(site, "eighty sessions", (ADA,), AGENDA)
    site.look("events:theme", "many sessions", VISITOR, f"{EVENT}themes/fairer-care/")
    site.look("events:session", "of many", VISITOR, f"{EVENT}sessions/of-many-7/")


def sessions_of_every_kind(site: Site) -> None:
    event = the_event()
    words = {
        "summary": "What it is.",
        "description": "First.\n\nThen *this*:\n\n- one\n- two",
        "access": "Captions.",
    }
    known = {
        name: text for name, text in words.items() if any(f.name == name for f in Session._meta.get_fields())
    }
    for format_, fields in (
        ("on-demand", {"starts_at": None, "ends_at": None, "join_url": "https://watch.example/1"}),
        ("plenary", {"hour": 9}),
        ("networking", {"hour": 13}),
    ):
        make.session(event, slug=f"a-{format_}", title=f"A {format_}", format=format_, **(known | fields))
    make.session(event, hour=15, slug="not-on", title="Not on", status=Session.Status.CANCELLED)
    change_event()
    for slug in ("a-on-demand", "a-plenary", "a-networking", "not-on"):
        for who in (VISITOR, ADA):
            site.look("events:session", slug, who, f"{EVENT}sessions/{slug}/")
    look(site, "sessions of every kind", (VISITOR, ADA), PROGRAMME, EVENT)
    look(site, "sessions of every kind", (ADA,), AGENDA)


# ---- The event's own time --------------------------------------------------------------------

EVERYWHERE = (HOME, EVENT, PROGRAMME, FLOW, REGISTER, AGENDA, CANCEL)


def registration_has_not_opened_or_is_closed(site: Site) -> None:
    change_event(registration_opens_at=NOW + timedelta(days=1))
    look(site, "registration not open yet", (VISITOR, WINNIE, BO), HOME, EVENT, REGISTER, AGENDA)
    change_event(registration_opens_at=None, registration_closes_at=NOW - timedelta(days=1))
    look(site, "registration closed", (VISITOR, BO, ADA), HOME, EVENT, REGISTER, AGENDA)


def booking_has_not_opened(site: Site) -> None:
    event = the_event()
    change_event(booking_opens_at=NOW + timedelta(days=1))
    make.workshop(event, slug="chosen-too", title="Chosen too")
    for hour, slug in ((14, "afternoon"), (14.5, "clashing")):
        choices.choose(make.workshop(event, hour=hour, slug=slug, title=slug), adas(), by=BY, at=NOW)
    look(site, "choices before booking opens", (VISITOR, BO, ADA), EVENT, PROGRAMME, AGENDA, FLOW)
    change_event(booking_opens_at=NOW - timedelta(minutes=1))
    look(site, "choices after booking opened", (ADA,), EVENT, PROGRAMME, AGENDA)


def booking_is_closed(site: Site) -> None:
    change_event(booking_closes_at=NOW - timedelta(minutes=1))
    look(site, "booking closed", (VISITOR, ADA), PROGRAMME, AGENDA, FLOW)


def the_event_is_full(site: Site) -> None:
    EventPlaces.objects.filter(event=the_event()).update(capacity=F("taken"))
    look(site, "full", (VISITOR, WINNIE, BO), HOME, EVENT, REGISTER)
    with_conduct = {"code_of_conduct": "on", "accept_code_of_conduct": "on"}
    client = site.client(BO)
    client.post(REGISTER, with_conduct)
    for path in (HOME, EVENT, REGISTER, AGENDA, CANCEL):
        if client.get(path).status_code == 200:
            site.look(NAMES[path], "waiting for a place at the event", BO, path, client=client)


def the_event_is_cancelled_over_or_kept(site: Site) -> None:
    everybody = (VISITOR, BO, ADA)
    change_event(status=Event.Status.CANCELLED)
    look(site, "event cancelled", everybody, *EVERYWHERE)
    change_event(status=Event.Status.ARCHIVED)
    look(site, "event archived", everybody, *EVERYWHERE)
    past = (NOW - timedelta(days=9)).date()
    change_event(status=Event.Status.PUBLISHED, first_day=past, last_day=past)
    look(site, "event over", everybody, *EVERYWHERE)


def the_event_has_no_programme_yet(site: Site) -> None:
    bare = make.event(slug="2027", title="Event of next year")
    make.registration(bare, site.member(ADA))
    for of, rest in (
        ("events:event", ""),
        ("events:programme", "programme/"),
        ("workshops:agenda", "agenda/"),
    ):
        for who in (VISITOR, ADA):
            if site.client(who).get(f"/events/2027/{rest}").status_code == 200:
                site.look(of, "nothing in it", who, f"/events/2027/{rest}")


def who_waits_for_approval_has_registered(site: Site) -> None:
    make.registration(the_event(), site.member(WINNIE), status=Registration.Status.RECEIVED)
    look(site, "registration waits for approval", (WINNIE,), *EVERYWHERE)


def membership_has_ended_or_was_declined(site: Site) -> None:
    look(site, "membership ended", (EDITH,), HOME, EVENT, REGISTER, AGENDA, PROGRAMME, FLOW)
    site.look("members:membership", "membership ended", EDITH, "/members/membership/")
    Member.objects.filter(pk=site.member(WINNIE).pk).update(membership=Member.Membership.DECLINED)
    site.look("members:membership", "membership declined", WINNIE, "/members/membership/")


# ---- Places ----------------------------------------------------------------------------------


def the_agenda_holds_a_bit_of_everything(site: Site) -> None:
    """A place, an offer with a deadline that clashes with it, a full session, a position in line."""
    event, mine = the_event(), adas()
    offered = make.workshop(event, capacity=1, slug="offered", title="Offered")
    bos = booking.book(offered, make.registration(event, site.member(BO)), by=BY, at=NOW)
    booking.book(offered, mine, by=BY, at=NOW)
    for hour, slug, waiting in ((10, "full", 3), (14, "in-line", 1)):
        fill(make.workshop(event, hour=hour, slug=slug, title=slug.title(), capacity=2), waiting=waiting)
    booking.book(event.sessions.get(slug="in-line"), mine, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)
    change_event()
    look(site, "a bit of everything", (ADA, BO, VISITOR), AGENDA, PROGRAMME, EVENT)
    for slug in ("offered", "full", "in-line"):
        for who in (ADA, VISITOR):
            site.look("events:session", slug, who, f"{EVENT}sessions/{slug}/")
    for act, slug in (("accept", "offered"), ("swap", "full"), ("swap", "offered")):
        path = f"{AGENDA}{slug}/{act}/"
        if site.client(ADA).get(path).status_code == 200:
            site.look(f"workshops:{act}", "asking", ADA, path)


def a_swap_asks_first(site: Site) -> None:
    make.workshop(the_event(), hours=3, slug="long", title="A long one")
    site.look("workshops:swap", "asking", ADA, f"{AGENDA}long/swap/")


def a_move_asks_which_place_is_kept(site: Site) -> None:
    moved, flow = (
        make.workshop(the_event(), hour=15, slug="moved", title="Moved"),
        Session.objects.get(slug="flow"),
    )
    booking.book(moved, adas(), by=BY, at=NOW)
    moved.starts_at, moved.ends_at = flow.starts_at, flow.ends_at
    changes.save_session(moved, by=BY, at=NOW)
    look(site, "to decide", (ADA,), AGENDA, PROGRAMME, EVENT)
    for slug in ("moved", "flow"):
        site.look("events:session", f"{slug}, to decide", ADA, f"{EVENT}sessions/{slug}/")
        site.look("workshops:decide", slug, ADA, f"{AGENDA}{slug}/decide/")


def giving_up_a_place_asks_first_where_others_wait(site: Site) -> None:
    session = Session.objects.get(slug="flow")
    fill(session, waiting=0)
    site.look("workshops:cancel", "others wait", ADA, f"{AGENDA}flow/cancel/")


def pressing_without_scripts_comes_back_with_a_word(site: Site) -> None:
    make.workshop(the_event(), slug="same-time", title="At the same time")
    gone = make.workshop(the_event(), hour=14, slug="gone", title="Just gone", capacity=1)
    fill(gone)
    for act, slug in (("book", "same-time"), ("book", "gone"), ("cancel", "flow"), ("accept", "flow")):
        answer = site.client(ADA).post(f"{AGENDA}{slug}/{act}/", follow=True)
        site.keep(answer, "workshops:agenda", f"{act} {slug} pressed", ADA, AGENDA)


EMPTY = (nothing_is_planned, the_first_admin_sees_what_to_do)
STATES = (
    a_filter_finds_nothing_or_something,
    a_programme_of_eighty_sessions,
    sessions_of_every_kind,
    registration_has_not_opened_or_is_closed,
    booking_has_not_opened,
    booking_is_closed,
    the_event_is_full,
    the_event_is_cancelled_over_or_kept,
    the_event_has_no_programme_yet,
    who_waits_for_approval_has_registered,
    membership_has_ended_or_was_declined,
    the_agenda_holds_a_bit_of_everything,
    a_swap_asks_first,
    a_move_asks_which_place_is_kept,
    giving_up_a_place_asks_first_where_others_wait,
    pressing_without_scripts_comes_back_with_a_word,
)
