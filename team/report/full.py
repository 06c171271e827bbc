"""How long it took until a session was full, from the opening of booking on.

Full is when all places were taken that there were at that moment, held ones included. That places were added,
or given up, afterwards changes nothing.
"""

from datetime import datetime, timedelta
from typing import Final

from common.times import format_minutes, short_moment
from common.words import counted
from events.models import Session
from team.report import booking_trail
from team.report.figures import NO_LIMIT, Figure, Table
from team.report.pictures import columns
from team.report.subject import Subject

MEANING: Final = (
    "From the opening of booking until for the first time all places were taken that the session had at that "
    "moment, held ones included. Places that were added or given up afterwards change nothing. Where no "
    "opening is set, it is counted from the first place that was taken; where it is not told how many places "
    "there were, until somebody had to wait."
)
HEADING: Final = "How soon sessions were full"
DAY: Final = 24 * 60
#: Spans of the picture: what is called so takes at most so many minutes.
SPANS: Final = (("10 min", 10), ("1 hour", 60), ("1 day", DAY), ("1 week", 7 * DAY))
LATER: Final = "later"


def figure(subject: Subject) -> Figure:
    """Return the figure. One query."""
    found = booking_trail.filled(subject.event.pk)
    took = {
        one.pk: (full - _opening(subject, one, first), full)
        for one in subject.sessions
        for first, full in [found.get(one.pk, (None, None))]
        if first is not None and full is not None
    }
    if not took:
        return Figure("full", HEADING, MEANING, nothing="No session is known to have been full so far.")
    sessions = sorted((one for one in subject.sessions if one.pk in took), key=lambda one: took[one.pk][0])
    were = counted(len(took), "%(count)s session was", "%(count)s sessions were")
    quickest = in_words(took[sessions[0].pk][0])
    return Figure(
        "full",
        HEADING,
        MEANING,
        f"{were} full at some moment. The first one was after {quickest}.",
        _table(subject, sessions, took),
        columns(
            "full",
            "Sessions by how soon they were full",
            names=("Sessions",),
            heights=[(number,) for number in _by_span([span for span, _ in took.values()])],
            below=(*(name for name, _ in SPANS), LATER),
        ),
    )


def in_words(span: timedelta) -> str:
    """Name a length: seconds below two minutes, minutes and hours below two days, then days and hours."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 2 * 60:
        return counted(seconds, "%(count)s second", "%(count)s seconds")
    minutes = seconds // 60
    if minutes < 2 * DAY:
        return format_minutes(minutes)
    days, rest = divmod(minutes, DAY)
    hours = format_minutes(rest // 60 * 60) if rest >= 60 else ""
    return f"{counted(days, '%(count)s day', '%(count)s days')} {hours}".strip()


def _opening(subject: Subject, session: Session, first: datetime) -> datetime:
    """Return when booking opened; where places were taken before that, when the first one was."""
    event = subject.event
    opened = session.booking_opens_at or event.booking_opens_at or event.registration_opens_at
    return min(opened, first) if opened else first


def _by_span(took: list[timedelta]) -> list[int]:
    """Count them: each in the shortest span that has it."""
    most = [timedelta(minutes=minutes) for _, minutes in SPANS]
    within = [sum(one <= limit for one in took) for limit in most] + [len(took)]
    return [number - before for before, number in zip([0, *within], within, strict=False)]


def _table(subject: Subject, sessions: list[Session], took: dict[int, tuple[timedelta, datetime]]) -> Table:
    rows = subject.rows(
        sessions,
        lambda one: [
            getattr(subject.places(one), "capacity", 0) or NO_LIMIT,
            in_words(took[one.pk][0]),
            short_moment(took[one.pk][1], subject.event.zone),
            round(took[one.pk][0].total_seconds()),
        ],
        numbered=False,
    )
    headings = ("Session", "Places now", "Full after", "On", "In seconds")
    return Table("Sessions that were full, the quickest first", headings, rows)
