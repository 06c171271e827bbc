"""Which row of a spreadsheet is which session of the event.

A row is known again by its address here or its id, else by its title, and among equal titles by its time.
A row whose title is new is still the session of that time and room, if the title is much the same or the
hosts are: a corrected spelling keeps the bookings, another session in the same room does not inherit them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from difflib import SequenceMatcher

from common import folding
from events.models import Session
from workshops.programme_import.rows import ProgrammeRow

#: How much of two titles must be the same (difflib's ratio) for one to be the other corrected.
MUCH_THE_SAME = 0.6
#: Of so many sessions with the same key a row is compared with the first.
CANDIDATES = 20


def match_rows(
    rows: Iterable[ProgrammeRow], sessions: Iterable[Session]
) -> tuple[dict[tuple[str, int], Session], list[Session]]:
    """Return the session of each row known again, by its place, and the sessions that no row names.

    Titles are the same however their apostrophes, accents and capitals are typed. One query.
    """
    matching = _Matching(list(rows), list(sessions))
    titles = {row.title for row in matching.rows} | {session.title for session in matching.sessions}
    titled = folding.folded(titles)
    matching.by(lambda row: row.slug, lambda session: session.slug)
    matching.by(lambda row: row.external_id, lambda session: session.external_id)
    matching.by(
        lambda row: (titled[row.title], row.starts_at, row.room),
        lambda session: (titled[session.title], session.starts_at, session.room),
    )
    matching.by(
        lambda row: (titled[row.title], row.starts_at),
        lambda session: (titled[session.title], session.starts_at),
    )
    matching.by(lambda row: titled[row.title], lambda session: titled[session.title])
    matching.by(
        lambda row: row.starts_at and (row.starts_at, row.room),
        lambda session: session.starts_at and (session.starts_at, session.room),
        if_also=_is_much_the_same,
    )
    return matching.found, matching.sessions


class _Matching:
    """Rows and sessions that have not found each other yet, and those that have."""

    def __init__(self, rows: list[ProgrammeRow], sessions: list[Session]) -> None:
        self.rows, self.sessions = rows, sessions
        self.found: dict[tuple[str, int], Session] = {}

    def by(
        self,
        row_key: Callable[[ProgrammeRow], Hashable],
        session_key: Callable[[Session], Hashable],
        if_also: Callable[[ProgrammeRow, Session], bool] = lambda *_: True,
    ) -> None:
        """Pair those with the same key, in the order of their times; an empty key pairs nothing."""
        waiting: dict[Hashable, list[Session]] = defaultdict(list)
        for session in sorted(self.sessions, key=lambda one: (one.starts_at is None, one.starts_at, one.pk)):
            waiting[session_key(session)].append(session)
        for row in sorted(self.rows, key=lambda one: (one.starts_at is None, one.starts_at, one.place)):
            candidates = waiting.get(row_key(row), []) if row_key(row) else []
            for session in candidates[:CANDIDATES]:
                if _may_be(row, session) and if_also(row, session):
                    candidates.remove(session)
                    self.found[row.place] = session
                    break
        self.rows = [row for row in self.rows if row.place not in self.found]
        taken = {session.pk for session in self.found.values()}
        self.sessions = [session for session in self.sessions if session.pk not in taken]


def _may_be(row: ProgrammeRow, session: Session) -> bool:
    """Two different ids are two different sessions, whatever else is the same."""
    return not row.external_id or session.external_id in ("", row.external_id)


def _is_much_the_same(row: ProgrammeRow, session: Session) -> bool:
    ratio = SequenceMatcher(None, row.title.casefold(), session.title.casefold()).ratio()
    names = {link.contributor.name for link in session.session_contributors.all()}
    return ratio >= MUCH_THE_SAME or bool(row.hosts and names == {person.name for person in row.hosts})
