"""How full sessions are: places that are somebody's of those that there are, and who waits."""

from typing import Final

from common.words import counted, in_digits
from events.models import Session
from team.report.figures import NO_LIMIT, NOTHING, Cell, Figure, Table
from team.report.pictures import columns
from team.report.subject import Subject

MEANING: Final = (
    "A place is booked while it is somebody’s; one that is held for who is next in line is not yet. Waiting "
    "are those in line, and those who hold an offer or passed one, until it begins. "
    "Sessions that were cancelled are left out."
)
OPEN_TO_ALL: Final = "open to all"


def figure(subject: Subject) -> Figure:
    """Return the figure. No query of its own."""
    heading = "How full sessions are"
    if not subject.sessions:
        return Figure("fill", heading, MEANING, nothing="No session with a time is published yet.")
    limited = [one for one in subject.sessions if _capacity(subject, one)]
    others = [one for one in subject.sessions if not _capacity(subject, one)]
    rows = subject.rows(limited, lambda one: _cells(subject, one))
    rows += subject.rows(others, lambda one: _cells(subject, one), numbered=False)
    picture = columns(
        "fill",
        "Share of the places of each session that is booked",
        names=("Booked", "Free"),
        heights=[_shares(subject, one) for one in limited],
        below=_below(limited),
        most=100,
        top="100%",
    )
    table = Table("Places of each session", ("Session", "Booked", "Places", "Full to", "Waiting"), rows)
    return Figure("fill", heading, MEANING, _result(subject, limited), table, picture)


def _below(sessions: list[Session]) -> tuple[str, ...]:
    return ("Session 1", f"session {len(sessions)}") if sessions else ("", "")


def _capacity(subject: Subject, session: Session) -> int:
    """Return how many places there are; 0 where none is counted."""
    places = subject.places(session)
    return (places.capacity or 0) if places else 0


def _cells(subject: Subject, session: Session) -> list[Cell]:
    places, booked = subject.places(session), subject.of(session)
    waiting: Cell = NOTHING if session.has_started(subject.at) else booked.waiting
    if places is None:
        return [NOTHING, OPEN_TO_ALL, NOTHING, NOTHING]
    if not places.capacity:
        return [booked.placed, NO_LIMIT if places.capacity is None else 0, NOTHING, waiting]
    return [booked.placed, places.capacity, f"{_percent(subject, session)}%", waiting]


def _percent(subject: Subject, session: Session) -> int:
    """Return how many of a hundred places are booked, rounded down: only what is full is 100."""
    return subject.of(session).placed * 100 // _capacity(subject, session)


def _shares(subject: Subject, session: Session) -> tuple[float, float]:
    share = subject.of(session).placed * 100 / _capacity(subject, session)
    return share, 100 - share


def _result(subject: Subject, limited: list[Session]) -> str:
    if not limited:
        return "No session has a limit."
    booked = sum(subject.of(one).placed for one in limited)
    places = sum(_capacity(subject, one) for one in limited)
    full = sum(subject.of(one).placed == _capacity(subject, one) for one in limited)
    sessions = counted(len(limited), "%(count)s session", "%(count)s sessions")
    are = "is" if full == 1 else "are"
    said = f"{in_digits(booked)} of {in_digits(places)} places are booked"
    return f"{said}; {in_digits(full)} of {sessions} with a limit {are} full."
