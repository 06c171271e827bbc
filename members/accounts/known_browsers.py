"""Browsers in which somebody has logged in before: a stranger's guesses are not counted against them.

A cookie says so: signed, for 180 days. It holds a random name of the browser and digests of the addresses, so
it tells nobody anything, and it opens nothing. Over https it is bound to this very host, which the prefix of
its name demands for all paths; one of before, without the prefix, is taken over at the next log-in and ends.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from common import keyed_digests

COOKIE: Final = "browser"
#: Where it is sent without the prefix.
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
    return _said(request, name()) or _said(request, COOKIE) or Browser("", ())


def name() -> str:
    """Return the name of the cookie."""
    return f"{settings.COOKIE_PREFIX}{COOKIE}"


def _said(request: HttpRequest, cookie: str) -> Browser | None:
    try:
        said: Any = signing.loads(request.COOKIES.get(cookie, ""), salt=_SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Browser(said["name"], tuple(said["knows"]))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser know that somebody has logged in with this address."""
    known = browser_of(request)
    digests = _digests(email)
    knows = [digests[0], *(one for one in known.knows if one not in digests)][:MAX_BROWSERS]
    said = {"name": known.name or secrets.token_urlsafe(12), "knows": knows}
    if settings.COOKIE_PREFIX and COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    response.set_cookie(
        name(),
        signing.dumps(said, salt=_SALT),
        max_age=SECONDS,
        path="/" if settings.COOKIE_PREFIX else PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _digests(email: str) -> list[str]:
    """Return how an address is known: first as it is written now, then as it was under keys of before."""
    made = keyed_digests.made(_SALT, email.lower())
    return [one[:22] for one in (made, *keyed_digests.of_before(_SALT, email.lower()))]
