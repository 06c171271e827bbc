"""What this app holds of people: in which sessions they were, what staff said and saw on the day."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.personal_data import files, retention
from common.personal_data.registry import Deleted, Emptied, Person, holds
from common.personal_data.retention import Kept
from live import joining_letter, notices
from live.meeting_reports import taking
from live.models import Attendance, JoiningLetter, MeetingReport, Notice, Presence


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        Attendance,
        _("Sessions in which you were"),
        lambda person: Attendance.objects.filter(registration__member__in=person.ids),
        exported="session__title joined_at said_at minutes came decided_by decided_at",
        unexported={"registration": "You: your registration for the event."},
        erased=Deleted(),
    )
    _by_staff()
    _reports()


def _by_staff() -> None:
    holds(
        Notice,
        _("Notices that you put up for the team on the day of an event"),
        lambda person: Notice.objects.filter(set_by_id=person.id),
        exported="event__title session__title kind words set_at ends_at taken_down_at",
        unexported={"set_by": "You."},
        erased=Emptied(
            _("What the team said to everybody who looked, without your name."),
            stays={
                "event session kind words set_at set_by ends_at taken_down_at": "It is the team's; it ends "
                "after 90 days."
            },
        ),
    )
    holds(
        Presence,
        _("Hosts and captioners whom you saw come, as one of the team"),
        lambda person: Presence.objects.filter(by_id=person.id),
        exported="session__title who at",
        unexported={"by": "You."},
        erased=Emptied(
            _("That a host or a captioner came, without who of the team saw it."),
            fields={"by": None},
            stays={"session who at": "Whether the session had what it needs."},
        ),
    )
    holds(
        JoiningLetter,
        _("Why you had it emailed how to join a session, for the team"),
        lambda person: JoiningLetter.objects.filter(by_id=person.id),
        exported="session__title reason at",
        unexported={"by details": "You; a digest of how it was joined."},
        erased=Emptied(
            _("That it was emailed how to join a session, and why, without your name."),
            stays={"session details reason by at": "An exception is accounted for; it ends after a year."},
        ),
    )
    retention.keep(
        Kept(
            "joining-letters",
            _("That it was emailed how to join a session because the site could not be reached, and why"),
            _("So that the exception can be looked at afterwards. The link itself is not kept."),
            period=joining_letter.RETENTION,
            forget=joining_letter.forget,
        )
    )
    retention.keep(
        Kept(
            "notices",
            _("What the team said to everybody who looked on the day, and who put it up"),
            _("So that what was said, and when, can be looked at afterwards."),
            period=notices.RETENTION,
            forget=notices.forget,
        )
    )


def _reports() -> None:
    holds(
        MeetingReport,
        _("Reports of meetings that you uploaded and that wait"),
        lambda person: MeetingReport.objects.filter(member_id=person.id),
        exported="session__title filename answers created_at",
        unexported={"member content": "You; your own file."},
        erased=Deleted(act=_forget_reports),
    )
    retention.keep(
        Kept(
            "meeting-reports",
            _("Reports of who was in a meeting, as Zoom or Teams writes them, that nobody has saved"),
            _("So that the team sees what one would change. Saving it deletes it, and no backup has it."),
            period=taking.REPORTS_KEPT,
            forget=taking.forget,
        )
    )


def _forget_reports(person: Person, **_: Any) -> None:
    """Delete what others uploaded and may name an address of theirs: it waits for a day at most anyway."""
    for report in MeetingReport.objects.exclude(member_id=person.id):
        if files.may_hold(bytes(report.content), person.addresses_at(report.created_at)):
            report.delete()
