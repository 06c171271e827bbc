"""States of who was in a session: known in each way, corrected, and by the meeting's report."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Registration, Session
from live.models import Attendance, MeetingReport
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import NOW
from tests.workshops.places import state
from workshops.models import Booking

CAME = "/team/events/2026/sessions/flow/attendance/"
HOSTS = "/events/2026/hosting/sessions/flow/"
HOST = "host"
REPORTS = Path(__file__).parents[2] / "live" / "meeting_reports" / "files"


def flow(site: Site) -> Session:
    return Session.objects.get(pk=found(site.world).session.pk)


def known(registration: Registration, session: Session, **fields: Any) -> None:
    Attendance.objects.create(registration=registration, session=session, **fields)


def who_was_there_is_known(site: Site) -> None:
    session = flow(site)
    state.fill(session, waiting=0)
    there = [one.registration for one in Booking.objects.booked().filter(session=session)]
    decided: dict[str, Any] = {"decided_at": NOW, "minutes": 1}
    ways: tuple[dict[str, Any], ...] = (
        {"joined_at": NOW},
        {"said_at": NOW},
        {"came": True, "decided_by": "host", **decided},
        {"came": False, "decided_by": "report", "said_at": NOW + timedelta(hours=1), **decided},
    )
    for registration, fields in zip(there, ways, strict=False):
        known(registration, session, **fields)
    late = make.registration(session.event, make.member(f"Late {LONG_WORD}"))
    known(late, session, joined_at=NOW)
    began = NOW - timedelta(hours=2)
    Session.objects.filter(pk=session.pk).update(starts_at=began, ends_at=began + timedelta(hours=1))
    site.look("team:session_came", "known", ADMIN, f"{CAME}who-came/")
    site.look("hosting:came", "known", HOST, f"{HOSTS}who-came/")
    site.look("team:session", "begun", ADMIN, "/team/events/2026/sessions/flow/")
    site.look("hosting:session", "begun", HOST, HOSTS)


def a_report_is_looked_at(site: Site) -> None:
    session, client, path = flow(site), site.client(ADMIN), f"{CAME}report/"
    Session.objects.filter(pk=session.pk).update(title=f"Of {LONG_WORD}")
    for name in ("Ada Mensah", "Bo Ray", "Cy Doe"):
        make.registration(session.event, make.member(name, email=f"{name[:2].lower()}@report.example"))
    session.workshop.delete()
    report = (REPORTS / "zoom-meeting-with-facts.csv").read_bytes()
    MeetingReport.objects.update(content=report)
    site.look("team:session_report_look", "with a question", ADMIN, f"{path}look/")
    for text in (b"a,b\n1,2\n", b""):
        file = SimpleUploadedFile("r.csv", text)
        site.keep(client.post(path, {"file": file}), "team:session_report", f"of {len(text)}", ADMIN, path)


STATES = (who_was_there_is_known, a_report_is_looked_at)
