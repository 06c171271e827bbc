"""What waits for moderators."""

from datetime import datetime

from django.urls import reverse

from common.words import counted
from members.models import Member
from team import response_time
from team.front.lines import Section, TodoItem
from team.moderation import queues
from team.moderation.queues import Asked, Queue

NOTHING = "No comment waits. New ones, reports and requests to look again will be here."


def section(member: Member, *, at: datetime) -> Section:
    """Return the job of moderators. Four queries at most."""
    return Section(
        "Comments",
        "comments",
        reverse("team:moderation"),
        "Moderation",
        NOTHING,
        waiting(member, at=at),
    )


def waiting(member: Member, *, at: datetime) -> list[TodoItem]:
    """Return what waits for a moderator; their own decisions wait for another. Four queries at most."""
    counts = queues.without_own_decisions(queues.counts(), member)
    pending = (
        counted(counts.pending, "%(count)s comment waits", "%(count)s comments wait") + " for a moderator"
    )
    lines = [
        (Queue.PENDING, pending),
        (
            Queue.APPEALS,
            counted(counts.again, "%(count)s author asks", "%(count)s authors ask")
            + " to look again at a decision",
        ),
        (
            Queue.REPORTED,
            counted(counts.reported, "%(count)s comment is reported", "%(count)s comments are reported"),
        ),
    ]
    return [
        TodoItem(text, Asked(queue).address, *_oldest(counts.since(queue), at))
        for queue, text in lines
        if counts.of(queue)
    ]


def _oldest(since: datetime | None, at: datetime) -> tuple[str, bool]:
    return f"The oldest has waited for {response_time.waited(since, at)}.", response_time.is_broken(since, at)
