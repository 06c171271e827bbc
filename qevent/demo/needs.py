"""What a few people of the demo need to take part: a case in each state, one of them late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from events import need_cases, registration
from events.models import AccessNeed, Event, Kind
from members.models import Member


@dataclass(frozen=True)
class DemoNeeds:
    """Who registered so many days ago, and what they told: kinds with whether hosts may know, own words."""

    days_ago: int
    kinds: Mapping[str, bool] = field(default_factory=dict)
    words: str = ""
    hosts_may_know: bool = False


#: By the number of the member among ``people``: Ada, then some of the crowd.
TOLD: Final[Mapping[int, DemoNeeds]] = {
    0: DemoNeeds(8, {Kind.CAPTIONS: True, Kind.SLIDES: True, Kind.BREAKS: False}),
    20: DemoNeeds(12, {Kind.SCREEN_READER: True}),
    21: DemoNeeds(6, {Kind.SIGN_LANGUAGE: True}),
    22: DemoNeeds(5, {Kind.CAMERA: True, Kind.BREAKS: True}),
    23: DemoNeeds(2, {Kind.SLIDES: False}, "Slides in large print: 18 points or more.", hosts_may_know=True),
    24: DemoNeeds(1, {Kind.CAPTIONS: True}),
}


def load(event: Event, people: Sequence[Member], team: Member, *, at: datetime) -> None:
    """Register them with what they need, and let ``team`` answer some of it."""
    for number, told in TOLD.items():
        registration.register(
            event,
            people[number],
            by=people[number],
            at=at - timedelta(days=told.days_ago),
            kinds=told.kinds,
            needs=told.words,
            share_with_hosts=told.hosts_may_know,
        )
    need_cases.confirm(_case(people[0], Kind.CAPTIONS), version=1, by=team, at=at - timedelta(days=1))
    need_cases.arrange(_case(people[0], Kind.SLIDES), version=1, by=team, at=at - timedelta(days=1))
    instead = "No interpreter is free on these days. We caption every session, and send you the recordings."
    signs = _case(people[21], Kind.SIGN_LANGUAGE)
    need_cases.decline(signs, instead, version=1, by=team, at=at - timedelta(hours=5))


def _case(member: Member, kind: str) -> int:
    return AccessNeed.objects.get(told__registration__member=member, kind=kind).pk
