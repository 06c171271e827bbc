"""Signing up with an address that has an account already; nobody else learns that it has one.

An account whose address was never confirmed is nobody's yet: it gets a fresh code, as a new one does. The
name and the password typed now wait in the session and are the account's once the code is typed in there,
so nobody slips a password of theirs into the account of whoever confirms it elsewhere.
A confirmed address is mailed a code that logs its owner in, on the same page, which keeps where they were
going. Whoever reads the mail is told; whoever sees the page is not.
"""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress, Login
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from audit import trail
from audit.actors import VISITOR
from audit.acts import Act
from members.models import Member

#: In the session: what was typed for an account that nobody has confirmed.
TYPED = "members_signed_up_again"


def begin(
    request: HttpRequest, *, email: str, name: str, password: str, at: datetime
) -> tuple[Member | None, HttpResponse | None]:
    """Answer a sign-up with a known address, as slowly as one that makes an account.

    Returns the account that is still to be confirmed, or the answer where there is a confirmed one.
    """
    hashed = make_password(password)
    member = Member.objects.filter(email=email, is_active=True).first()
    if member:
        trail.record(member, Act.SIGNED_UP_AGAIN, by=VISITOR, at=at)
    if member and not _is_confirmed(email):
        request.session[TYPED] = {"member": member.pk, "name": name, "password": hashed}
        return member, None
    answer: HttpResponse = prevent_enumeration(request, email=email)
    process = EmailVerificationProcess.resume(request)
    if process and process.email == email:
        mail_code(process)
    return None, answer


@transaction.atomic
def take_over(member: Member, request: HttpRequest, *, at: datetime) -> None:
    """Give a just confirmed account the name and password that were typed for it in this session."""
    typed = request.session.pop(TYPED, None)
    if not typed or typed["member"] != member.pk:
        return
    member.password = typed["password"]
    # Who has been here before has a name that others know.
    if member.last_login is None:
        member.name = typed["name"]
    member.save(update_fields=["name", "password", "changed_at"])
    trail.record(member, Act.PASSWORD_SET, by=member, at=at)


def is_known(process: Any) -> bool:
    """Whether the page waits for the code of somebody who signed up with a confirmed address."""
    return "user_id" not in process.state


def mail_code(process: EmailVerificationProcess) -> None:
    """Mail the owner of a confirmed address the code that logs them in; to a closed account, that it is."""
    code = process.code if _owner(process.email) else ""
    get_adapter().send_mail("account/email/account_already_exists", process.email, {"code": code})


def log_in(
    request: HttpRequest, process: EmailVerificationProcess, next_url: str | None
) -> HttpResponse | None:
    """Log the owner of the address in, whose code was right; None where there is none any more."""
    member = _owner(process.email)
    process.abort()
    clear_login(request)
    if member is None:
        return None
    record_authentication(request, member, method="code", email=process.email)
    answer: HttpResponse = perform_login(
        request, Login(user=member, email=process.email, redirect_url=next_url)
    )
    return answer


def _owner(email: str) -> Member | None:
    address = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True)
    found = address.select_related("user").first()
    return found.user if found else None


def _is_confirmed(email: str) -> bool:
    return bool(EmailAddress.objects.filter(email=email, verified=True).exists())
