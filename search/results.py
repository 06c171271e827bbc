"""What a page of the search shows of each thing that was found, with the words that matched marked.

Postgres says which words of a text match (``search.marking``). Everything is escaped before marks become
``<mark>``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blog.models import Post
from common.statements import Among, Statement
from common.times import SITE_ZONE
from events.models import Session
from recordings.models import TakeAway
from search import marking
from search.finding import Hit, Kind, public
from search.marking import START, STOP
from search.query import Marks

MARKED: Final = re.compile(f"{START}([^{START}{STOP}]*){STOP}")
#: How much of a text is looked through for an excerpt, in characters; the search itself knows all of it.
LOOKED_AT: Final = 10_000
#: How much of it first: most texts say early what they are about, and marking takes longest of all.
EARLY: Final = 600
#: So many words has an excerpt, so many of them before the first that matched.
WORDS: Final = 36
BEFORE: Final = 8
#: A word without the signs around it.
CORE: Final = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
#: Markdown's links, and the other signs of an editor's text: an excerpt has the words alone.
LINK: Final = r"\[([^]]*)\]\([^)]*\)"
SIGNS: Final = r"[*#`]+"


@dataclass(frozen=True)
class Marked:
    """A text of somebody's with what matched in it between ``START`` and ``STOP``."""

    raw: str

    @property
    def html(self) -> SafeString:
        """The text as HTML, what matched in ``<mark>``."""
        shown = MARKED.sub(r"<mark>\1</mark>", str(escape(self.raw)))
        return mark_safe(_without_markers(shown))  # noqa: S308  # escaped in the line above

    @property
    def text(self) -> str:
        """The words alone."""
        return _without_markers(self.raw)


@dataclass(frozen=True)
class Result:
    """One thing that was found. ``beside`` is what it belongs to; ``zone`` is where ``when`` is told."""

    kind: Kind
    label: str
    title: Marked
    url: str
    excerpt: Marked
    beside: str = ""
    when: datetime | date | None = None
    zone: str = ""
    is_cancelled: bool = False


def build(hits: Iterable[Hit], marks: Marks, *, at: datetime) -> list[Result]:
    """Return what to show of these, in their order; what has gone meanwhile is left out.

    One query for each kind that is among them, and one for the marks; one more where words stand only later
    in a text.
    """
    hits = list(hits)
    told: dict[Hit, Any] = {}
    for kind in dict.fromkeys(hit.kind for hit in hits):
        numbers = [hit.pk for hit in hits if hit.kind is kind]
        told |= {Hit(kind, record.pk): record for record in _TOLD[kind].all(numbers=numbers, at=at)}
    found: dict[Hit, Result] = {}
    for looked_at in (EARLY, LOOKED_AT):
        left = {hit: record for hit, record in told.items() if hit not in found}
        found |= _shown(left, looked_at, marks)
    return [found[hit] for hit in hits if hit in found]


def _shown(told: Mapping[Hit, Any], looked_at: int, marks: Marks) -> dict[Hit, Result]:
    """Return what to show of those in which that much is enough to be looked at. One query; none for none."""
    if not told:
        return {}
    texts = [record.title for record in told.values()]
    texts += [record.excerpt[:looked_at] for record in told.values()]
    copies = marking.marked(texts, marks)
    titles, excerpts = copies[: len(told)], copies[len(told) :]
    shown = {
        hit: _result(hit.kind, record, title, _excerpt(record.excerpt, copy, looked_at, marks))
        for (hit, record), title, copy in zip(told.items(), titles, excerpts, strict=True)
    }
    return {hit: result for hit, result in shown.items() if result is not None}


#: What is not read of the session of what to take away.
_LONG_OF_SESSIONS: Final = (
    "session__search",
    "session__description",
    "session__event__search",
    "session__event__description",
)


def _told(kind: Kind, numbers: Any, at: Any) -> Any:
    """Return the public records of a kind with a text for an excerpt."""
    records = public(kind, at).filter(Among("pk", numbers))
    if kind is Kind.POST:
        text: Combinable = Concat("standfirst", Value(" "), Left("text", LOOKED_AT))
        records = records.defer("body", "text", "search")
    elif kind is Kind.TAKE_AWAY:
        every = Concat("problem", Value(" "), "done", Value(" "), "monday", output_field=TextField())
        text = _words_of(Left(every, LOOKED_AT))
        records = records.select_related("session__event").defer("search", *_LONG_OF_SESSIONS)
    else:
        begins_alike = When(description__startswith=F("summary"), then=Left("description", LOOKED_AT))
        both = Concat("summary", Value(" "), Left("description", LOOKED_AT))
        text = _words_of(Case(begins_alike, default=both, output_field=TextField()))
        records = records.defer("description", "search")
    if kind in (Kind.SESSION, Kind.THEME):
        records = records.select_related("event").defer("event__search", "event__description")
    return records.annotate(excerpt=text)


