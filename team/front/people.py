"""Who waits for approval, as the first page and the page of approvals name them."""

from datetime import datetime

from django.urls import reverse

from common.words import counted, in_a_row
from members.models import Member
from team import response_time
from team.front.lines import NAMED, Section, Thing, TodoItem

NOTHING = "Nobody waits for approval. Whoever confirms an address that is not on the list will be here."


def section(*, at: datetime) -> Section:
    """Return the job of approving. Two queries."""
    url = reverse("team:approvals")
    waiting = Member.objects.to_be_decided().order_by("membership_changed_at", "pk")
    number = waiting.count()
    things = [_thing(one, at) for one in waiting[:NAMED]] if number else []
    text = counted(number, "%(count)s person waits for approval", "%(count)s people wait for approval")
    lines = [TodoItem(text, url)] if number else []
    return Section("People", "people", url, "Approvals", NOTHING, lines, things)


def _thing(member: Member, at: datetime) -> Thing:
    who = in_a_row([one for one in (member.role, member.organisation) if one]) or "No role given"
    detail = f"{who}. Has waited for {response_time.waited(member.membership_changed_at, at)}."
    url = f"{reverse('team:approvals')}#person-{member.pk}"
    return Thing(Member._meta.label_lower, member.pk, member.name, url, detail)
