"""Where forms are met: every reader on every page of theirs, and the pages in the middle of something.

``SCENES`` is all there is: what the table of roles calls a page, as each reader, and besides the pages
that only a step before leads to (a code from an email, an offer, an action of the admin that asks first).
Forms are found on them, never listed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.core.cache import cache
from django.test import Client

from audit.actors import COMMAND
from blog.models import Post
from comments.models import Comment
from events.models import AccessNeeds, Contributor, Event, Registration, Session
from members.models import Member
from notifications import after_restore
from notifications.models import Message
from tests import letters, make
from tests.contracts import addresses, people, tables
from tests.contracts.forms import page_forms
from tests.contracts.forms.page_forms import Form
from tests.contracts.roles.granted import with_a_page_for
from tests.contracts.roles.table import ROLES
from tests.contracts.scenes import (
    afterwards,
    announcements,
    board,
    comments,
    concerns,
    day,
    front,
    helping,
    hosting,
    moderation,
    needs,
    own_data,
    posts,
    recordings,
    second_step,
)
from tests.make import BY
from tests.workshops.places import state
from workshops.models import Booking, Workshop
from workshops.places import booking, choices

#: Who has never to be the reader; who has a password and comes to no event; who comes and has booked nothing.
ZOE, PIA, RAE = "zoe@members.example", "pia@example.org", "rae@members.example"
#: On public pages they have the forms of whoever is not registered.
TEAM = ("staff without rights", "blog editor", "moderator", "support", "event admin", "admin")
OWN_PASSWORD = "four old green bottles"


@dataclass
class Scene:
    """Somebody at their browser. ``asked`` are pages that came as the answer to a form, with their path.

    What is tried in a scene is undone each time, so its forms and its tables are read once.
    """

    world: addresses.World
    client: Client
    member: Member | None
    paths: list[str]
    asked: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def untouched(self) -> tuple[dict[str, str], dict[int, tuple[object, ...]]]:
        """What all tables hold before anything is tried, and what each account may."""
        return tables.digests(), tables.rights()

    @cached_property
    def others_untouched(self) -> dict[str, list[tuple[object, ...]]]:
        """What is Zoe's before anything is tried."""
        return self.others()

    @cached_property
    def forms(self) -> list[Form]:
        """All forms that they meet, each once, but for the admin's ways on after a save."""
        found: dict[tuple[str, ...], Form] = {}
        for path in self.paths:
            with people.as_she_is(self.client):
                answer = self.client.get(path)
            if answer.status_code in (200, 410) and "html" in answer.headers["Content-Type"]:
                self.asked.append((path, answer.text))
        for path, html in self.asked:
            for form in page_forms.read(html, path).forms:
                if form.button[0] not in ("_addanother", "_continue"):
                    found.setdefault(form.key, form)
        return list(found.values())

    def others(self) -> dict[str, list[tuple[object, ...]]]:
        """What is Zoe's, who is never the reader: their rows, by what they are."""
        hers = {
            "registrations": Registration.objects.filter(member__email=ZOE),
            "bookings": Booking.objects.filter(member__email=ZOE),
            "access needs": AccessNeeds.objects.filter(registration__member__email=ZOE),
            "accounts": Member.objects.filter(email=ZOE),
            "comments": Comment.objects.filter(member__email=ZOE),
        }
        return {name: list(rows.order_by("pk").values_list()) for name, rows in hers.items()}

    def press(self, path: str, **fields: object) -> None:
        """Send a form on the way to the page that is meant, and keep the page that answers."""
        cache.clear()
        answer = self.client.post(path, fields)
        if answer.status_code == 200:
            self.asked.append((path, answer.text))


def code(email: str) -> str:
    """The code that was mailed last to this address."""
    sent = Message.objects.filter(email=email, secret__has_key="code").order_by("-pk")
    return letters.code_in(sent[0]) if sent else ""


def code_for(scene: Scene) -> str:
    """The code that somebody in this scene was mailed, whoever they are."""
    sent = Message.objects.filter(secret__has_key="code").order_by("-pk")
    return letters.code_in(sent[0]) if sent else ""