_TOLD: Final[Mapping[Kind, "Statement[Any]"]] = {kind: Statement(partial(_told, kind)) for kind in Kind}


def _words(text: str, marked: str) -> list[tuple[str, bool]]:
    """Return the words of a text, and whether each matched: none where the copy has lost some.

    What Postgres takes for one token of more than 2 kB it leaves out of a headline: a line drawn with signs.
    """
    words, copies = re.split(r"\s", text), marked.split(" ")
    copies = copies if len(words) == len(copies) else [""] * len(words)
    return [(word, START in copy) for word, copy in zip(words, copies, strict=True) if word]


def _joined(words: Iterable[tuple[str, bool]]) -> Marked:
    return Marked(" ".join(CORE.sub(rf"\1{START}\2{STOP}\3", word) if hit else word for word, hit in words))


def excerpt(words: Sequence[tuple[str, bool]]) -> Marked:
    """Return the part in which most different words matched, the first of those; all where it is short."""
    start, _ = _part(words)
    part = list(words[start : start + WORDS])
    if start:
        part.insert(0, ("…", False))
    if start + WORDS < len(words):
        part.append(("…", False))
    return _joined(part)


def _part(words: Sequence[tuple[str, bool]]) -> tuple[int, int]:
    """Return where that part begins, and how many different words matched in it."""
    places = [place for place, (_, hit) in enumerate(words) if hit]
    starts = [max(0, min(place - BEFORE, len(words) - WORDS)) for place in places] or [0]
    matched = {one: len({word.lower() for word, hit in words[one : one + WORDS] if hit}) for one in starts}
    start = max(starts, key=matched.__getitem__)
    return start, matched[start]


def _excerpt(text: str, copy: str, looked_at: int, marks: Marks) -> Marked | None:
    """Return the excerpt of a text whose beginning is marked, ``None`` where more of it must be looked at.

    That is so unless as many words matched there as are searched for, in a part that ends there too.
    """
    words = _words(text[:looked_at], copy)
    if looked_at == LOOKED_AT or len(text) <= looked_at:
        return excerpt(words)
    words = words[:-1]  # the last may be cut
    start, matched = _part(words)
    if matched < marks.number or start + WORDS >= len(words):
        return None
    return excerpt(words)


def _words_of(markdown: Combinable) -> Func:
    """Leave Markdown's signs out, for one line of words."""
    without_links = _replaced(markdown, LINK, r"\1")
    return _replaced(without_links, SIGNS, "")


def _replaced(text: Combinable, pattern: str, by: str) -> Func:
    return Func(
        text,
        Value(pattern),
        Value(by),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )


def _result(kind: Kind, record: Any, title: str, part: Marked | None) -> Result | None:
    if part is None:
        return None
    shown: dict[str, Any] = _FACTS[kind](record)
    marked = _joined(_words(record.title, title))
    return Result(kind=kind, title=marked, url=record.get_absolute_url(), excerpt=part, **shown)


def _of_post(post: Post) -> dict[str, Any]:
    return {"label": post.get_kind_display(), "when": post.published_at, "zone": SITE_ZONE.key}


def _of_take_away(one: TakeAway) -> dict[str, Any]:
    session = one.session
    return {
        "label": _("What to take away"),
        "beside": session.event.title,
        "when": session.starts_at,
        "zone": session.event.time_zone,
    }


def _of_session(session: Session) -> dict[str, Any]:
    return {
        "label": session.get_format_display(),
        "beside": session.event.title,
        "when": session.starts_at,
        "zone": session.event.time_zone,
        "is_cancelled": session.status == Session.Status.CANCELLED,
    }


_FACTS: Final[dict[Kind, Any]] = {
    Kind.POST: _of_post,
    Kind.SESSION: _of_session,
    Kind.TAKE_AWAY: _of_take_away,
    Kind.THEME: lambda theme: {"label": _("Theme"), "beside": theme.event.title},
    Kind.EVENT: lambda event: {"label": _("Event"), "when": event.first_day},
}


def _without_markers(text: str) -> str:
    return text.replace(START, "").replace(STOP, "")
