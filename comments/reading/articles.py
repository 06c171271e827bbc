"""Comments as a page shows them: each is written once for all to whom it looks the same.

One that its reader alone sees so (their own, one that waits, one with what they have just done) is written
for them each time. All others are kept in the memory of a process under everything that they show, so that
what was edited, hidden or withdrawn is another comment. How long ago it was is put in when it is shown, and
so is what a form carries unseen.
"""

import secrets
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from comments.reading.threads import Shown, Thread, Threads
from common import languages
from common.recent import Recent
from members.interrupted_forms.hidden_fields import MARK, with_their_fields

COMMENT: Final = "comments/_comment.html"
FOLLOW: Final = "comments/_follow.html"
#: Stands for how long ago it was. Nobody can guess it, so no comment can have one.
_AGO: Final = secrets.token_hex(32)
#: What stands around that: eight pages of comments of ordinary length take five megabytes.
_comments: Recent[list[str]] = Recent(2048)
_follows: Recent[SafeString] = Recent(512)


def written(page: Threads, request: HttpRequest, *, is_open: bool, may_follow: bool) -> list[SafeString]:
    """Return each thread of a page as HTML, with the buttons of who asks."""
    here = _Page(request, is_open, may_follow, languages.current())
    return [here.thread(one) for one in page.threads]


@dataclass(frozen=True)
class _Page:
    """The page on which comments stand."""

    request: HttpRequest
    is_open: bool
    may_follow: bool
    language: str

    def thread(self, thread: Thread) -> SafeString:
        """Return a comment with its replies, and the button that follows them."""
        parts = [self.comment(one) for one in thread]
        if self.may_follow and not thread.first.tombstone and not thread.first.is_waiting:
            parts.append(with_their_fields(self.follow(thread.first), self.request))
        return mark_safe("".join(parts))  # noqa: S308  # what templates wrote

    def comment(self, one: Shown) -> str:
        """Return a comment: as it is kept, or written for its reader alone."""
        seen = one.seen_by_all
        if seen is None:
            return render_to_string(COMMENT, {"one": one, "is_open": self.is_open})
        around = _comments.get(
            (seen, self.is_open, self.language),
            lambda: render_to_string(COMMENT, {"one": replace(one, ago=_AGO), "is_open": self.is_open}).split(
                _AGO
            ),
        )
        return _escaped(one.ago).join(around)

    def follow(self, first: Shown) -> SafeString:
        """Return the button as it is kept, with a mark for the unseen fields of each reader."""
        return _follows.get(
            (first.url, first.name, first.is_followed, self.language),
            lambda: render_to_string(FOLLOW, {"one": first, "csrf_token": MARK}),
        )


#: A page has the same few over and over.
_escaped = lru_cache(maxsize=512)(escape)