def world() -> addresses.World:
    """The world of the table of roles, and a second event that takes choices."""
    made = addresses.world()
    later = make.event(slug="2027", code_of_conduct="Be kind.", booking_opens_at=make.NOW + timedelta(days=3))
    theme = make.theme(later, "Flow", slug="flow")
    make.theme(later, "Equity", slug="equity")
    for number in range(3):
        session = make.workshop(later, slug=f"choice-{number}", hour=10 + number, day=number % 2)
        session.themes.add(theme)
    make.member("Pia", email=PIA, password=OWN_PASSWORD)
    make.registration(made.session.event, make.member("Rae", email=RAE))
    zoe = make.registration(made.ada.registrations.get().event, make.member("Zoe", email=ZOE))
    booking.book(Session.objects.get(slug="flow"), zoe, by=BY, at=make.NOW)
    make.needs(zoe, "Captions")
    make.comment(Post.objects.get(slug="rotas"), zoe.member)
    return made


def _role(role: str) -> Callable[[], Scene]:
    def scene() -> Scene:
        made = world()
        member = ROLES[role](made)
        paths = [addresses.path(name, made) for name in with_a_page_for(role) if name not in NOT_READ]
        if role in TEAM:
            return Scene(
                made, people.reader(member), member, [one for one in paths if one.startswith("/admin/")]
            )
        more = ["/events/2027/register/", "/events/2027/programme/", "/events/2027/sessions/choice-0/"]
        return Scene(made, people.reader(member), member, paths + more)

    return scene


#: What is no page of the site to its readers.
NOT_READ = (
    "health",
    "calendar:feed",
    "calendar:file",
    "comments:feed",
    "admin:events_session_export",
    "admin:jsi18n",
)


def _signing_up() -> Scene:
    scene = Scene(world(), people.reader(), None, ["/accounts/confirm-email/"])
    scene.press("/accounts/signup/", name="Nia", email="nia@example.org", password1=OWN_PASSWORD)
    return scene


def _code_to_log_in() -> Scene:
    scene = Scene(world(), people.reader(), None, ["/accounts/login/code/confirm/"])
    scene.press("/accounts/login/code/", email="ada@members.example")
    return scene


def _first_password() -> Scene:
    """Ada has logged in with a code just now, and may choose a password."""
    scene = _code_to_log_in()
    scene.press("/accounts/login/code/confirm/", code=code("ada@members.example"))
    scene.member, scene.paths = scene.world.ada, ["/accounts/password/set/"]
    return scene


def _forgotten_password() -> Scene:
    scene = Scene(world(), people.reader(), None, [])
    scene.press("/accounts/password/reset/", email="ada@members.example")
    path = "/accounts/password/reset/confirm/"
    scene.paths.append(path)
    return scene


def _new_password() -> Scene:
    scene = _forgotten_password()
    scene.press("/accounts/password/reset/confirm/", code=code("ada@members.example"))
    scene.paths = ["/accounts/password/reset/complete/"]
    return scene


def _with_a_password() -> Scene:
    made = world()
    pia = Member.objects.get(email=PIA)
    client = people.reader()
    client.post("/accounts/login/", {"login": pia.email, "password": OWN_PASSWORD})
    scene = Scene(made, client, pia, ["/accounts/password/change/", "/accounts/reauthenticate/"])
    scene.press("/accounts/email/", email="pia@elsewhere.example", action_add="1")
    scene.paths += ["/accounts/confirm-email/", "/accounts/email/"]
    return scene


def _at_the_agenda() -> Scene:
    """Cleo has booked, waits, holds an offer, was passed, may swap, and has chosen for the other event."""
    made = world()
    event = made.ada.registrations.get().event
    bos, _ = state.offered(event, name="Cleo", hour=12)
    cleo = bos.registration
    state.crowd(event, make.workshop(event, slug="full", capacity=1, hour=15), 2)
    line = make.workshop(event, slug="line", capacity=1, hour=16)
    booking.book(line, cleo, by=BY, at=make.NOW)
    state.crowd(event, line, 1)
    make.workshop(event, slug="other", hour=16)
    passed = make.workshop(event, slug="passed", capacity=1, hour=18)
    state.crowd(event, passed, 1)
    mine = booking.book(passed, cleo, by=BY, at=make.NOW)
    Booking.objects.filter(pk=mine.pk).update(status="passed")
    Workshop.objects.filter(pk=passed.pk).update(line=0)
    later = make.registration(Event.objects.get(slug="2027"), cleo.member)
    choices.choose(later.event.sessions.get(slug="choice-0"), later, by=BY, at=make.NOW)
    state.contested(cleo, hour=20, slug="moved")
    offered = bos.session.slug
    agenda = "/events/2026/agenda"
    paths = [f"{agenda}/", f"{agenda}/{offered}/accept/", f"{agenda}/line/cancel/", f"{agenda}/other/swap/"]
    paths += [
        f"{agenda}/moved/decide/",
        "/events/2027/agenda/",
        "/events/2026/cancel/",
        f"/events/2026/sessions/{offered}/",
    ]
    return Scene(made, people.reader(cleo.member), cleo.member, [*paths, "/events/2026/programme/"])


