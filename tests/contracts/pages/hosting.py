"""States of the hosts' pages: on the way in, before and after agreeing, with many who come, open to all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from events.models import Event, Registration, Session
from hosting.models import Agreement, HostNeed, Rewording, SessionFile, SessionLink
from notifications.models import Message
from tests import letters, make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.workshops.places import state

HOSTING = "/events/2026/hosting/"
SESSION = f"{HOSTING}sessions/flow/"
HOST, VISITOR = "host", "visitor"


def flow(site: Site) -> Session:
    return Session.objects.get(pk=found(site.world).session.pk)


def a_host_comes_in_with_a_code(site: Site) -> None:
    client, enter, code = site.client(VISITOR), f"{HOSTING}enter/", f"{HOSTING}code/"
    Agreement.objects.all().delete()
    client.post(enter, {"email": "hana@hosts.example"})
    site.look("hosting:enter", "a code is awaited", VISITOR, enter, client=client)
    site.look("hosting:code", "awaited", VISITOR, code, client=client)
    site.keep(client.post(code, {"code": "1"}), "hosting:code", "wrong", VISITOR, code)
    site.keep(client.post(code, {}), "hosting:code", "nothing typed", VISITOR, code)
    client.post(code, {"action": "resend"})
    site.look("hosting:code", "sent again", VISITOR, code, client=client)
    client.post(code, {"code": letters.code_in(Message.objects.filter(kind="host-code").latest("pk"))})
    agree = f"{HOSTING}agree/"
    site.look("hosting:agree", "", VISITOR, agree, client=client)
    site.keep(client.post(agree, {}), "hosting:agree", "refused", VISITOR, agree)
    client.post(agree, {"agrees": "on"})
    site.look("hosting:overview", "with a code", VISITOR, HOSTING, client=client)
    client.post(f"{HOSTING}leave/")
    site.look("events:event", "left", VISITOR, "/events/2026/", client=client)


def many_come(site: Site) -> None:
    session = flow(site)
    state.fill(session, waiting=2)
    Registration.objects.update(hosts_see_work=True)
    for one in session.bookings.booked():
        make.needs(one.registration, f"Captions.\n{LONG_WORD}", shared=True)
    site.look("hosting:session", "full", HOST, SESSION)
    site.keep(site.client(HOST).post(f"{SESSION}needs/"), "hosting:needs", "some", HOST, f"{SESSION}needs/")


def nobody_books_it(site: Site) -> None:
    event = flow(site).event
    hana = flow(site).contributors.get()
    slugs: dict[str, dict[str, Any]] = {
        "open": {"hour": 12},
        "on-demand": {"starts_at": None, "ends_at": None},
    }
    for slug, fields in slugs.items():
        make.session(event, slug=slug, title=LONG_WORD, **fields).session_contributors.create(
            contributor=hana
        )
        site.look("hosting:session", slug, HOST, f"{HOSTING}sessions/{slug}/")
    Session.objects.filter(slug="open").update(status="cancelled")
    site.look("hosting:session", "cancelled", HOST, f"{HOSTING}sessions/open/")
    site.look("hosting:overview", "several", HOST, HOSTING)


def somebody_lets_hosts_see_their_work(site: Site) -> None:
    Registration.objects.update(hosts_see_work=True)
    site.look("events:register", "hosts see the work", "registered and booked", "/events/2026/register/")


def a_host_writes(site: Site) -> None:
    client, path = site.client(HOST), f"{SESSION}message/"
    words = {"subject": f"Of {LONG_WORD}"[:60], "words": f"Bring {LONG_WORD}."}
    for n in range(3):
        sent = words | {"submission": str(UUID(int=n))}
        looked = client.post(path, sent | {"act": "look"})
        site.keep(looked, "hosting:message", f"looked at {n}", HOST, path)
        client.post(path, sent | {"act": "send"})
    site.look("hosting:message", "none left", HOST, path, client=client)
    fourth = client.post(path, words | {"submission": str(UUID(int=9)), "act": "send"})
    site.keep(fourth, "hosting:message", "a fourth", HOST, path)
    site.look("team:session", "with messages of a host", ADMIN, "/team/events/2026/sessions/flow/")


def a_host_withdraws(site: Site) -> None:
    client = site.client(HOST)
    client.post(f"{SESSION}withdraw/")
    site.look("team:session", "a host has withdrawn", ADMIN, "/team/events/2026/sessions/flow/")
    site.look("hosting:enter", "after withdrawing", HOST, f"{HOSTING}enter/", client=client)


def a_host_prepares(site: Site) -> None:
    client, deputy, links = site.client(HOST), f"{SESSION}deputy/", f"{SESSION}links/"
    site.keep(client.post(deputy, {"name": "a@b", "email": "a"}), "hosting:deputy", "refused", HOST, deputy)
    who = {"name": LONG_WORD, "email": "di@hosts.example"}
    client.post(deputy, who)
    site.look("hosting:deputy", "named", HOST, deputy, client=client)
    site.keep(client.post(deputy, who), "hosting:deputy", "named twice", HOST, deputy)
    site.look("team:session", "with a deputy", ADMIN, "/team/events/2026/sessions/flow/")
    wrong = {"title": "A", "url": "http://a.example/"}
    site.keep(client.post(links, wrong), "hosting:links", "refused", HOST, links)
    site.look("events:session", "with links", "registered and booked", "/events/2026/sessions/flow/")
    files = f"{SESSION}files/"
    site.keep(client.post(files, {"title": "A"}), "hosting:files", "refused", HOST, files)
    site.look("hosting:files", "of the team", ADMIN, files)
    SessionFile.objects.all().delete()
    site.look("hosting:files", "none", HOST, files, client=client)
    SessionLink.objects.all().delete()
    site.look("hosting:links", "none", HOST, links, client=client)


def a_host_writes_words(site: Site) -> None:
    client, path, team = site.client(HOST), f"{SESSION}words/", "/team/events/2026/sessions/flow/"
    typed = {"summary": LONG_WORD, "description": f"- {LONG_WORD}", "ground_rules": "Listen.", "seen": "old"}
    site.keep(client.post(path, typed | {"summary": "a" * 401}), "hosting:words", "refused", HOST, path)
    site.keep(client.post(path, typed), "hosting:words", "changed meanwhile", HOST, path)
    Session.objects.filter(slug="flow").update(summary="The team wrote this.")
    site.look("team:session", "changed meanwhile by both", ADMIN, team)
    for became in ("taken", "left"):
        Rewording.objects.update(state=became, decided_at=make.NOW)
        site.look("hosting:words", became, HOST, path)
        site.look("team:session", f"words {became}", ADMIN, team)
    Rewording.objects.all().delete()
    site.look("hosting:words", "nothing changed", HOST, path)
    Event.objects.update(host_words_until=make.NOW.date() - timedelta(days=1))
    site.look("hosting:words", "closed", HOST, path)


def the_pages_have_closed(site: Site) -> None:
    event = flow(site).event
    event.first_day, event.last_day = (
        event.first_day - timedelta(days=60),
        event.last_day - timedelta(days=60),
    )
    event.save()
    site.look("hosting:enter", "closed", VISITOR, f"{HOSTING}enter/")


def a_host_needs_something(site: Site) -> None:
    client, path, team = site.client(HOST), f"{HOSTING}my-needs/", "/team/events/2026/host-needs/"
    Event.objects.update(place="both")
    wrong = {"kinds": ["captions"], "needs": LONG_WORD}
    site.keep(client.post(path, wrong), "hosting:own_needs", "without consent", HOST, path)
    site.keep(client.post(path, {"needs": "a" * 2001}), "hosting:own_needs", "too long", HOST, path)
    for whose in (HostNeed.objects.earliest("pk").contributor, None):
        make.host_need_to_stop(whose, Event.objects.get(slug="2026"))
    site.keep(site.client(ADMIN).post(team), "team:host_needs", "looked at", ADMIN, team)
    HostNeed.objects.update(arranged_at=make.NOW)
    site.look("hosting:own_needs", "arranged", HOST, path)
    site.look("team:host_needs", "arranged", ADMIN, team)
    HostNeed.objects.all().delete()
    site.look("hosting:own_needs", "nothing told", HOST, path)
    site.look("team:host_needs", "nothing told", ADMIN, team)


STATES = (
    the_pages_have_closed,
    a_host_needs_something,
    a_host_writes_words,
    a_host_prepares,
    a_host_writes,
    a_host_withdraws,
    a_host_comes_in_with_a_code,
    many_come,
    nobody_books_it,
    somebody_lets_hosts_see_their_work,
)
