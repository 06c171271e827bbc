"""A post's text as it is shown: pieces of HTML, and blocks where its markers stand.

A marker is a paragraph of its own: ``[[picture 2]]``, ``[[video 1]]``, ``[[audio 1]]``, ``[[themes]]``,
``[[call to action]]``, ``[[sessions equity]]`` (a theme's address or a format of the post's event). What it
stands for is looked up when the post is shown, so a call to action follows the reader and the date. A
marker that stands for nothing is a ``problem``, which editors see in the preview and readers do not. Each
kind that stands in the text costs one query, however many there are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from itertools import count
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blog.body import MARKER
from blog.media import pictures, sounds
from blog.models import Picture, Post, Sound, Video
from common.print_links import with_addresses
from events.calls_to_action import CallToAction, Link, call_to_action, standing_of
from events.models import Event, Session, Theme
from events.phases import Phase, phase_of
from members.models import Member, SiteSettings

CALL: Final = "call to action"
THEMES: Final = "themes"
NOTHING: Final = SafeString("")
TABLE: Final = re.compile(r"<table>(?:<caption>(.*?)</caption>)?", re.DOTALL)
#: As many figures as a number of a picture has.
MAX_NUMBER_DIGITS: Final = 5


@dataclass(frozen=True)
class Block:
    """One piece of a shown text. ``kind`` says which of the others it has."""

    kind: str
    html: SafeString = NOTHING
    picture: "Shown | None" = None
    video: Video | None = None
    sound: "Heard | None" = None
    call: CallToAction | None = None
    event: Event | None = None
    title: str = ""
    sessions: Sequence[Session] = ()
    themes: Sequence[Theme] = ()
    problem: str = ""

    @property
    def host(self) -> str:
        """The name of the site that a video is watched on."""
        return (urlsplit(self.video.url).hostname or "").removeprefix("www.") if self.video else ""


@dataclass(frozen=True)
class Shown:
    """A picture with the addresses of its sizes."""

    picture: Picture
    src: str
    srcset: str


@dataclass(frozen=True)
class Heard:
    """A piece of audio with its address."""

    sound: Sound
    src: str


def shown(picture: Picture | None) -> Shown | None:
    """Return a picture as templates show it."""
    return Shown(picture, pictures.src(picture), pictures.srcset(picture)) if picture else None


def blocks_of(post: Post, *, at: datetime, reader: Member | None) -> list[Block]:
    """Return the text of a post in pieces, for ``reader`` at the moment ``at``."""
    pieces, named = _pieces(post)
    tables = count(1)
    pieces[::2] = [_with_regions(piece, tables) for piece in pieces[::2]]
    return _read(pieces, named, _Found(post, {one.kind for one in named}, at, reader))


def read_for_feed(post: Post) -> list[Block]:
    """Return the text in pieces as it is for everybody, always: what follows the reader is left to the page.

    No query where pictures, videos and audio were loaded with the post.
    """
    pieces, named = _pieces(post)
    kinds = {one.kind for one in named}
    found = _Found(post, kinds & {"picture", "video", "audio"})
    return [one for one in _read(pieces, named, found) if one.kind != "problem"]


def _pieces(post: Post) -> "tuple[list[str], list[_Marker]]":
    pieces = MARKER.split(post.body)
    return pieces, [_Marker.read(words) for words in pieces[1::2]]


def _with_regions(html: str, numbers: Iterator[int]) -> str:
    """Put each table into a region with a name that scrolls by itself, by keyboard too (WCAG 1.4.10)."""

    def opened(found: re.Match[str]) -> str:
        caption = unescape(re.sub(r"<[^>]*>", "", found[1] or "")).strip()
        told = {"number": next(numbers), "caption": caption}
        name = escape((_("Table %(number)s: %(caption)s") if caption else _("Table %(number)s")) % told)
        return f'<div class="post-table" role="region" aria-label="{name}" tabindex="0">{found[0]}'

    return TABLE.sub(opened, html).replace("</table>", "</table></div>")


def _read(pieces: list[str], named: "list[_Marker]", found: "_Found") -> list[Block]:
    blocks = []
    for number, piece in enumerate(pieces):
        if number % 2:
            blocks.append(found.block(named[number // 2]))
        elif piece.strip():
            html = with_addresses(mark_safe(piece))  # noqa: S308  # blog.body.clean made it
            blocks.append(Block("html", html=html))
    return blocks


@dataclass(frozen=True)
class _Marker:
    """What stands between the brackets: a kind, and which."""

    kind: str
    which: str
    words: str

    @classmethod
    def read(cls, html: str) -> "_Marker":
        words = " ".join(unescape(html).split())
        if words.lower() == CALL:
            return cls(CALL, "", words)
        kind, _, which = words.lower().partition(" ")
        return cls(kind, which, words)


class _Found:
    """What the markers of one post stand for, looked up once for each kind."""

    def __init__(
        self, post: Post, kinds: set[str], at: datetime | None = None, reader: Member | None = None
    ) -> None:
        self.event = post.event
        self.pictures = {one.number: one for one in post.pictures.all()} if "picture" in kinds else {}
        self.videos = {one.number: one for one in post.videos.all()} if "video" in kinds else {}
        self.sounds = {one.number: one for one in post.sounds.all()} if "audio" in kinds else {}
        self.sessions = _sessions(post.event) if "sessions" in kinds and post.event else []
        self.themes = _themes_of(post.event) if THEMES in kinds and post.event else []
        self.call = _call(post.event, at, reader) if CALL in kinds and post.event and at else None

    def block(self, marker: _Marker) -> Block:
        """Return the block of a marker, or what is wrong with it."""
        block = {
            "picture": self._picture,
            "video": self._video,
            "audio": self._audio,
            "sessions": self._list,
            THEMES: self._themes,
        }.get(marker.kind, self._action)(marker)
        problem = _("[[%(marker)s]] stands for nothing, and is not shown.") % {"marker": marker.words}
        return block or Block("problem", problem=problem)

    def _picture(self, marker: _Marker) -> Block | None:
        picture = self.pictures.get(_number(marker.which))
        return Block("picture", picture=shown(picture)) if picture else None

    def _video(self, marker: _Marker) -> Block | None:
        video = self.videos.get(_number(marker.which))
        return Block("video", video=video) if video else None

    def _audio(self, marker: _Marker) -> Block | None:
        sound = self.sounds.get(_number(marker.which))
        return Block("audio", sound=Heard(sound, sounds.src(sound))) if sound else None

    def _action(self, marker: _Marker) -> Block | None:
        is_call = marker.kind == CALL and self.call is not None
        return Block("call", call=self.call, event=self.event) if is_call else None

    def _themes(self, marker: _Marker) -> Block | None:
        has_some = self.themes and not marker.which
        return Block("themes", themes=self.themes, event=self.event) if has_some else None

    def _list(self, marker: _Marker) -> Block | None:
        formats = {value: str(label) for value, label in Session.Format.choices}
        chosen = [one for one in self.sessions if marker.which in (one.format, *_themes(one))]
        if not chosen:
            return None
        title = formats.get(marker.which) or _themes(chosen[0])[marker.which]
        return Block("sessions", title=title, sessions=chosen, event=self.event)


def _number(which: str) -> int:
    is_number = which.isascii() and which.isdecimal() and len(which) <= MAX_NUMBER_DIGITS
    return int(which) if is_number else 0


def _themes(session: Session) -> dict[str, str]:
    return {theme.slug.lower(): theme.title for theme in session.themes.all()}


def _themes_of(event: Event) -> list[Theme]:
    themes = list(event.themes.all()) if event.status != Event.Status.DRAFT else []
    for one in themes:
        one.event = event
    return themes


def _sessions(event: Event) -> list[Session]:
    rows = Session.objects.filter(Q(event=event) & ~Q(event__status=Event.Status.DRAFT)).published()
    sessions = list(rows.prefetch_related("themes").in_order())
    for one in sessions:
        one.event = event
    return sessions


def _call(event: Event, at: datetime, reader: Member | None) -> CallToAction | None:
    """Return what the reader can do about the event now; when it is over, look at what was on."""
    phase = phase_of(event, at=at)
    if phase is Phase.DRAFT:
        return None
    call = call_to_action(standing_of(event, reader), SiteSettings.load(), at=at)
    if not phase.is_over:
        return call
    was_on = Link(_("See what was on"), reverse("events:programme", args=[event.slug]))
    says = " ".join(
        [_("%(event)s is over.") % {"event": event.title}, _("Thank you to everybody who took part.")]
    )
    return CallToAction(says, call.button or was_on)
