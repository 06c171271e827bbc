"""What this app holds of people: who of the team is on which thing."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, holds
from common.personal_data.retention import Kept
from team import taking
from team.models import STAYS_TAKEN, Taken


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
    retention.keep(
        Kept(
            "taken",
            _("Who of the team is on a thing that waits"),
            _("So that two do not do it."),
            period=STAYS_TAKEN,
            forget=taking.forget,
        )
    )
