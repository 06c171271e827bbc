"""What this app holds of people: who of the team is on which thing, and notes about whom they helped."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, holds
from common.personal_data.retention import Kept
from team import taking
from team.models import NOTES_STAY, STAYS_TAKEN, PersonNote, Taken
from team.people import notes


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
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
