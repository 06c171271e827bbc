"""The emails of this app: one function each, rendered at delivery."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy

from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

#: How long a code is of use; the email is not sent afterwards.
CODE_LIFE: Final = timedelta(minutes=15)

#: allauth's templates, and the kind of email that tells the same.
KIND_OF_TEMPLATE: Final = {
    "email_confirmation_signup": "confirm-address",
    "email_confirmation": "confirm-address",
    "account_already_exists": "account-exists",
    "unknown_account": "account-unknown",
    "login_code": "login-code",
    "password_reset_code": "password-reset-code",
    "password_reset": "password-changed",
    "password_changed": "password-changed",
    "password_set": "password-changed",
    "email_changed": "address-changed",
    "email_deleted": "",  # an address that was never confirmed: nobody needs to know
}
#: Those that carry a code, or answer in its place.
CODES: Final = frozenset(
    {"confirm-address", "account-exists", "account-unknown", "login-code", "password-reset-code"}
)
#: What of allauth's context goes into the message, wiped once it is sent.
SECRETS: Final = ("code", "from_email", "to_email")

BY_REQUEST: Final = gettext_lazy(
    "You get this email because somebody, probably you, typed this address in on our site."
)
BY_ACCOUNT: Final = gettext_lazy("You get this email because you have an account with us.")


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    for kind in sorted(CODES):
        outbox.register(kind, account_code)
    for kind in ("password-changed", "address-changed"):
        outbox.register(kind, account_notice)
    outbox.register("account-made", account_made)
    outbox.register("choose-password", choose_password)
    outbox.register("log-in-attempts", log_in_attempts)
    outbox.register("second-factor", second_factor)
    outbox.register("first-factor", first_factor)
    outbox.register("membership-approved", membership_approved)
    outbox.register("membership-declined", membership_declined)


def account_code(message: Message) -> Letter | None:
    """Render a code, or why there is none; it never greets by name: anybody can type in a name."""
    if message.secret is None:
        return None
    return compose(message.kind, to=message.email, context=message.secret, reason=BY_REQUEST)


def account_notice(message: Message) -> Letter | None:
    """Render what was changed about an account, so that a stranger's change is noticed."""
    if message.secret is None:
        return None
    return compose(message.kind, to=message.email, context=message.secret, reason=BY_ACCOUNT)


def account_made(message: Message) -> Letter | None:
    """Say that the team has made an account, and how to log in; it greets by name: the team wrote it."""
    member = message.member
    if not isinstance(member, Member) or not member.is_active:
        return None
    return compose("account-made", to=member, context={}, reason=BY_ACCOUNT)


def choose_password(message: Message) -> Letter | None:
    """Say how to choose a new password; the letter holds no secret."""
    member = message.member
    if not isinstance(member, Member) or not member.is_active:
        return None
    return compose("choose-password", to=member, context={}, reason=BY_ACCOUNT)


def log_in_attempts(message: Message) -> Letter | None:
    """Tell the owner of an account that somebody tries passwords."""
    member = message.member
    if not isinstance(member, Member) or not member.is_active:
        return None
    return compose("log-in-attempts", to=member, context={}, reason=BY_ACCOUNT)


def tell_of_factor(member: Member, what: str, *, at: datetime) -> None:
    """Owe the owner of an account the letter on their second factor: ``what`` was done to it."""
    key = f"second-factor:{secrets.token_hex(16)}"
    outbox.enqueue("second-factor", at=at, key=key, member=member, payload={"what": what})


def second_factor(message: Message) -> Letter | None:
    """Tell the owner of an account what was done to its second factor, so that a stranger's is noticed."""
    member = message.member
    if not isinstance(member, Member) or not member.is_active:
        return None
    return compose(
        "second-factor", to=member, context={"what": message.payload.get("what")}, reason=BY_ACCOUNT
    )


def tell_of_first_factor(member: Member, *, at: datetime) -> None:
    """Owe the superusers the letter that an account with keys has its first second factor."""
    key = f"first-factor:{secrets.token_hex(16)}"
    for one in Member.objects.filter(is_superuser=True, is_active=True).exclude(pk=member.pk):
        outbox.enqueue("first-factor", at=at, key=f"{key}:{one.pk}", member=one, payload={"of": member.pk})


def first_factor(message: Message) -> Letter | None:
    """Tell a superuser whose first second factor was set up, so that a stranger's is noticed."""
    member = message.member
    whose = Member.objects.filter(pk=message.payload.get("of")).first()
    if not isinstance(member, Member) or not (member.is_active and member.is_superuser) or whose is None:
        return None
    context = {"whose": whose.name, "pk": whose.pk}
    return compose("first-factor", to=member, context=context, reason=BY_ACCOUNT)


def membership_approved(message: Message) -> Letter | None:
    """Say that they are a member now, unless that has ended meanwhile."""
    member = message.member
    if not isinstance(member, Member) or not member.is_member:
        return None
    return compose("membership-approved", to=member, context={}, reason=BY_ACCOUNT)


def membership_declined(message: Message) -> Letter | None:
    """Say that the membership was not approved, why, and what they can do, unless that has changed."""
    member = message.member
    if not isinstance(member, Member) or member.membership != Member.Membership.DECLINED:
        return None
    context = {"why": member.membership_reason}
    return compose("membership-declined", to=member, context=context, reason=BY_ACCOUNT)
