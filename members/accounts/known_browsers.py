"""Browsers in which somebody has logged in before: a stranger's guesses are not counted against them.

A cookie says so: signed, for 180 days, sent to the account pages only. It holds a random name of the browser
and digests of the addresses, so it tells nobody anything, and it opens nothing.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from common import keyed_digests

COOKIE: Final = "browser"
PATH: Final = "/accounts/"
SECONDS: Final = 180 * 24 * 3600
#: A computer of a ward has many users; those who logged in last are known.
MAX_BROWSERS: Final = 20
_SALT = "members.browsers"


@dataclass(frozen=True)
class Browser:
    """What the cookie says: the browser's own random name, and digests of the addresses it knows."""

    name: str
    knows: tuple[str, ...]

    def has_logged_in(self, email: str) -> bool:
        """Whether somebody has logged in here with this address."""
        return any(digest in self.knows for digest in _digests(email))


def browser_of(request: HttpRequest) -> Browser:
    """Return the browser that asks; without a good cookie one that knows nobody."""
    try:
        said: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=SECONDS)
        return Browser(said["name"], tuple(said["knows"]))
    except signing.BadSignature:
        return Browser("", ())


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser know that somebody has logged in with this address."""
    known = browser_of(request)
    digests = _digests(email)
    knows = [digests[0], *(one for one in known.knows if one not in digests)][:MAX_BROWSERS]
    said = {"name": known.name or secrets.token_urlsafe(12), "knows": knows}
    response.set_cookie(
        COOKIE,
        signing.dumps(said, salt=_SALT),
        max_age=SECONDS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _digests(email: str) -> list[str]:
    """Return how an address is known: first as it is written now, then as it was under keys of before."""
    made = keyed_digests.made(_SALT, email.lower())
    return [one[:22] for one in (made, *keyed_digests.of_before(_SALT, email.lower()))]
