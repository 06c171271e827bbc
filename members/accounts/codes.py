"""Codes by email while they are awaited: which ones are good.

Mail takes its time, and who asks for another code has often the first in hand a moment later. So every code
that was sent to one address, for one purpose and in one session is good for the 15 minutes that its email
says, whichever came last. What is awaited lies in the session as allauth keeps it (``State``).
"""

import time
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core.internal.cryptokit import compare_user_code
from django.contrib.sessions.backends.base import SessionBase

from members.accounts import limits
from members.accounts.guarding import CODE_TRIES
from members.emails import CODE_LIFE

#: What allauth keeps of a code: ``code``, ``email``, ``user_id`` (where there is an account), ``at``.
State = dict[str, Any]

#: How many earlier codes are kept: as many as can be asked for by "Email me a new code".
MAX_EARLIER_CODES = 3


def expected(state: State, typed: str) -> str:
    """Return the code to compare with: the one that was typed where it is good, else the newest."""
    for code, sent_at in state.get("earlier", []):
        if time.time() - sent_at <= CODE_LIFE.total_seconds() and compare_user_code(
            actual=typed, expected=code
        ):
            return str(code)
    return str(state.get("code", ""))


def will_be_replaced(state: State) -> None:
    """Keep the code of ``state`` as an earlier one; the next has 15 minutes of its own."""
    state.setdefault("began", _begun(state))
    if state.get("code"):
        state["earlier"] = [*state.get("earlier", []), [state["code"], state["at"]]][-MAX_EARLIER_CODES:]
    state["at"] = time.time()


def may_try(state: State, *, at: datetime) -> bool:
    """Whether one more code may be typed in: five are looked at, also where twenty come at once."""
    try:
        limits.count([CODE_TRIES.of(state["email"], str(state.get("began") or _begun(state)))], at=at)
    except limits.TooMany:
        return False
    return True


def awaited(session: SessionBase) -> list[State]:
    """Return what is awaited in this session; changing one changes the session once it is saved."""
    login = session.get(LOGIN_SESSION_KEY) or {}
    by_code = login.get("state", {}).get("stages", {}).get("login_by_code", {}).get("data")
    others = [
        session.get(key)
        for key in (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY)
    ]
    return [state for state in (by_code, *others) if state]


def carry_over(before: list[State], session: SessionBase) -> None:
    """Let the codes of ``before`` stay good where the same was asked for once more."""
    for new in awaited(session):
        for old in before:
            if old.get("code") and new.get("code") and _purpose(old) == _purpose(new) and old is not new:
                new["earlier"] = [*old.get("earlier", []), [old["code"], old["at"]]][-MAX_EARLIER_CODES:]
                session.modified = True


def _begun(state: State) -> list[Any]:
    """What tells one waiting for codes from another, and stays the same while further codes are sent."""
    return [state["at"], state.get("code", "")]


def _purpose(state: State) -> tuple[Any, ...]:
    """What a code is for: whose it is, and which of allauth's processes awaits it."""
    return state.get("email"), state.get("user_id"), "initiated_by_user" in state, "code_confirmed" in state
