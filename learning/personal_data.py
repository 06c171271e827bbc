"""What this app holds of people: what they wrote down for themselves."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, holds
from common.personal_data.retention import Kept
from learning.models import OneThing, SessionNote


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        SessionNote,
        _("Your notes on sessions"),
        lambda person: SessionNote.objects.filter(member__in=person.ids),
        exported="session__title text changed_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        OneThing,
        _("What you will do after an event"),
        lambda person: OneThing.objects.filter(member__in=person.ids),
        exported="event__title text changed_at remind_at reminded_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    retention.keep(
        Kept(
            "learning-notes",
            _("Your notes on sessions, and the one thing you will do"),
            _("So that you have them for your CPD record. Nobody but you reads them."),
            until=_("until you take them out, or are erased"),
        )
    )
