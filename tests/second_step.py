"""The second step of the team in tests: a log-in by force brings it along; a log-in in earnest does not."""

import time
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Page

from members import keys
from members.models import Member
from qevent.sessions import SessionStore

#: What the app of everybody in tests knows.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def comes_with_force() -> None:
    """Have ``Client.force_login`` give the second step of whoever has the tick for staff."""
    user_logged_in.connect(_given, dispatch_uid="tests.second_step")


def _given(request: HttpRequest, user: Member, **_: Any) -> None:
    is_forced = type(request) is HttpRequest  # a browser's are WSGIRequests
    if is_forced and (user.is_staff or user.is_superuser):
        record_authentication(request, user, "mfa", type="totp")


def logged_in_by(method: str, member: Member, *more: str) -> Client:
    """A browser in which they have logged in with a ``password`` or an emailed ``code``, and ``more``."""
    client = Client(raise_request_exception=False)
    client.force_login(member)
    session = client.session
    records = [{"method": one, "at": time.time()} for one in (method, *more)]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def about_to_set_up(member: Member) -> Client:
    """A browser in which they have shown in both ways who they are, and may set up their first."""
    if not member.has_usable_password():
        member.set_password("a password of long ago")
        member.save()
    return logged_in_by("code", member, "password")


def app_of(member: Member, secret: str = SECRET) -> Authenticator:
    """Their app, which knows the secret."""
    found: Authenticator = totp.TOTP.activate(member, secret).instance
    return found


def code(at: datetime, secret: str = SECRET) -> str:
    """What the app shows at a moment."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(at.timestamp()) // 30)))


def given_in(client: Client) -> None:
    """Have whoever is logged in there give their second step, where they are asked for one."""
    _give(client.session)


def given_in_page(page: Page) -> bool:
    """The same in a real browser; return whether they are asked for one."""
    cookies = {one.get("name"): one.get("value") for one in page.context.cookies()}
    return _give(SessionStore(cookies[settings.SESSION_COOKIE_NAME]))


def _give(session: SessionBase) -> bool:
    member = Member.objects.filter(pk=session.get(SESSION_KEY)).first()
    is_asked = member is not None and keys.holds_keys(member)
    if is_asked:
        record = {"method": "mfa", "at": time.time(), "reauthenticated": True}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
        session["account_authentication_methods_user"] = session[SESSION_KEY]
        session.save()
    return is_asked
