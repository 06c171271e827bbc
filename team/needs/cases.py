"""Cases of access needs as the team's page lists them; what they are about is read only after a look.

Who has told something, since when and where it stands is on the page at once; what they need comes with a
press, which records a look at each of those that are shown. A fixed number of queries, whoever told what.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from audit.acts import Act
from audit.confidential import Why
from common.http import parse_id
from common.times import format_day, short_moment
from events import access_needs
from events.models import AccessNeed, Event, Registration, Session
from events.models.access_needs import MET_BY
from members.models import Member
from team import taking
from team.models import Taken
from workshops.models import Booking

State = AccessNeed.State
THING: Final = AccessNeed._meta.label_lower
PAGE_SIZE: Final = 50
#: Answers one after the other are given in one look, for so long.
ONE_LOOK: Final = timedelta(minutes=10)
#: What the list can be narrowed to → its words.
STATES: Final[Mapping[str, str]] = {
    "": "Without an answer",
    "late": "Late",
    State.NEW: "New",
    State.ARRANGED: "Arranged, to be confirmed",
    State.CONFIRMED: "Confirmed",
    State.CANNOT: "We cannot; instead …",
    "all": "All",
    "past": "Past and cancelled events",
}
#: Which of them are of events that are over or do not take place; all others are of those ahead.
PAST: Final = "past"
#: Those of them that wait for an answer.
WAITING: Final = ("", "late", State.NEW, State.ARRANGED)
WHOSE: Final[Mapping[str, str]] = {"": "Anybody’s", "mine": "Mine", "nobody": "Nobody’s"}
BADGES: Final[Mapping[str, str]] = {
    State.CONFIRMED: "yours",
    State.CANNOT: "plain",
    State.ARRANGED: "waiting",
}
#: New ones first, answered ones last.
_ORDER: Final = Case(*(When(state=state, then=place) for place, state in enumerate(State)))


class Looks(Enum):
    """How a reader comes to what people need: by a press, or because they have just answered some."""

    PRESSED = auto()
    GOES_ON = auto()


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty is any event, those without an answer, anybody's."""

    event: str = ""
    state: str = ""
    whose: str = ""
    person: int = 0

    @property
    def given(self) -> dict[str, str | int]:
        """What was asked for, by its name in the address."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class CaseRow:
    """One case; before the look ``what`` is empty, and so is what would tell it.

    ``lacking`` are sessions of theirs that do not have it.
    """

    case: AccessNeed
    says: str
    is_late: bool
    lacking: Sequence[Session]
    what: str = ""
    taken: Taken | None = None
    is_mine: bool = False
    thing: str = THING

    @property
    def pk(self) -> int:
        """The case's, for the buttons of who is on it."""
        return self.case.pk

    @property
    def member(self) -> Member:
        """Whose need it is."""
        return self.case.told.registration.member

    @property
    def seen(self) -> str:
        """The case with the version that is shown, as the form sends it."""
        return f"{self.case.pk}_{self.case.version}"

    @property
    def badge(self) -> str:
        """The kind of the badge of its state."""
        return BADGES.get(self.case.state, "plain")


@dataclass(frozen=True)
class Found:
    """A page of the list, and what there is to choose from."""

    rows: Sequence[CaseRow]
    page: Page[Any]
    events: Sequence[Event]
    has_looked: bool


def parse(query: Mapping[str, str], events: Collection[Event]) -> Asked:
    """Read what is asked for; what names nothing is ignored."""
    event, state, whose, person = (query.get(name, "") for name in ("event", "state", "whose", "person"))
    return Asked(
        event if any(one.slug == event for one in events) else "",
        state if state in STATES else "",
        whose if whose in WHOSE else "",
        parse_id(person),
    )


def events_with_needs() -> list[Event]:
    """Return the events of which needs are kept, the last first."""
    ids = AccessNeed.objects.values("told__registration__event")
    return list(Event.objects.filter(pk__in=ids).order_by("-first_day"))


def offered(asked: Asked, events: Sequence[Event], *, at: datetime) -> list[Event]:
    """Return those of the events that the filter offers: ahead, or past, as is asked; and the chosen one."""
    is_past = asked.state == PAST
    return [
        one
        for one in events
        if one.slug == asked.event or is_past != (one.is_published and not one.is_past(at))
    ]


