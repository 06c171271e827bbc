"""Where somebody is logged in: listed for them, noted as rarely as will do, and ended one by one.

A row is made at the log-in (or when a session of before is first used), follows its session to another key,
and ends with it. That it is used is noted once a day; of who has given their second step once in a quarter of
an hour, because eight hours without use end theirs, on whichever page. What an open page asks for by itself
is no use. Who looks at the site pays no query for any of it.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from members.accounts import browser_kinds, second_factor
from members.models import LogIn, Member

#: So long whoever has given their second step may be away.
IDLE: Final = timedelta(hours=8)
#: How exactly that is known.
NOTED: Final = timedelta(minutes=15)


def of_member(member: Member, *, at: datetime) -> list[LogIn]:
    """Return where they are logged in, what was used last on top. One query.

    Another password has ended those of before, which lie there until their browser comes again.
    """
    found = LogIn.objects.filter(member=member, session__expire_date__gt=at).select_related("session")
    proofs = {member.get_session_auth_hash(), *member.get_session_auth_fallback_hash()}
    return [one for one in found if one.session.get_decoded().get(HASH_SESSION_KEY) in proofs]


def begin(request: HttpRequest, member: Member, *, at: datetime) -> None:
    """Note that they are logged in with this browser from now on."""
    if not request.session.session_key:
        request.session.create()
    browser, system = browser_kinds.named(request.headers.get("User-Agent", ""))
    said = {"member": member, "browser": browser, "system": system, "began_at": at, "used_at": at}
    log_in, _ = LogIn.objects.update_or_create(session_id=request.session.session_key, defaults=said)
    request.session.log_in = log_in  # type: ignore[attr-defined]  # qevent.sessions'


def end(member: Member, pk: int, *, but: str) -> bool:
    """Log them out where that log-in of theirs is; return whether there was one besides the session ``but``.

    Its row is held first, so that one which gets another key just now ends with that.
    """
    with transaction.atomic():
        theirs = LogIn.objects.select_for_update().filter(member=member).exclude(session=but)
        found = theirs.filter(pk=pk).first()
        return found is not None and Session.objects.filter(pk=found.session_id).delete()[0] > 0


def end_others(member: Member, *, but: str) -> int:
    """End the sessions that another password has made useless, ``but`` one; return how many. One query."""
    return Session.objects.filter(log_in__member=member).exclude(pk=but).delete()[0]


def goes_on(request: HttpRequest, member: Member, log_in: LogIn | None, *, at: datetime) -> bool:
    """Whether they stay logged in. Notes that it is used, where that is due; no query otherwise."""
    if log_in is None or log_in.member_id != member.pk:
        return _listed(request, member, at)
    given = second_factor.given_at(request, member)
    if given is None:
        is_due = timezone.localdate(at) > timezone.localdate(log_in.used_at)
    else:
        away = at - max(log_in.used_at, datetime.fromtimestamp(given, UTC))
        if away > IDLE:
            return False
        is_due = away > NOTED
    if is_due and _is_somebody_there(request):
        LogIn.objects.filter(pk=log_in.pk).update(used_at=at)
    return True


def _listed(request: HttpRequest, member: Member, at: datetime) -> bool:
    """List a session of before; return whether it has not ended meanwhile."""
    try:
        begin(request, member, at=at)
    except IntegrityError:
        return False
    return True


def _is_somebody_there(request: HttpRequest) -> bool:
    """Whether somebody asks, and not a page that was left open (Fetch Metadata, W3C)."""
    return request.method == "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
