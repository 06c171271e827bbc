"""What of the programme waits: what sessions of tomorrow lack, what fills up, drafts, changed clocks."""

from datetime import datetime
from typing import Final

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from common.admin.heads import list_of
from common.words import counted
from events.models import Event, Session
from hosting import words
from hosting.models import Withdrawal
from live.models import Attendance
from members.capabilities import CHANGE_PROGRAMME, SEE_EVENTS
from members.models import Member
from recordings import taking_away
from team import response_time
from team.front import tomorrow
from team.front.lines import NAMED, Section, TodoItem
from team.guards import may_change_bookings, may_change_sessions
from workshops.models import Workshop
from workshops.programme import clock_changes

#: From this share of its places on a session counts as filling up.
FILLING: Final = 0.8
NOTHING = "No session fills up, and none is a draft."


def section(member: Member, *, at: datetime) -> Section:
    """Return the job of looking after sessions. Six queries, those of tomorrow and of changed clocks."""
    lines = []
    if member.has_perm(SEE_EVENTS):
        lines += tomorrow.lines(member, at=at) + _without_host(at)
    if may_change_bookings(member):
        lines += _objections()
    if may_change_sessions(member):
        lines += _reworded(at) + _to_take_away(at)
    if member.has_perm(SEE_EVENTS):
        lines += _filling(at)
    if member.has_perm(CHANGE_PROGRAMME):
        lines += _drafts(at) + _clocks(at)
    page = (reverse("team:events"), "Events and their sessions")
    records = (list_of("events_session"), "Records of sessions")
    url, label = page if member.has_perm(SEE_EVENTS) else records
    return Section("Sessions", "sessions", url, label, NOTHING, lines)


def _without_host(at: datetime) -> list[TodoItem]:
    """Hosts who have withdrawn from what is still to come, until somebody notes it."""
    ahead = Q(session__event__last_day__gte=timezone.localdate(at)) & ~Q(session__status="cancelled")
    rows = Withdrawal.objects.filter(ahead, noted_at=None).select_related("session__event", "contributor")
    return [
        TodoItem(
            one.session.title,
            reverse("team:session", args=[one.session.event.slug, one.session.slug]),
            f"{one.contributor.name} withdrew as a host",
            is_late=True,
        )
        for one in rows[:NAMED]
    ]


def _objections() -> list[TodoItem]:
    """Sessions of which somebody says that they were there, against what is noted."""
    rows = Attendance.objects.objected().values("session__title", "session__slug", "session__event__slug")
    found = rows.annotate(people=Count("pk")).order_by("session__title", "session__slug")
    return [
        TodoItem(
            one["session__title"],
            reverse("team:session_came", args=[one["session__event__slug"], one["session__slug"]]),
            counted(one["people"], "%(count)s person says", "%(count)s people say") + " that they were there",
        )
        for one in found[:NAMED]
    ]


def _reworded(at: datetime) -> list[TodoItem]:
    """Words of hosts that the team has not taken yet, the first written first."""
    found = words.waits(at)
    lines = [
        TodoItem(
            one.session.title,
            reverse("team:session", args=[one.session.event.slug, one.session.slug]) + "#reworded",
            f"{one.host.name if one.host else 'A host'} wrote other words for it, "
            f"{response_time.waited(one.written_at, at)} ago",
        )
        for one in found[:NAMED]
    ]
    if len(found) > NAMED:
        more = counted(len(found) - NAMED, "%(count)s more session", "%(count)s more sessions")
        lines.append(TodoItem(f"{more} with other words of its hosts", reverse("team:events")))
    return lines


def _to_take_away(at: datetime) -> list[TodoItem]:
    """What people can take away of sessions and nobody of the team has read, the first written first."""
    return [
        TodoItem(
            one.session.title,
            reverse("team:session_take_away", args=[one.session.event.slug, one.session.slug]),
            f"What to take away waits to be read, written {response_time.waited(one.written_at, at)} ago",
        )
        for one in taking_away.waits()[:NAMED]
    ]


def _filling(at: datetime) -> list[TodoItem]:
    """Sessions still to come that are nearly full or full, those with most people waiting first."""
    full = Q(taken__gte=FILLING * F("capacity")) | Q(line__gt=0)
    ahead = Q(
        session__status=Session.Status.PUBLISHED,
        session__event__status=Event.Status.PUBLISHED,
        session__starts_at__gt=at,
    )
    rows = Workshop.objects.filter(full, ahead, capacity__gt=0).select_related("session__event")
    found = list(rows.order_by("-line", F("capacity") - F("taken"), "session__starts_at")[: NAMED + 1])
    lines = [
        TodoItem(
            one.session.title,
            reverse("team:session", args=[one.session.event.slug, one.session.slug]),
            f"{one.taken} of {one.capacity} places taken" + (f", {one.line} waiting" if one.line else ""),
        )
        for one in found[:NAMED]
    ]
    if len(found) > NAMED:
        lines.append(TodoItem("All that fill up", list_of("events_session", places="filling")))
    return lines


def _drafts(at: datetime) -> list[TodoItem]:
    """Drafts of events that are still to come."""
    number = Session.objects.filter(
        status=Session.Status.DRAFT, event__last_day__gte=timezone.localdate(at)
    ).count()
    text = counted(
        number,
        "%(count)s session is a draft, which nobody sees",
        "%(count)s sessions are drafts, which nobody sees",
    )
    return [TodoItem(text, list_of("events_session", status__exact="draft"))] if number else []


def _clocks(at: datetime) -> list[TodoItem]:
    differing = clock_changes.number(at=at)
    text = (
        counted(differing, "%(count)s session shows", "%(count)s sessions show")
        + " another time than was meant"
    )
    return [TodoItem(text, reverse("team:clocks"))] if differing else []