def _opened() -> Scene:
    """Cleo has chosen, and booking has opened meanwhile."""
    made = world()
    event = made.ada.registrations.get().event
    cleo = make.registration(event, make.member("Cleo"))
    session = make.workshop(event, slug="chosen", hour=13)
    Booking.objects.create(
        registration=cleo,
        member=cleo.member,
        session=session,
        status="chosen",
        during=(session.starts_at, session.ends_at),
        created_at=make.NOW,
        status_changed_at=make.NOW,
    )
    return Scene(made, people.reader(cleo.member), cleo.member, ["/events/2026/agenda/"])


def _asked_first(role: str) -> Callable[[], Scene]:
    """The actions of the admin's lists, each chosen for all that the list shows."""

    def scene() -> Scene:
        lists = _role(role)()
        made = Scene(lists.world, lists.client, lists.member, [])
        for form in lists.forms:
            if form.method == "POST" and "_selected_action" in form.fields:
                for action in form.fields["action"].choices:
                    chosen = form.fields["_selected_action"].choices
                    if action:
                        made.press(form.action, action=action, _selected_action=chosen[:3], index="0")
        return made

    return scene


def _deleting() -> Scene:
    """Records of the admin that nothing hangs on can be deleted."""
    made = world()
    event = make.event(slug="draft", status="draft")
    free = make.session(make.event(), slug="free")
    alone = Contributor.objects.create(name="Alone")
    records = {"event": event.pk, "session": free.pk, "contributor": alone.pk}
    paths = [f"/admin/events/{name}/{pk}/delete/" for name, pk in records.items()]
    return Scene(made, people.reader(made.root), made.root, paths)


def _changed_clocks() -> Scene:
    """A session was entered when its zone had other rules."""
    made = world()
    Session.objects.filter(pk=made.session.pk).update(starts_offset=600, ends_offset=600)
    member = ROLES["event admin"](made)
    return Scene(made, people.reader(member), member, ["/team/clocks/"])


def _restored() -> Scene:
    """Emails wait that may have been sent before a restore."""
    made = world()
    after_restore.hold(backup_at=make.NOW, by=COMMAND, at=make.NOW)
    return Scene(made, people.reader(made.root), made.root, ["/admin/notifications/message/maybe-sent/"])


SCENES: dict[str, Callable[[], Scene]] = {
    **{role: _role(role) for role in ROLES},
    "signing up": _signing_up,
    "a code to log in": _code_to_log_in,
    "a first password": _first_password,
    "a forgotten password": _forgotten_password,
    "a new password": _new_password,
    "with a password": _with_a_password,
    "at the agenda": _at_the_agenda,
    "booking has opened": _opened,
    "deleting": _deleting,
    "changed clocks": _changed_clocks,
    "restored": _restored,
    "asked first": _asked_first("admin"),
    "asked first, event admin": _asked_first("event admin"),
    **announcements.scenes(world, Scene),
    **comments.scenes(world, Scene),
    **board.scenes(world, Scene),
    **day.scenes(world, Scene),
    **front.scenes(world, Scene),
    **helping.scenes(world, Scene),
    **moderation.scenes(world, Scene),
    **needs.scenes(world, Scene),
    **concerns.scenes(world, Scene),
    **recordings.scenes(world, Scene),
    **afterwards.scenes(world, Scene),
    **hosting.scenes(world, Scene),
    **own_data.scenes(world, Scene),
    **posts.scenes(world, Scene),
    **second_step.scenes(world, Scene),
}
