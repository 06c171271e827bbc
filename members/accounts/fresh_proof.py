"""Fresh proof: before what matters most, whoever acts shows anew that it is them.

Who is asked for a second factor has given it within the last 15 minutes; others have typed their password
once more within them, or have logged in where they have none. ``required`` guards a view, ``ask`` an act
inside of one. What the team's form carried comes back afterwards (members/interrupted_forms), to be pressed
again.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.http import next_url, page_before, redirect_or_htmx
from members.accounts import second_factor
from members.models import Member
from members.readers import reader_of

SECONDS: Final = 15 * 60
P = ParamSpec("P")


def shown(request: HttpRequest, member: Member) -> set[str]:
    """Return how they have shown a moment ago, in this session, that it is them: ``password``, ``code``."""
    records = get_authentication_records(request, member)
    return {str(one["method"]) for one in records if time.time() - one["at"] < SECONDS}


def ask(request: HttpRequest) -> HttpResponse | None:
    """Return where to show that it is them; ``None`` where they have, a moment ago.

    Afterwards they come back: to this page, or for an act to the one that it was pressed on. Raises allauth's
    ``ReauthenticationRequired``, which leads members to the page that asks for their password, and back.
    """
    reader = reader_of(request)
    is_page = request.method in ("GET", "HEAD")
    here = request.get_full_path() if is_page else next_url(request) or page_before(request) or request.path
    if reader is None:
        return redirect_or_htmx(request, redirect_to_login(here).url)
    given = second_factor.given_at(request, reader)
    if given is None and not second_factor.is_asked_of(reader):
        raise_if_reauthentication_required(request, app="members")
        return None
    return _ask_for_factor(request, reader, here)


def _ask_for_factor(request: HttpRequest, reader: Member, here: str) -> HttpResponse | None:
    given = second_factor.given_at(request, reader)
    if given is not None and time.time() - given < SECONDS:
        return None
    return redirect_or_htmx(request, second_factor.page_for(reader, here))


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


def required_of_holders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask whoever has a second factor for it before what they send to ``view`` is done.

    Whoever stole a password alone does not move the address, or choose another password, with it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = reader_of(request) if request.method == "POST" else None
        asked = None
        if reader is not None and second_factor.is_held_by(reader):
            asked = _ask_for_factor(request, reader, request.get_full_path())
        return asked or view(request, *args, **kwargs)

    return guarded
