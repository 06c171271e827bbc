"""Concerns that wait for whoever reads them, and events that nobody reads them for."""

from datetime import datetime
from typing import Final

from django.db.models import Count, Min, Q
from django.urls import reverse

from common.words import counted
from concerns import handling, readers
from concerns.models import Concern, Removal
from members.capabilities import CHANGE_PROGRAMME
from members.models import Member
from team.front.lines import Section, TodoItem
from team.guards import may_remove_people

NOTHING: Final = "No concern waits. What people report will be counted here, for those who read it alone."


def section(member: Member, *, at: datetime) -> Section | None:
    """Return the job of reading concerns; nothing for whom they are none of. Three queries at most."""
    theirs = handling.readable(member)
    numbers = theirs.aggregate(
        every=Count("pk"),
        open=Count("pk", filter=Q(pk__in=Concern.objects.open().values("pk"))),
        late=Count("pk", filter=Q(pk__in=Concern.objects.late(at).values("pk"))),
        new=Count("pk", filter=Q(status=Concern.Status.NEW)),
        due=Min("answer_by", filter=Q(pk__in=Concern.objects.open().values("pk"))),
    )
    url, items = reverse("team:concerns"), []
    for number, one, many in (
        (numbers["open"], "%(count)s concern waits", "%(count)s concerns wait"),
        (numbers["new"], "%(count)s of them is new", "%(count)s of them are new"),
    ):
        if number:
            items.append(TodoItem(counted(number, one, many), url))
    if late := numbers["late"]:
        text = counted(late, "%(count)s answer is overdue", "%(count)s answers are overdue")
        items.append(TodoItem(text, url, "It was promised by an earlier day."))
    items += _without_readers(member, at) + _second_looks(member)
    if not items and not numbers["every"]:
        return None
    return Section("Concerns", "concerns", url, "Concerns", NOTHING, items)


def _second_looks(member: Member) -> list[TodoItem]:
    """Name who asks for a second look at being taken out, but what the member decided. One query at most."""
    if not may_remove_people(member):
        return []
    asked = Removal.objects.asked().exclude(member=member).select_related("event", "member")
    return [
        TodoItem(
            f"{one.member.name} asks for a second look",
            reverse("team:person_second_look", args=[one.member_id, one.event.slug]),
            f"They were taken out of {one.event.title}."
            + (" You decided that: somebody else looks again." if one.removed_by_id == member.pk else ""),
        )
        for one in asked.order_by("asked_at")
    ]


def _without_readers(member: Member, at: datetime) -> list[TodoItem]:
    """Ask who plans the programme for two people who read, of each event ahead that has fewer.

    And says what nobody can read any more. Two queries.
    """
    if not member.has_perm(CHANGE_PROGRAMME):
        return []
    stranded = handling.stranded().values_list("event__slug", "event__title").annotate(number=Count("pk"))
    unread = [
        TodoItem(
            counted(number, "%(count)s concern", "%(count)s concerns") + " that nobody can read any more",
            reverse("team:event_concern_readers", args=[slug]),
            f"Of {title}: whoever read it has left the team.",
        )
        for slug, title, number in stranded.order_by("event__slug")
    ]
    return unread + [
        TodoItem(
            f"Name two people who read concerns of {event.title}",
            reverse("team:event_concern_readers", args=[event.slug]),
            "Until then its page sends people elsewhere.",
        )
        for event in readers.lacking(at=at)
    ]