def found(
    asked: Asked,
    events: Sequence[Event],
    *,
    page: str | None,
    looks: "Looks | None",
    reader: Member,
    at: datetime,
) -> Found:
    """Return a page of the cases; with what they are about where the reader ``looks``, which is recorded."""
    shown = Paginator(_cases(asked, reader, at), PAGE_SIZE).get_page(page)
    cases: list[AccessNeed] = list(shown)
    what = look(cases, by=reader, at=at, goes_on=looks == Looks.GOES_ON) if looks else {}
    sessions, taken = _sessions(cases) if looks else {}, taking.current(at=at)
    rows = [_row(one, what, sessions, taken.get((THING, one.pk)), reader, at) for one in cases]
    return Found(rows, shown, events, has_looked=looks is not None)


def _cases(asked: Asked, reader: Member, at: datetime) -> "QuerySet[AccessNeed]":
    """Return those that are asked for: of events ahead, or past; of a person that is named, of both."""
    cases = AccessNeed.objects.with_people().exclude(told__registration__status=Registration.Status.CANCELLED)
    ahead = Q(told__registration__event__in=Event.objects.upcoming(timezone.localdate(at)).order_by())
    if asked.state == PAST:
        cases = cases.exclude(ahead)
    elif not asked.person:
        cases = cases.filter(ahead)
    if asked.state in WAITING:
        cases = cases.unanswered(timezone.localdate(at))
    if asked.state == "late":
        cases = cases.late(at)
    elif asked.state not in ("", "all", PAST):
        cases = cases.filter(state=asked.state)
    if asked.event:
        cases = cases.filter(told__registration__event__slug=asked.event)
    if asked.person:
        cases = cases.filter(told__registration__member=asked.person)
    if asked.whose:
        cases = cases.filter(Q(owner=reader) if asked.whose == "mine" else Q(owner=None))
    return cases.order_by("told__registration__event__first_day", _ORDER, "asked_at", "pk")


def look(cases: Sequence[AccessNeed], *, by: Member, at: datetime, goes_on: bool) -> dict[int, str]:
    """Return what cases are about, by id, and record the look; one that ``goes_on`` is recorded once."""
    seen = access_needs.look(
        {one.told_id for one in cases},
        Why.TO_ARRANGE,
        act=Act.NEEDS_SEEN,
        only_shared=False,
        by=by,
        at=at,
        since=at - ONE_LOOK if goes_on else None,
    )
    return {case.pk: case.in_words for told in seen for case in told.cases.all()}


def _sessions(cases: Sequence[AccessNeed]) -> dict[int, list[Session]]:
    """Return the sessions that each registration has booked or waits for."""
    bookings = Booking.objects.live().filter(registration__in={one.told_id for one in cases})
    ahead = bookings.filter(session__status=Session.Status.PUBLISHED, session__starts_at__isnull=False)
    found = defaultdict(list)
    for one in ahead.select_related("session__event").order_by("during"):
        found[one.registration_id].append(one.session)
    return found


def _says(case: AccessNeed) -> str:
    """Say for which event it was asked, when, by when it is answered, and who has it in hand."""
    zone = case.event.zone
    parts = [str(case.event), f"Asked {short_moment(case.asked_at, zone)}"]
    if case.rearranged_at:
        parts.append(f"Changed on {short_moment(case.rearranged_at, zone)}, after it was arranged")
    if case.is_open:
        parts.append(f"To be answered by {format_day(case.answer_by)}")
    if case.answer_sent_at:
        parts.append(f"Emailed {short_moment(case.answer_sent_at, zone)}")
    if case.owner:
        parts.append(f"With {case.owner}")
    return f"{'. '.join(parts)}."


def _row(
    case: AccessNeed,
    what: Mapping[int, str],
    sessions: Mapping[int, list[Session]],
    taken: Taken | None,
    by: Member,
    at: datetime,
) -> CaseRow:
    fact = MET_BY.get(case.kind) if case.state != State.CANNOT else None
    theirs = sessions.get(case.told_id, ())
    return CaseRow(
        case,
        says=_says(case),
        is_late=case.is_overdue(at),
        lacking=[one for one in theirs if fact and not getattr(one, fact)],
        what=what.get(case.pk, ""),
        taken=taken,
        is_mine=taken is not None and taken.by_id == by.pk,
    )
