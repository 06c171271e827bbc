"""What the team did last, from the trail: acts on what others see, of whoever uses the admin.

What colleagues do for themselves, as any member does, is theirs and not shown; nor is what happened to a
thing that the reader may not see: a kind they have no right to, a post that nobody has sent, access needs.
Acts of one kind by one person in a row are one line.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from audit.acts import Act
from audit.confidential import ABOUT_CONCERNS, ABOUT_NEEDS
from audit.history import NOBODY_NOW
from audit.models import Entry
from blog.editing import publishing
from blog.models import Post
from common.words import counted, in_a_row
from events.models import AccessNeed
from members.capabilities import CHANGE_MEMBERS, SEE_ACCESS_NEEDS, SEND_ANNOUNCEMENTS
from members.models import Member
from team import response_time
from team.models import Announcement

#: How many lines there are, and since when.
LINES: Final = 8
SINCE: Final = timedelta(days=14)
#: So many acts are read; where they make too few lines, because many are alike, so many.
FEW, MANY = 80, 2000
#: How many of those whom one line concerns are named.
NAMED: Final = 3
ANNOUNCEMENT: Final = Announcement._meta.label_lower
POST: Final = Post._meta.label_lower
NEED: Final = AccessNeed._meta.label_lower
#: Things that have a name of their own, and what leads to them.
TITLED: Final = {
    "events.event": "admin:events_event_change",
    "events.session": "admin:events_session_change",
    "events.theme": "admin:events_theme_change",
    "events.contributor": "admin:events_contributor_change",
    ANNOUNCEMENT: "team:announcement",
    POST: "team:post_edit",
    "members.page": "admin:members_page_change",
    "members.policy": "admin:members_policy_change",
    "auth.group": "admin:auth_group_change",
}
#: Acts that tell a colleague nothing: the sign on the door is on the door. Concerns are their readers' alone.
UNTOLD: Final = (Act.TAKEN_ON, Act.GIVEN_BACK, *ABOUT_CONCERNS)
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
    """Return the newest acts of the team that ``reader`` may see. At most four queries and one a kind."""
    groups, is_cut = _groups(_entries(reader, at))
    told = [one for group in groups for one in group[: NAMED + 1]]
    people = Member.objects.in_bulk({pk for one in told for pk in (one.actor_id, one.member_id) if pk})
    titles = _titles(told)
    found = [_line(group, people, titles, reader, at) for group in groups]
    return [*found[:-1], _and_more(found[-1])] if is_cut else found


def _entries(reader: Member, at: datetime) -> QuerySet[Entry]:
    team = Member.objects.filter(is_staff=True).values("pk")
    entries = Entry.objects.filter(actor_id__in=team, at__gte=at - SINCE, thing__in=_seen_by(reader))
    untold = Q(member_id=F("actor_id")) | Q(act__in=UNTOLD)
    if not reader.has_perm(SEE_ACCESS_NEEDS):
        untold |= Q(act__in=ABOUT_NEEDS)
    unsent = Q(thing=POST) & ~Q(thing_id__in=publishing.for_the_team().values("pk"))
    return entries.exclude(untold).exclude(unsent).order_by("-id")


def _seen_by(reader: Member) -> list[str]:
    """Return the kinds of things that they may look at, as ``app.model``."""
    models = [one._meta for one in apps.get_models()]
    seen = [one.label_lower for one in models if reader.has_perm(f"{one.app_label}.view_{one.model_name}")]
    more = ((ANNOUNCEMENT, SEND_ANNOUNCEMENTS), (NEED, SEE_ACCESS_NEEDS))
    return [*seen, *(thing for thing, right in more if reader.has_perm(right))]


def _groups(entries: QuerySet[Entry]) -> tuple[list[list[Entry]], bool]:
    """Return the acts of each line, and whether the last one goes on beyond what was read. Two queries."""
    for most in (FEW, MANY):
        read = list(entries[:most])
        groups = list(_in_a_row(read))
        if len(groups) > LINES or len(read) < most:
            return groups[:LINES], False
    return groups[:LINES], len(groups) <= LINES


def _in_a_row(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    for _, group in groupby(entries, lambda one: (one.actor_id, one.act, one.thing)):
        yield list(group)


def _titles(entries: Collection[Entry]) -> Titles:
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
    about = _few([_about(one, people, titles) for one in group[: NAMED + 1]], len(group))
    ago = f"{response_time.waited(newest.at, at)} ago"
    return Line(who, newest.words, about, _url(group, people, titles, reader), ago)


def _about(one: Entry, people: dict[int, Member], titles: Titles) -> str:
    member = people.get(one.member_id or 0)
    return member.name if member else titles.get((one.thing, one.thing_id), "")


def _few(names: list[str], of: int) -> str:
    """Name the first of so many things, each once, and say how many more there are."""
    named = list(dict.fromkeys(name for name in names if name))
    if not named or of <= NAMED + 1:
        return in_a_row(named)
    return in_a_row([*named[:NAMED], counted(of - len(named[:NAMED]), "%(count)s more", "%(count)s more")])


def _and_more(line: Line) -> Line:
    """Return the last line where it goes on beyond what was read: its number is only the least."""
    return Line(line.who, line.what, f"{line.about}, or more", line.url, line.ago)


def _url(group: list[Entry], people: dict[int, Member], titles: Titles, reader: Member) -> str:
    things = {(one.thing, one.thing_id) for one in group}
    if len(things) > 1:
        return ""
    [(label, pk)] = things
    if label == Member._meta.label_lower:
        is_there = pk in people and people[pk].is_active and reader.has_perm(CHANGE_MEMBERS)
        return reverse("team:person", args=[pk]) if is_there else ""
    return reverse(TITLED[label], args=[pk]) if (label, pk) in titles else ""
