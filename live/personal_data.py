"""What this app holds of people: in which sessions they were, what staff said and saw on the day."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, holds
from common.personal_data.retention import Kept
from live import notices
from live.models import Attendance, Notice, Presence


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
    retention.keep(
        Kept(
            "notices",
            _("What the team said to everybody who looked on the day, and who put it up"),
            _("So that what was said, and when, can be looked at afterwards."),
            period=notices.RETENTION,
            forget=notices.forget,
        )
    )
