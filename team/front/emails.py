"""Emails that somebody has to decide about."""

from datetime import datetime
from typing import Final

from django.db.models import Count
from django.urls import reverse

from common.admin.heads import list_of
from common.words import counted
from members.models import Member
from notifications import outbox
from notifications.admin_maybe_sent import in_words
from notifications.models import Message
from team import response_time
from team.front.lines import NAMED, Section, Thing, TodoItem

SEE: Final = "notifications.view_message"
SEND_AGAIN: Final = "notifications.send_message_again"
NOTHING = "All emails went out. One that cannot be sent will be here."


def section(member: Member, *, at: datetime) -> Section:
    """Return the job of looking after emails. Two queries at most."""
    asked = Message.objects.filter(state__in=[Message.State.FAILED, Message.State.MAYBE_SENT]).order_by()
    asked = asked.exclude(kind__in=outbox.unlisted())
    numbers = dict(asked.values_list("state").annotate(number=Count("pk")))
    lines, things = [], []
    if failed := numbers.get(Message.State.FAILED):
        text = counted(failed, "%(count)s email could not be sent", "%(count)s emails could not be sent")
        lines.append(TodoItem(text, list_of("notifications_message", state__exact="failed")))
        things = _failed(at)
    if (held := numbers.get(Message.State.MAYBE_SENT)) and member.has_perm(SEND_AGAIN):
        text = counted(
            held,
            "%(count)s email waits: maybe sent before the restore",
            "%(count)s emails wait: maybe sent before the restore",
        )
        lines.append(TodoItem(text, reverse("admin:notifications_message_maybe_sent")))
    url = list_of("notifications_message")
    return Section("Emails", "emails", url, "Emails sent", NOTHING, lines, things)


def _failed(at: datetime) -> list[Thing]:
    failed = Message.objects.filter(state=Message.State.FAILED).exclude(kind__in=outbox.unlisted())
    rows = failed.select_related("member").order_by("-pk")
    return [
        Thing(
            Message._meta.label_lower,
            one.pk,
            one.subject or in_words(one.kind),
            reverse("admin:notifications_message_change", args=[one.pk]),
            f"To {one.member.name if one.member else 'somebody without an account'}, "
            f"{response_time.waited(one.created_at, at)} ago",
        )
        for one in rows[:NAMED]
    ]
