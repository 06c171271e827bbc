"""What hosts see of whoever comes to their sessions: the name, and the work of who lets them."""

from datetime import datetime

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from events.models import Registration


@retried
def save(registration: Registration, *, show_work: bool, by: By, at: datetime) -> None:
    """Keep whether hosts see their organisation and role. The same again changes nothing."""
    row = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if row.hosts_see_work != show_work:
        row.hosts_see_work = show_work
        row.save(update_fields=["hosts_see_work"])
        trail.record(row, Act.WORK_SHOWN if show_work else Act.WORK_HIDDEN, by=by, at=at)
