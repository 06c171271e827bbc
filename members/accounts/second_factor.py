"""The second factor: who is asked for one, what counts as one, and whether it was given.

Whoever holds keys of the site (members/keys.py) gets no page of the team with a password or an emailed code
alone: the gate (qevent/middleware.py) sends them here first. What counts is a passkey, a code of an
app (TOTP, RFC 6238) or a recovery code; an emailed code never does. That it was given, and when, stands in
the session beside how they logged in, so that it costs members nothing, and the team no query. On all other
pages their rights do not count before (``Member.has_perm``): what they would see there leads to it first.
"""

from typing import Final, NoReturn
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest
from django.urls import reverse

from common.http import page_before, redirect_or_htmx
from members import keys
from members.models import Member
from members.readers import reader_of

#: What can be asked for anew each time; recovery codes alone run out, and stand in for these.
LASTING: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_METHOD: Final = "mfa"


def is_asked_of(member: Member) -> bool:
    """Whether the team's pages ask them for it. No query for those with the tick for staff."""
    return keys.holds_keys(member)


def is_held_by(member: Member) -> bool:
    """Whether they have set one up. One query."""
    return bool(Authenticator.objects.filter(user=member, type__in=LASTING).exists())


def given_at(request: HttpRequest, member: Member) -> float | None:
    """Return when it was last given in this session, in seconds of the epoch. No query."""
    moments = [one["at"] for one in get_authentication_records(request, member) if one["method"] == _METHOD]
    return max(moments, default=None)


def is_missing(request: HttpRequest, member: Member) -> bool:
    """Whether they have to give it, in this session, before they see a page of the team."""
    return given_at(request, member) is None and is_asked_of(member)


def withhold_rights(request: HttpRequest, member: Member) -> None:
    """Have whoever asks be a member like any other until they have given it in this session. No query."""
    member.has_to_give_second_step = member.is_staff and given_at(request, member) is None


def refuse(request: HttpRequest, right: str) -> NoReturn:
    """Say that there is no such page; to whoever would see it with this right once they gave it, ask for it.

    Raises ``Http404``, or allauth's ``ImmediateHttpResponse``, which leads there, and back.
    """
    reader = reader_of(request)
    if reader is not None and reader.has_to_give_second_step and reader.has_perm_with_second_step(right):
        is_page = request.method in ("GET", "HEAD")
        back = request.get_full_path() if is_page else page_before(request)
        raise ImmediateHttpResponse(redirect_or_htmx(request, page_for(reader, back)))
    raise Http404


def was_given(request: HttpRequest, factor: Authenticator) -> None:
    """Let the session know; its key is changed, for it opens more from here on."""
    record_authentication(request, factor.user, _METHOD, id=factor.pk, type=factor.type, reauthenticated=True)
    request.session.cycle_key()


def page_for(member: Member, next_url: str) -> str:
    """Return the page that asks for it, or that sets one up where there is none; then comes ``next_url``."""
    page = reverse("account_factor_give" if is_held_by(member) else "account_factor")
    return f"{page}?{urlencode({'next': next_url}, safe='/')}" if next_url else page
