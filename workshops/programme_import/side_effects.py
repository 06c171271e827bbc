"""What an import would make besides sessions, and what stands twice at one time: shown to catch slips."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from events.models import Session
from workshops.programme_import.hosts_and_themes import People, Themes
from workshops.programme_import.rows import ProgrammeRow

if TYPE_CHECKING:
    from workshops.programme_import.plan import PlannedSession

#: How alike two names are (difflib's ratio) for one to be a slip of the other, and how many are compared.
_ALIKE: Final = 0.8
_COMPARED: Final = 40
#: So many clashes say that the file is what it is.
_MAX_LISTED: Final = 20
#: A person or room, what it is called, the session's times and title.
_Use = tuple[datetime, datetime, str]


def made_new(
    rows: Sequence[ProgrammeRow], people: People, themes: Themes, rooms: Collection[str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (what it is, [(name, nearest known name or "")]) for what nobody knows yet."""
    hosts = dict.fromkeys(person for row in rows for person in row.hosts if not people.knows(person))
    found = [
        ("Themes", [title for row in rows for title in row.themes if title.casefold() not in themes.by_title],
         [theme.title for theme in themes.by_title.values()]),
        ("Hosts", [person.name for person in hosts], people.names),
        ("Rooms", [row.room for row in rows if row.room and row.room not in rooms], list(rooms)),
    ]  # fmt: skip
    made = []
    for kind, names, known in found:
        new = list(dict.fromkeys(names))
        if new:
            near = _Near([*known, *new])
            made.append((kind, [(name, near.to(name)) for name in new]))
    return made


class _Near:
    """Names, found by any word that they share; a single word is compared with all single words."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_word: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(names):
            for word in self.words(name):
                self.by_word[word].append(name)

    @staticmethod
    def words(name: str) -> set[str]:
        words = name.casefold().split()
        return {*words, words[0][:2]} if words else set()

    def to(self, name: str) -> str:
        """Return the name that is nearly the same, "" for none."""
        found = (other for word in sorted(self.words(name)) for other in self.by_word[word][:_COMPARED])
        others = {other.casefold(): other for other in found if other != name}
        others = {key: other for key, other in others.items() if _figures(other) == _figures(name)}
        near = get_close_matches(name.casefold(), list(others)[:_COMPARED], n=1, cutoff=_ALIKE)
        return others[near[0]] if near else ""


def _figures(name: str) -> str:
    """Return the figures of a name: Room 1 is no slip of Room 2."""
    return "".join(character for character in name if character.isdecimal())


def clashes(planned: Sequence["PlannedSession"], gone: Sequence[Session]) -> list[str]:
    """Return a sentence for each host and room that is in two sessions at once."""
    uses: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for one in planned:
        row, session = one.row, one.session
        hosts = {person.email or person.name.casefold(): person.name for person in row.hosts}
        _use(uses, session, hosts)
    for session in gone:
        if session.is_published:
            contributors = [link.contributor for link in session.session_contributors.all()]
            people = {one.email.lower() or one.name.casefold(): one.name for one in contributors}
            _use(uses, session, people)
    found = []
    for (_, name), spans in sorted(uses.items()):
        spans.sort()
        for (_, end, title), (start, _, other) in pairwise(spans):
            if start < end:
                found.append(f"{name} is in two sessions at once: “{title}” and “{other}”.")
    more = len(found) - _MAX_LISTED
    return found[:_MAX_LISTED] + ([f"There are {more} more."] if more > 0 else [])


def _use(uses: dict[tuple[str, str], list[_Use]], session: Session, hosts: Mapping[str, str]) -> None:
    if session.starts_at is None or session.ends_at is None:
        return
    use = (session.starts_at, session.ends_at, session.title)
    if session.room:
        uses[(f"room {session.room.casefold()}", session.room)].append(use)
    for key, name in hosts.items():
        uses[(f"host {key}", name)].append(use)
