"""The day before and on the day: what the sessions of today and tomorrow lack, and where it is mended."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from common.times import format_clock
from events.models import Event, Session
from members.capabilities import CHANGE_PROGRAMME
from members.models import Member
from team.front.lines import NAMED, TodoItem
from team.guards import may_see_needs
from team.sessions import hosts
from team.sessions.gaps import Gap, gaps, is_near
from team.sessions.unmet import unmet
from workshops.programme import double_use

#: In any zone today and tomorrow lie within it.
SPAN: Final = timedelta(days=2)


def lines(member: Member, *, at: datetime) -> list[TodoItem]:
    """Return a line for each session that lacks something pressing, the first to begin on top.

    Two queries where no session is near; a fixed number for each event besides.
    """
    sessions = _near(at)
    events = {one.event_id: one.event for one in sessions}
    agreed = {pk: hosts.agreed(event) for pk, event in events.items()}
    lacking = unmet(sessions) if sessions and may_see_needs(member) else set()
    found = []
    for one in sessions:
        people = one.session_contributors.all()
        lacks = gaps(one, people, agreed[one.event_id], is_unmet=one.pk in lacking, at=at)
        if pressing := [gap for gap in lacks if gap.is_pressing]:
            found.append(_line(one, pressing, at, may_change=member.has_perm(CHANGE_PROGRAMME)))
    if len(found) > NAMED:
        first = next(iter(events.values()))
        rest = TodoItem("All sessions that lack something", reverse("team:event", args=[first.slug]))
        return [*found[:NAMED], rest]
    return found


def _near(at: datetime) -> list[Session]:
    sessions = Session.objects.published().filter(
        event__status=Event.Status.PUBLISHED, starts_at__gt=at - SPAN, starts_at__lt=at + SPAN, ends_at__gt=at
    )
    rows = double_use.with_people(sessions).select_related("event", "workshop").order_by("starts_at", "pk")
    return [one for one in rows if is_near(one, at=at)]


def _line(session: Session, lacks: list[Gap], at: datetime, *, may_change: bool) -> TodoItem:
    assert session.starts_at is not None, "only live sessions are read"  # noqa: S101  # narrows the type
    starts_at = session.starts_at.astimezone(session.zone)
    day = "Today" if starts_at.date() == at.astimezone(session.zone).date() else "Tomorrow"
    words = ". ".join(gap.words for gap in lacks)
    page = reverse("team:session", args=[session.event.slug, session.slug])
    when = f"{day}, {format_clock(session.starts_at, session.event.time_zone)}"
    return TodoItem(session.title, lacks[0].url if may_change else page, f"{when}: {words}")
