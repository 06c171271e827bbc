"""States of what members keep of an event: nothing, much, in letters of every kind, refused."""

from datetime import timedelta

from events.models import Registration, Session
from learning.models import OneThing, SessionNote
from live.models import Attendance
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.contracts.pages.events import ADA, change_event, the_event
from tests.contracts.shapes import LONG_WORD
from tests.found import found

CPD = "/events/2026/cpd/"


def it_is_over(site: Site) -> Registration:
    """Let the event have been yesterday; return the reader's registration."""
    begins = make.NOW - timedelta(days=1)
    Session.objects.filter(slug="flow").update(starts_at=begins, ends_at=begins + timedelta(hours=1))
    change_event(first_day=begins.date(), last_day=begins.date())
    return Registration.objects.get(event=the_event(), member=found(site.world).ada)


def nothing_counts(site: Site) -> None:
    it_is_over(site)
    site.look("learning:record", "nothing counts", ADA, CPD)
    site.look("learning:one_thing", "nothing written", ADA, f"{CPD}one-thing/")
    site.look("learning:note", "nothing written", ADA, f"{CPD}notes/flow/")


def something_counts(site: Site) -> None:
    ada = it_is_over(site)
    flow = Session.objects.get(slug="flow")
    unknown = make.session(the_event(), slug="unknown", title=f"Unknown of {LONG_WORD}")
    Session.objects.filter(pk=unknown.pk).update(starts_at=flow.starts_at, ends_at=flow.ends_at)
    Attendance.objects.create(registration=ada, session=flow, said_at=make.NOW)
    for one in (flow, unknown):
        SessionNote.objects.create(
            member=ada.member, session=one, text=f"Of {LONG_WORD}\n\nأهلا", changed_at=make.NOW
        )
    thing = OneThing.objects.create(
        member=ada.member, event=the_event(), text=f"Of {LONG_WORD}", changed_at=make.NOW
    )
    for state, fields in (
        ("stays", {}),
        ("comes back", {"remind_at": make.NOW + timedelta(days=28)}),
        ("came back", {"remind_at": make.NOW, "reminded_at": make.NOW}),
    ):
        OneThing.objects.filter(pk=thing.pk).update(**fields)
        site.look("learning:record", f"something counts, the one thing {state}", ADA, CPD)
        site.look("learning:one_thing", f"it {state}", ADA, f"{CPD}one-thing/")
    site.look("learning:certificate", "by their own word", ADA, f"{CPD}certificate/")
    client = site.client(ADA)
    for name in ("note", "one_thing"):
        path = f"{CPD}one-thing/" if name == "one_thing" else f"{CPD}notes/flow/"
        site.keep(client.post(path, {"text": LONG_WORD}), f"learning:{name}", "changed meanwhile", ADA, path)
        site.keep(client.post(path, {"text": "a" * 5000}), f"learning:{name}", "too long", ADA, path)
    site.look("learning:note", "written", ADA, f"{CPD}notes/flow/")
    type(ada.member).objects.filter(pk=ada.member.pk).update(name="محمد علي")
    site.look("learning:certificate", "without a PDF", ADA, f"{CPD}certificate/")


STATES = (nothing_counts, something_counts)
