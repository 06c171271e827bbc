"""States of the team's pages of announcements: scheduled, going out, failed, stopped; forms that refuse."""

from datetime import timedelta

from common.edit_conflicts import stamp
from events.models import Event
from members import email_choices
from notifications.models import Message
from team.announcements import sending, writing
from team.announcements.audiences import CHOICE
from team.models import Announcement
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import NOW
from tests.team.announcements import announcing

ALL = "/team/announcements/"


def draft(site: Site, audience: str = "registered") -> Announcement:
    event = Event.objects.get(slug="2026")
    words = f"<p>Hello {{name}}, {LONG_WORD}.</p><p>{{agenda link}}</p>"
    return announcing.draft(site.member(ADMIN), audience, event=event, subject="Pens", words=words)


def one_is_scheduled(site: Site) -> None:
    told = draft(site)
    by = site.member(ADMIN)
    writing.schedule(told, NOW + timedelta(days=1), seen=stamp(told), by=by, at=NOW)
    site.look("team:announcement", "scheduled", ADMIN, f"{ALL}{told.pk}/")


def one_goes_out(site: Site) -> None:
    told = draft(site)
    announcing.send(told, site.member(ADMIN))
    site.look("team:announcement", "begun", ADMIN, f"{ALL}{told.pk}/")
    announcing.write()
    site.look("team:announcement", "waiting", ADMIN, f"{ALL}{told.pk}/")
    Message.objects.filter(kind="announcement").update(state="failed", last_error=f"No such {LONG_WORD}.")
    site.look("team:announcement", "failed", ADMIN, f"{ALL}{told.pk}/")
    site.look("team:announcements", "one sent", ADMIN, ALL)
    sending.stop(told, by=site.member(ADMIN), at=NOW)
    site.look("team:announcement", "stopped", ADMIN, f"{ALL}{told.pk}/")
    site.look("team:announcement", "draft, written to lately", ADMIN, f"{ALL}{draft(site).pk}/")


def one_reaches_nobody(site: Site) -> None:
    told = draft(site, "waiting")
    site.look("team:announcement", "to nobody", ADMIN, f"{ALL}{told.pk}/")


def the_form_refuses(site: Site) -> None:
    client, event = site.client(ADMIN), Event.objects.get(slug="2026")
    typed = {"event": str(event.pk), "subject": "Pens {pen}", "words": "Bring {one", "act": "save"}
    for audience in ("theme", "hosts", "booked", "members"):
        answer = client.post(f"{ALL}new/", typed | {"audience": audience})
        site.keep(answer, "team:announcement_new", f"refused for {audience}", ADMIN, f"{ALL}new/")
    told = draft(site)
    path = f"{ALL}{told.pk}/schedule/"
    answer = client.post(path, {"moment_0": "2020-01-01", "moment_1": "10:00", "seen": stamp(told)})
    site.keep(answer, "team:announcement_schedule", "in the past", ADMIN, path)


def somebody_has_turned_them_off(site: Site) -> None:
    ada = found(site.world).ada
    email_choices.stop(ada, CHOICE, by=ada, at=NOW)
    path = email_choices.stop_url(ada, CHOICE).partition("//")[2].partition("/")[2]
    site.look("members:emails_stop", "stopped", "visitor", f"/{path}")


STATES = (
    one_is_scheduled,
    one_goes_out,
    one_reaches_nobody,
    the_form_refuses,
    somebody_has_turned_them_off,
)
