"""What of announcements is under way: going out, failed, waiting for its moment, begun and not sent."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import CharField, Count, F, Func, Q, Value
from django.urls import reverse

from common.times import SITE_ZONE, short_moment
from common.words import counted
from notifications.models import Message
from team.announcements.letters import KIND
from team.announcements.progress import FAILED, WAITING
from team.front.lines import NAMED, Section, TodoItem
from team.models import Announcement

State = Announcement.State
NOTHING: Final = "Nothing is under way. What is scheduled, goes out or failed will be here."
#: For so long after it began an announcement that failed in part is named here.
LATELY: Final = timedelta(days=14)


def section(*, at: datetime) -> Section:
    """Return the job of writing to many. Two queries."""
    under_way = Q(state__in=[State.DRAFT, State.SCHEDULED, State.SENDING])
    rows = Announcement.objects.filter(under_way | Q(started_at__gt=at - LATELY)).select_related("event")
    numbers = _numbers()
    found = list(rows.defer("words").order_by("-changed_at")[:100])
    lines = [line for one in found if (line := _line(one, *numbers.get(str(one.pk), (0, 0))))]
    drafts = sum(one.state == State.DRAFT for one in found)
    if drafts:
        text = counted(drafts, "%(count)s draft is not sent", "%(count)s drafts are not sent")
        lines = [*lines[:NAMED], TodoItem(text, reverse("team:announcements"))]
    url = reverse("team:announcements")
    return Section("Announcements", "announcements", url, "Announcements", NOTHING, lines[: NAMED + 1])


def _numbers() -> dict[str, tuple[int, int]]:
    """Return how many emails of each announcement wait and how many failed."""
    number = Func(F("key"), Value(":"), Value(2), function="split_part", output_field=CharField())
    unsent = Message.objects.filter(kind=KIND, resend_of=None, state__in=[*WAITING, *FAILED])
    counts = unsent.annotate(of=number).order_by().values("of")
    rows = counts.annotate(
        waiting=Count("pk", filter=Q(state__in=WAITING)), failed=Count("pk", filter=Q(state__in=FAILED))
    )
    return {one["of"]: (one["waiting"], one["failed"]) for one in rows}


def _line(told: Announcement, waiting: int, failed: int) -> TodoItem | None:
    said = []
    if told.state == State.SENDING or (told.state == State.WRITTEN and waiting):
        said.append(f"Being sent: {waiting:,} wait")
    if failed and told.started_at:
        said.append(counted(failed, "%(count)s email failed", "%(count)s emails failed"))
    if told.state == State.SCHEDULED and told.send_at:
        zone = told.event.zone if told.event else SITE_ZONE
        said.append(f"Goes out {short_moment(told.send_at, zone)}")
    if not said:
        return None
    return TodoItem(f"“{told.subject}”", reverse("team:announcement", args=[told.pk]), ". ".join(said) + ".")
