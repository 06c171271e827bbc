"""Announcements as the list shows them. One query beside theirs, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, Value

from common.times import SITE_ZONE, short_moment
from notifications.models import Message
from team.announcements.lately import to
from team.announcements.letters import KIND
from team.announcements.progress import WAITING
from team.models import Announcement

State = Announcement.State
#: State → how its badge looks.
KINDS = {
    State.SENDING: "waiting",
    State.SCHEDULED: "waiting",
    State.WRITTEN: "yours",
    State.STOPPED: "problem",
}


@dataclass(frozen=True)
class Row:
    """One of them: to whom, what is said of its state, and when that began."""

    told: Announcement
    to: str
    state: str
    kind: str
    emails: str
    when: str
    by: str


def rows(page: Iterable[Announcement]) -> list[Row]:
    """Return the rows of a page."""
    number = Func(F("key"), Value(":"), Value(2), function="split_part", output_field=CharField())
    unsent = Message.objects.filter(kind=KIND, state__in=WAITING).annotate(of=number).order_by()
    waiting = dict(unsent.values_list("of").annotate(number=Count("pk")))
    return [_row(one, waiting.get(str(one.pk), 0)) for one in page]


def _row(told: Announcement, waiting: int) -> Row:
    words, kind = told.get_state_display(), KINDS.get(State(told.state), "plain")
    if told.state in (State.SENDING, State.WRITTEN) and waiting:
        words, kind = f"Being sent: {waiting:,} wait", "waiting"
    zone = told.event.zone if told.event else SITE_ZONE
    moment = told.started_at or told.send_at or told.changed_at
    by = told.sent_by or told.written_by
    emails = f"{told.people:,}" if told.started_at else "none"
    return Row(told, to(told), words, kind, emails, short_moment(moment, zone), by.name)
