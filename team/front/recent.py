"""What the team did last, from the trail: acts on what others see, of whoever uses the admin.

What colleagues do for themselves, as any member does, is theirs and not shown; nor is what happened to a kind
of thing that the reader may not see. Acts of one kind by one person in a row are one line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any, Final

from django.apps import apps
from django.db.models import F, Q
from django.urls import reverse

from audit.acts import Act
from audit.history import NOBODY_NOW
from audit.models import Entry
from common.words import counted, in_a_row
from members.models import Member
from team import response_time

#: How many lines there are, out of how many acts, since when.
LINES: Final = 8
ACTS: Final = 80
SINCE: Final = timedelta(days=14)
#: How many of those whom one line concerns are named.
NAMED: Final = 3
#: Things that have a name of their own, and what leads to them.
TITLED: Final = {
    "events.event": "admin:events_event_change",
    "events.session": "admin:events_session_change",
    "events.theme": "admin:events_theme_change",
    "events.contributor": "admin:events_contributor_change",
    "blog.post": "team:post_edit",
    "members.page": "admin:members_page_change",
    "members.policy": "admin:members_policy_change",
    "auth.group": "admin:auth_group_change",
}
#: Acts that tell a colleague nothing: the sign on the door is on the door.
UNTOLD: Final = (Act.TAKEN_ON, Act.GIVEN_BACK)
#: Kind and id of a thing → its name.
Titles = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Line:
    """Who did what to whom or what; ``url`` leads to it where it is one thing."""

    who: str
    what: str
    about: str
    url: str
    ago: str


def lines(reader: Member, *, at: datetime) -> list[Line]:
    """Return the newest acts of the team that ``reader`` may see. At most three queries and one a kind."""
    entries = list(_entries(reader, at)[:ACTS])
    people = Member.objects.in_bulk({pk for one in entries for pk in (one.actor_id, one.member_id) if pk})
    titles = _titles(entries)
    groups = islice(_in_a_row(entries), LINES)
    return [_line(group, people, titles, reader, at) for group in groups]


def _entries(reader: Member, at: datetime) -> Any:
    team = Member.objects.filter(is_staff=True).values("pk")
    theirs_alone = Q(member_id=F("actor_id"))
    return (
        Entry.objects.filter(actor_id__in=team, at__gte=at - SINCE, thing__in=_seen_by(reader))
        .exclude(theirs_alone)
        .exclude(act__in=UNTOLD)
        .order_by("-id")
    )


def _seen_by(reader: Member) -> list[str]:
    """Return the kinds of things that they may look at, as ``app.model``."""
    models = [one._meta for one in apps.get_models()]
    return [one.label_lower for one in models if reader.has_perm(f"{one.app_label}.view_{one.model_name}")]


def _in_a_row(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    for _, group in groupby(entries, lambda one: (one.actor_id, one.act, one.thing)):
        yield list(group)


def _titles(entries: Iterable[Entry]) -> Titles:
    """Return the names of things that have one. One query a kind."""
    found: Titles = {}
    for label in TITLED:
        if ids := {one.thing_id for one in entries if one.thing == label}:
            rows = apps.get_model(label)._base_manager.in_bulk(ids)
            found |= {(label, pk): str(row) for pk, row in rows.items()}
    return found


def _line(
    group: list[Entry],
    people: dict[int, Member],
    titles: Titles,
    reader: Member,
    at: datetime,
) -> Line:
    newest = group[0]
    actor = people.get(newest.actor_id or 0)
    who = "You" if newest.actor_id == reader.pk else actor.name if actor else NOBODY_NOW
    named = dict.fromkeys(name for name in (_about(one, people, titles) for one in group) if name)
    ago = f"{response_time.waited(newest.at, at)} ago"
    return Line(who, newest.words, _few(list(named)), _url(group, titles), ago)


def _about(one: Entry, people: dict[int, Member], titles: Titles) -> str:
    member = people.get(one.member_id or 0)
    return member.name if member else titles.get((one.thing, one.thing_id), "")


def _few(names: list[str]) -> str:
    if len(names) <= NAMED + 1:
        return in_a_row(names)
    return in_a_row([*names[:NAMED], counted(len(names) - NAMED, "%(count)s more", "%(count)s more")])


def _url(group: list[Entry], titles: Titles) -> str:
    things = {(one.thing, one.thing_id) for one in group}
    if len(things) > 1:
        return ""
    [(label, pk)] = things
    if label == Member._meta.label_lower:
        return reverse("team:person", args=[pk])
    if (label, pk) in titles:
        return reverse(TITLED[label], args=[pk])
    return ""
