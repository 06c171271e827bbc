"""Fresh proof: before what matters most, whoever acts shows anew that it is them.

Who is asked for a second factor gives it within the last 15 minutes; others have logged in, or typed their
password once more, within them. ``required`` guards a view, ``ask`` an act inside of one. What a form carried
comes back afterwards (members/interrupted_forms), to be pressed again.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.http import next_url, redirect_or_htmx
from members.accounts import second_factor
from members.models import Member
from members.readers import reader_of

SECONDS: Final = 15 * 60
P = ParamSpec("P")


def is_fresh(request: HttpRequest, member: Member) -> bool:
    """Whether they have shown a moment ago that it is them. No query for those who gave a second factor."""
    given = second_factor.given_at(request, member)
    if given is not None:
        return time.time() - given < SECONDS
    return has_just_logged_in(request, member) and not second_factor.is_asked_of(member)


def has_just_logged_in(request: HttpRequest, member: Member) -> bool:
    """Whether they have logged in, or typed their password once more, a moment ago."""
    moments = (one["at"] for one in get_authentication_records(request, member))
    return any(time.time() - at < SECONDS for at in moments)


def ask(request: HttpRequest) -> HttpResponse | None:
    """Return where to show that it is them; ``None`` where they have, a moment ago.

    Afterwards they come back: to this page, or for an act to the one that it was pressed on.
    """
    reader = reader_of(request)
    here = request.get_full_path() if request.method in ("GET", "HEAD") else next_url(request) or request.path
    if reader is None:
        return redirect_or_htmx(request, redirect_to_login(here).url)
    if is_fresh(request, reader):
        return None
    if second_factor.is_asked_of(reader):
        return redirect_or_htmx(request, second_factor.page_for(reader, here))
    return redirect_or_htmx(request, log_in_anew_url(here))


def log_in_anew_url(back: str) -> str:
    """Return the page that asks for the password, or a log-in, once more; then comes ``back``."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back}, safe='/')}"


def required(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Open a view to whoever has shown a moment ago that it is them."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return ask(request) or view(request, *args, **kwargs)

    return guarded
