"""What happened to a person lately, from the trail: each reader sees what they may know of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audit import history
from audit.confidential import ABOUT_NEEDS
from audit.models import Entry
from events.models import AccessNeed, Registration
from members.capabilities import MODERATE, SEE_ACCESS_NEEDS, SEE_EVENTS
from members.models import Member
from notifications.models import Message
from workshops.models import Booking

#: So many acts are shown; the record in the admin has all.
SHOWN: Final = 20
#: What an entry is about → who may know of it; whoever helps people knows what became of the account.
MAY_KNOW: Final = {
    Registration._meta.label_lower: SEE_EVENTS,
    Booking._meta.label_lower: SEE_EVENTS,
    Message._meta.label_lower: "notifications.view_message",
    AccessNeed._meta.label_lower: SEE_ACCESS_NEEDS,
    "comments.comment": MODERATE,
}


@dataclass(frozen=True)
class ActivityLine:
    """One act: when, who, what, and on which session or event."""

    at: datetime
    who: str
    what: str
    about: str = ""


def lately(person: Member, *, reader: Member) -> list[ActivityLine]:
    """Return the latest acts that concern them, newest first. Four queries."""
    things = [
        Member._meta.label_lower,
        *(thing for thing, right in MAY_KNOW.items() if reader.has_perm(right)),
    ]
    entries = Entry.objects.filter(member_id=person.pk, thing__in=things)
    if not reader.has_perm(SEE_ACCESS_NEEDS):
        entries = entries.exclude(act__in=ABOUT_NEEDS)
    shown = list(entries[:SHOWN])
    titles = _titles(shown)
    return [
        ActivityLine(line.at, line.who, line.what, titles.get((entry.thing, entry.thing_id), ""))
        for entry, line in zip(shown, history.lines(shown), strict=True)
    ]


def _titles(entries: list[Entry]) -> dict[tuple[str, int], str]:
    """Return of which session or event each entry tells. Two queries."""
    found: dict[tuple[str, int], str] = {}
    for model, relation in ((Booking, "session"), (Registration, "event")):
        thing = model._meta.label_lower
        ids = [one.thing_id for one in entries if one.thing == thing]
        titles = model._default_manager.filter(pk__in=ids).values_list("pk", f"{relation}__title")
        found |= {(thing, pk): title for pk, title in titles}
    return found
