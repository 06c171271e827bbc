"""Access needs without an answer, counted: never whose, never what."""

from datetime import datetime
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from common.words import counted
from events.models import AccessNeed, NeedToStop
from hosting import need_stops, own_needs
from team.front.lines import Section, TodoItem

NOTHING: Final = "Every need has its answer. New ones will be counted here."


def section(*, at: datetime) -> Section:
    """Return the job of answering needs. Four queries."""
    url = reverse("team:needs")
    waiting = AccessNeed.objects.unanswered(timezone.localdate(at))
    numbers = waiting.aggregate(
        every=Count("pk"),
        new=Count("pk", filter=Q(state=AccessNeed.State.NEW)),
        late=Count("pk", filter=Q(pk__in=waiting.late(at).values("pk"))),
    )
    lines = [
        (numbers["every"], "%(count)s need without an answer", "%(count)s needs without an answer", url),
        (numbers["new"], "%(count)s of them is new", "%(count)s of them are new", f"{url}?state=new"),
    ]
    items = [TodoItem(counted(number, one, many), to) for number, one, many, to in lines if number]
    if withdrawn := NeedToStop.objects.filter(event__last_day__gte=timezone.localdate(at)).count():
        text = counted(
            withdrawn,
            "%(count)s need was withdrawn after it was arranged",
            "%(count)s needs were withdrawn after they were arranged",
        )
        items.append(TodoItem(text, f"{url}#to-stop", "Stop what was arranged."))
    if late := numbers["late"]:
        text = counted(late, "%(count)s is late", "%(count)s are late")
        items.append(TodoItem(text, f"{url}?state=late", "Not answered in time."))
    items += _of_hosts(at)
    return Section("Access needs", "needs", url, "Access needs", NOTHING, items)


def _of_hosts(at: datetime) -> list[TodoItem]:
    """Say of which events hosts wait for something, or need no more what was arranged. Two queries."""
    needed = [
        TodoItem(
            counted(number, "%(count)s host needs something", "%(count)s hosts need something"),
            reverse("team:host_needs", args=[slug]),
            f"To host at {title}",
        )
        for slug, title, number in own_needs.waiting(at=at)
    ]
    to_stop = [
        TodoItem(
            counted(
                number,
                "%(count)s thing was arranged for a host who needs it no more",
                "%(count)s things were arranged for hosts who need them no more",
            ),
            f"{reverse('team:host_needs', args=[slug])}#to-stop",
            f"Stop what was arranged. At {title}",
        )
        for slug, title, number in need_stops.waiting(at=at)
    ]
    return needed + to_stop
