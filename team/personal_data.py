"""What this app holds of people: who of the team is on which thing, and notes about whom they helped."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, holds, holds_nothing
from common.personal_data.retention import Kept
from team import taking
from team.announcements import writing
from team.models import NOTES_STAY, STAYS_TAKEN, Announcement, CallAct, PersonNote, Taken
from team.models_announcements import ANNOUNCEMENTS_STAY
from team.models_calls import CALLS_STAY
from team.people import calls, notes


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    _announcements()
    holds(
        Taken,
        _("Things that you are on, as one of the team"),
        lambda person: Taken.objects.filter(by_id=person.id),
        exported="thing thing_id taken_at",
        unexported={"by": "The number of your account."},
        erased=Deleted(),
    )
    holds(
        PersonNote,
        _("What the team noted about you"),
        lambda person: PersonNote.objects.filter(about_id=person.id),
        exported="text at",
        unexported={"about by": "You, and who of the team wrote it."},
        erased=Deleted(),
    )
    holds(
        CallAct,
        _("When our team changed something for you"),
        lambda person: CallAct.objects.filter(person_id=person.id),
        exported="at session__title told_at",
        unexported={"person by told_in": "You, who of the team it was, and the number of the email."},
        erased=Deleted(),
    )
    retention.keep(
        Kept(
            "calls",
            _("When somebody of the team changed something for a person"),
            _("So that one email tells all of it, and it can be sent again."),
            period=CALLS_STAY,
            forget=calls.forget,
        )
    )
    retention.keep(
        Kept(
            "notes",
            _("What the team noted about a person who asked for help"),
            _("So that nobody has to tell the same again. You get it with your data."),
            period=NOTES_STAY,
            forget=notes.forget,
        )
    )
    retention.keep(
        Kept(
            "taken",
            _("Who of the team is on a thing that waits"),
            _("So that two do not do it."),
            period=STAYS_TAKEN,
            forget=taking.forget,
        )
    )


def _announcements() -> None:
    """What members of the team wrote to many; what one of them got is in the outbox."""
    holds(
        Announcement,
        _("Announcements that you wrote for the team"),
        lambda person: Announcement.objects.filter(written_by_id=person.id),
        exported="event__title audience subject words service_reason state created_at send_at started_at",
        unexported={
            "written_by sent_by stopped_by": "You, and who of the team sent or stopped it.",
            "theme sessions is_of_chosen": "Whose people it went to.",
            "knows_off_at changed_at ended_at upto upto_hosts": "How far it has come.",
            "people unreached unwanted withdrawn": "To how many.",
        },
        erased=Emptied(
            _("What the team wrote to many, without your name: it may still be on its way."),
            stays={
                "audience event theme sessions is_of_chosen subject words service_reason state written_by "
                "created_at changed_at send_at sent_by started_at knows_off_at ended_at stopped_by upto "
                "upto_hosts people unreached unwanted withdrawn": "It is the team's; it ends after a year."
            },
        ),
    )
    holds_nothing(Announcement.sessions.through, "announcement session", "Whose people it went to")
    retention.keep(
        Kept(
            "announcements",
            _("What the team wrote to many, and to how many it went"),
            _("So that the team sees what it has told, and last year’s words can be used again."),
            period=ANNOUNCEMENTS_STAY,
            forget=writing.forget,
        )
    )
