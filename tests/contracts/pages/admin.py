"""States of the admin's pages that the table of roles does not lead to by itself."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.actors import COMMAND
from events.models import Event, Session
from notifications import after_restore
from notifications.models import Message
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found

SUPPORT = "support"
SESSIONS, MEMBERS = "admin:events_session", "admin:members_member"


def opened(client: Client, path: str) -> dict[str, Any]:
    """Return what the form of a change page holds when it is opened, as its browser would send it."""
    form = client.get(path).context["adminform"].form
    sent: dict[str, Any] = {}
    for name in form.fields:
        widget, bound = form.fields[name].widget, form[name]
        values = widget.decompress(bound.value()) if hasattr(widget, "decompress") else None
        parts = {f"{name}_{n}": one for n, one in enumerate(values)} if values else {name: bound.value()}
        sent |= {part: one for part, one in parts.items() if one not in (None, "") and one is not False}
    return sent


def of_a(site: Site, part: str) -> int:
    return int(found(site.world).numbers[part])


def lists_are_empty(site: Site) -> None:
    site.look(f"{SESSIONS}_changelist", "nothing found", ADMIN, "/admin/events/session/?q=nothing-like-it")
    site.look(f"{MEMBERS}_changelist", "nothing found", ADMIN, "/admin/members/member/?q=nothing-like-it")


def lists_are_long_and_filtered(site: Site) -> None:
    for number in range(130):
        make.session(
            Event.objects.get(slug="2026"), hour=number / 8, title=f"Session {number} of a long list"
        )
    path = "/admin/events/session/?status__exact=published&p=1&o=2"
    site.look(f"{SESSIONS}_changelist", "long and filtered", ADMIN, path)


def who_may_only_read_sees_no_form(site: Site) -> None:
    for part, of in (("events_session", f"{SESSIONS}_change"), ("events_event", "admin:events_event_change")):
        path = reverse(of, args=[of_a(site, part)])
        site.look(of, "to read only", SUPPORT, path)
    site.look("admin:index", "", SUPPORT, "/admin/")


def the_admin_refuses(site: Site) -> None:
    site.look("error 403", "in the admin", "staff without rights", "/admin/events/session/", status=403)
    site.look("error 403", "in the admin", SUPPORT, "/admin/events/session/import/", status=403)
    site.look("error 404", "in the admin", ADMIN, "/admin/nowhere/", status=404)
    answer = site.client(ADMIN).get("/admin/events/session/999999/change/", follow=True)
    site.keep(answer, "admin:index", "no such session", ADMIN, "/admin/")


def a_save_is_stale_or_refused(site: Site) -> None:
    of = f"{SESSIONS}_change"
    path = reverse(of, args=[of_a(site, "events_session")])
    client = site.client(ADMIN)
    mine = opened(client, path)
    rows = {"contributors-TOTAL_FORMS": "0", "contributors-INITIAL_FORMS": "0"}
    site.keep(client.post(path, rows | mine | {"title": "", "capacity": "-5"}), of, "refused", ADMIN, path)
    Session.objects.get(pk=of_a(site, "events_session")).save()
    site.keep(client.post(path, rows | mine | {"title": "Mine"}), of, "stale", ADMIN, path)


def a_programme_is_imported(site: Site) -> None:
    path, of = reverse(f"{SESSIONS}_import"), f"{SESSIONS}_import"
    header, day = "title,format,starts_at,ends_at,capacity", "2026-11-18"
    good = [f"Clinic {n},workshop,{day}T10:00Z,{day}T11:00Z,12" for n in range(3)]
    wrong = f"Clinic,workshop,{day}T10:00Z,{day}T09:00Z,many"
    asked = f"Other,dance,{day}T12:00Z,{day}T13:00Z,"
    client = site.client(ADMIN)
    for rows, state, page in (
        (good, "as read", f"{of}_confirm"),
        ([*good, wrong, asked], "with questions", f"{of}_confirm"),
        ([*good, wrong], "with problems", of),
    ):
        file = SimpleUploadedFile("p.csv", "\n".join([header, *rows]).encode())
        sent = {"event": of_a(site, "events_event"), "file": file, "new_sessions": "draft"}
        answer = client.post(path, sent, follow=True)
        assert bool(answer.redirect_chain) == (page != of), f"{state}: not what was expected"
        site.keep(answer, page, state, ADMIN, path)


def a_list_of_members_is_imported(site: Site) -> None:
    path, of = "/admin/members/listedaddress/import/", "admin:members_listedaddress_import"
    for text, state, page in (
        ("email,name\na@b.example,A\n", "as read", of.replace("import", "confirm")),
        (
            "email,name,x\na@b.example,A,1\na@b.example,B,2\nc,C,\n",
            "with questions",
            of.replace("import", "confirm"),
        ),
        ("email\nnonsense\n", "with problems", of),
    ):
        file = SimpleUploadedFile("l.csv", text.encode())
        answer = site.client(ADMIN).post(path, {"file": file}, follow=True)
        assert bool(answer.redirect_chain) == (page != of), f"{state}: not what was expected"
        site.keep(answer, page, state, ADMIN, path)


def a_session_asks_before_it_is_saved(site: Site) -> None:
    of, number = f"{SESSIONS}_change", of_a(site, "events_session")
    path, client = reverse(of, args=[number]), site.client(ADMIN)
    make.host(Session.objects.get(pk=number), f"Hana {LONG_WORD}")
    rows = {"session_contributors-TOTAL_FORMS": "0", "session_contributors-INITIAL_FORMS": "0"}
    mine = opened(client, path) | rows | {"room": f"Room {LONG_WORD}"}
    for state, seen in (("asks first", {}), ("asks once more", {"seen_effects": "0"})):
        answer = client.post(path, mine | seen)
        assert answer.context["effects"]
        site.keep(answer, of, state, ADMIN, path)


def actions_ask_first_or_say_what_they_did(site: Site) -> None:
    """Each action of each list, pressed for its first record."""
    for model, pk in (
        ("events/event", of_a(site, "events_event")),
        ("events/session", of_a(site, "events_session")),
        ("events/registration", of_a(site, "events_registration")),
        ("workshops/booking", of_a(site, "workshops_booking")),
        ("members/member", of_a(site, "members_member")),
        ("notifications/message", Message.objects.latest("pk").pk),
    ):
        path, of = f"/admin/{model}/", f"admin:{model.replace('/', '_')}_changelist"
        offered = site.client(ADMIN).get(path).context["action_form"].fields["action"].choices
        for action, label in offered:
            if action:
                chosen = {"action": action, "_selected_action": [pk], "index": "0"}
                answer = site.client(ADMIN).post(path, chosen, follow=True)
                site.keep(answer, f"{of} {action}", f"“{label}” pressed", ADMIN, path)


def emails_wait_after_a_restore(site: Site) -> None:
    after_restore.hold(backup_at=make.NOW, by=COMMAND, at=make.NOW)
    path = reverse("admin:notifications_message_maybe_sent")
    site.look("admin:notifications_message_maybe_sent", "after a restore", ADMIN, path)
    site.look("admin:index", "after a restore", ADMIN, "/admin/")


def something_was_saved(site: Site) -> None:
    path = reverse("admin:events_theme_change", args=[of_a(site, "events_theme")])
    client = site.client(ADMIN)
    answer = client.post(path, opened(client, path) | {"title": "Said otherwise"}, follow=True)
    assert answer.redirect_chain, "The theme was not saved."
    site.keep(answer, "admin:events_theme_changelist", "saved", ADMIN, "/admin/events/theme/")


STATES = (
    lists_are_empty,
    lists_are_long_and_filtered,
    who_may_only_read_sees_no_form,
    the_admin_refuses,
    a_save_is_stale_or_refused,
    a_programme_is_imported,
    a_list_of_members_is_imported,
    a_session_asks_before_it_is_saved,
    actions_ask_first_or_say_what_they_did,
    emails_wait_after_a_restore,
    something_was_saved,
)
