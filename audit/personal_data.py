"""What this app holds of people: numbers in the trail."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from common.personal_data import retention
from common.personal_data.registry import Emptied, holds
from common.personal_data.retention import Kept

_NUMBERS = (
    "A number in place of a name: whose it was is nobody once they are erased. The database lets nobody "
    "change or delete an entry."
)


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        Entry,
        _("Who did what"),
        lambda person: Entry.objects.filter(Q(member_id__in=person.ids) | Q(actor_id__in=person.ids)),
        exported="at act via thing facts",
        unexported={"thing_id actor_id member_id": "Numbers of rows: they say nothing outside of this site."},
        erased=Emptied(
            _("What was done on the site and when, with a number in place of your name."),
            stays={"at act via actor_id thing thing_id member_id facts": _NUMBERS},
        ),
    )
    retention.keep(
        Kept(
            "audit",
            _("Who did what on the site"),
            _("To find out what went wrong. It holds numbers in place of names, and nobody can change it."),
            until=_("for good, without your name once you are erased"),
        )
    )
