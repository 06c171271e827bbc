"""Showing that an address is one's own, in one browser and for a while: with a code that is mailed there.

Whether an address is invited makes no difference to anything that can be seen: a code is asked for, counted
and owed as for any other, and what the letter says is decided when it is sent. A code is good for 15 minutes,
five may be tried, and each is counted before it is looked at. Once it is right, the session gets another key,
and knows the address for ``PROOF_LIFE``, until somebody logs in or out there; what it opens is asked anew
each time (``access``).
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.core.internal.cryptokit import compare_user_code, generate_user_code
from allauth.core.internal.ratelimit import get_ip
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.models import Event
from hosting import second_step
from hosting.access import HostingRefused, Reader
from members.accounts import codes, guarding, known_browsers, limits
from members.emails import CODE_LIFE
from members.readers import reader_of
from notifications import outbox

#: How long a browser knows the address once its code was typed in.
PROOF_LIFE: Final = timedelta(hours=12)
KIND: Final = "host-code"
#: In the session: the code that is awaited, and the address that was shown.
AWAITED, SHOWN = "hosting_code", "hosting_address"


class CodeRefused(HostingRefused):
    """The code is not right, too old, or one too many; ``has_ended``: a new one must be asked for."""

    def __init__(self, says: str, *, has_ended: bool = False) -> None:
        super().__init__(says)
        self.has_ended = has_ended


def reader(request: HttpRequest, *, at: datetime) -> Reader:
    """Return who asks: who is logged in, and the address that was shown here not too long ago.

    Whoever has a second step to give is led to it first (``second_step``).
    """
    member = reader_of(request)
    if member is not None:
        second_step.check(request, member)
    address = shown_here(request, at=at)
    return Reader(member, "" if address and second_step.guards(address, but=member) else address)


def shown_here(request: HttpRequest, *, at: datetime) -> str:
    """Return the address that whoever asks has shown here not too long ago; empty for none. No query."""
    member = reader_of(request)
    shown: dict[str, Any] = request.session.get(SHOWN) or {}
    is_fresh = 0 <= at.timestamp() - shown.get("at", 0) < PROOF_LIFE.total_seconds()
    is_theirs = shown.get("by") == (member.pk if member else None)
    return str(shown["email"]) if shown and is_fresh and is_theirs else ""


def ask(request: HttpRequest, event: Event, email: str, *, at: datetime) -> None:
    """Owe the address a code, or word that it opens nothing. Raises ``CodeRefused`` after too many."""
    email = email.lower()
    try:
        guarding.ask_for_code(
            email, network=get_ip(request), browser=known_browsers.browser_of(request), at=at
        )
    except limits.TooMany as refused:
        raise CodeRefused(guarding.in_words(refused)) from refused
    state: codes.State = awaited(request.session)
    if state.get("email") == email:
        codes.will_be_replaced(state)
    state = {**(state if state.get("email") == email else {}), "email": email, "at": at.timestamp()}
    state["code"] = generate_user_code(numeric=True, length=8, dashed=True)
    request.session[AWAITED] = state
    with transaction.atomic():
        outbox.enqueue(
            KIND,
            at=at,
            key=f"{KIND}:{secrets.token_hex(16)}",
            email=email,
            payload={"event": event.pk},
            not_after=at + CODE_LIFE,
            secret={"code": state["code"]},
        )


def awaited(session: SessionBase) -> codes.State:
    """Return what code this browser waits for: ``{}`` for none."""
    return dict(session.get(AWAITED) or {})


def show(request: HttpRequest, typed: str, *, at: datetime) -> None:
    """Take a code; once it is right the browser knows the address. Raises ``CodeRefused``."""
    state = awaited(request.session)
    if not state:
        raise CodeRefused(_("No code is awaited here any more. Ask for a new one."), has_ended=True)
    if not codes.may_try(state, at=at):
        del request.session[AWAITED]
        raise CodeRefused(
            _("The code was wrong five times, so it no longer works. Ask for a new one."), has_ended=True
        )
    expected = codes.expected(state, typed)
    if not compare_user_code(actual=typed, expected=expected):
        raise CodeRefused(_("This is not the code from the email. Check it and try again."))
    is_newest = expected == state["code"]
    if is_newest and at.timestamp() - state["at"] > CODE_LIFE.total_seconds():
        del request.session[AWAITED]
        raise CodeRefused(
            _("That code was more than 15 minutes old, so it no longer works. Ask for a new one."),
            has_ended=True,
        )
    del request.session[AWAITED]
    request.session.cycle_key()
    member = reader_of(request)
    by = member.pk if member else None
    request.session[SHOWN] = {"email": state["email"], "at": at.timestamp(), "by": by}


def forget(request: HttpRequest) -> None:
    """Close the hosts' pages in this browser; whoever is logged in stays so."""
    for name in (AWAITED, SHOWN):
        request.session.pop(name, None)
