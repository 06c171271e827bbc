"""What this app holds of people: in which sessions they were."""

from django.utils.translation import gettext_lazy as _

from common.personal_data.registry import Deleted, holds
from live.models import Attendance


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
