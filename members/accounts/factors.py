"""Setting up a second factor, giving it, and taking one away: the rules, each with its trace in the trail.

A code of an app is good for its half minute and the one before and after (people type slowly, clocks go
wrong), and each is taken once, also where the cache is away (RFC 6238, 5.2). Wrong codes are counted in the
database. The last lasting factor of whoever is asked for one stays: another comes first.
"""

from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction

from audit import trail
from audit.acts import Act
from members import emails
from members.accounts import guarding, limits, logged_in, second_factor
from members.models import Member

APP, PASSKEY, RECOVERY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)


class WrongCode(Exception):
    """An expected no: the code, or the passkey, is not theirs, or was used before."""


class KeyLost(WrongCode):
    """An expected no: what is kept of it was sealed with a key that the site no longer has."""


class LastFactor(Exception):
    """An expected no: they are asked for a second factor, and have no other."""


class NotTheFirst(Exception):
    """An expected no: they have shown what a first factor needs, and have one by now, which is asked for."""


def new_secret() -> str:
    """Return a secret to share with an app: 160 bits in base32 (RFC 4226, 4)."""
    return str(totp.generate_totp_secret())


def add_app(
    member: Member, secret: str, code: str, *, at: datetime, beside: bool = False, here: str = ""
) -> Authenticator:
    """Set up an app that shows the codes of ``secret``; ``beside`` another where that was given.

    Where it takes the place of another app, all sessions of theirs end but ``here``.
    Raises ``WrongCode``, ``limits.TooMany`` and ``NotTheFirst``.
    """
    uses = [limit.of(str(member.pk)) for limit in guarding.FIRST_CODES]
    limits.count(uses, at=at)
    step = _step_of(secret, code, at, after=-1)
    if step is None:
        raise WrongCode
    limits.give_back(uses)
    with transaction.atomic():
        is_first = _locked_for_another(member, beside=beside)
        if Authenticator.objects.filter(user=member, type=APP).delete()[0]:
            logged_in.end_all(member, but=here)
        app: Authenticator = totp.TOTP.activate(member, secret).instance
        app.data["step"] = step
        app.save(update_fields=["data"])
        _added(member, at, is_first=is_first)
    return app


def add_passkey(
    member: Member, name: str, credential: dict[str, Any], *, at: datetime, beside: bool = False
) -> Authenticator:
    """Keep a passkey that the browser has made for this session; ``beside`` another where that was given.

    Raises ``WrongCode`` and ``NotTheFirst``.
    """
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongCode from error
    with transaction.atomic():
        is_first = _locked_for_another(member, beside=beside)
        passkey: Authenticator = webauthn.WebAuthn.add(member, name, credential).instance
        _added(member, at, is_first=is_first)
    return passkey


def give_code(member: Member, code: str, *, at: datetime) -> Authenticator:
    """Take a code of their app, or a recovery code, of which they are told.

    Raises ``WrongCode``, ``KeyLost`` and ``limits.TooMany``; they are told of the first too many as well.
    """
    uses = _count(member, at)
    with transaction.atomic():
        factors = Authenticator.objects.select_for_update().filter(user=member).exclude(type=PASSKEY)
        found = next((one for one in factors.order_by("-type") if _is_good(one, code, at)), None)
        if found is None:
            raise WrongCode
        _used(found, at)
        if found.type == RECOVERY:
            trail.record(member, Act.RECOVERY_CODE_USED, by=member, at=at)
            emails.tell_of_factor(member, "recovery", at=at)
    limits.give_back(uses)
    return found


def give_passkey(member: Member, credential: dict[str, Any], *, at: datetime) -> Authenticator:
    """Take what a passkey of theirs has signed for this session. Raises ``WrongCode``."""
    try:
        webauthn.parse_authentication_response(credential)
        found: Authenticator = webauthn.complete_authentication(member, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongCode from error
    _used(found, at)
    return found


def remove(factor: Authenticator, *, by: Member, at: datetime, here: str = "") -> None:
    """Take away a factor of theirs, and log them out but ``here``: it may have been given elsewhere.

    Recovery codes go with the last. Raises ``LastFactor``.
    """
    with transaction.atomic():
        _locked(by)
        rest = Authenticator.objects.filter(user=by, type__in=second_factor.LASTING).exclude(pk=factor.pk)
        if not rest.exists():
            if second_factor.is_asked_of(by):
                raise LastFactor
            Authenticator.objects.filter(user=by).delete()
        factor.delete()
        logged_in.end_all(by, but=here)
        trail.record(by, Act.FACTOR_REMOVED, by=by, at=at)
        emails.tell_of_factor(by, "removed", at=at)


def recovery_codes(member: Member) -> list[str]:
    """Return those that have not been used."""
    found = Authenticator.objects.filter(user=member, type=RECOVERY).first()
    try:
        codes: list[str] = RecoveryCodes(found).get_unused_codes() if found else []
    except InvalidToken:  # sealed with a key that was lost: new ones can be made
        return []
    return codes


def renew_recovery_codes(member: Member, *, at: datetime, here: str = "") -> None:
    """Make new codes; the old ones end, and so do all sessions but ``here``."""
    with transaction.atomic():
        _locked(member)
        Authenticator.objects.filter(user=member, type=RECOVERY).delete()
        RecoveryCodes.activate(member)
        logged_in.end_all(member, but=here)
        trail.record(member, Act.RECOVERY_CODES_MADE, by=member, at=at)
        emails.tell_of_factor(member, "codes", at=at)


def _added(member: Member, at: datetime, *, is_first: bool) -> None:
    RecoveryCodes.activate(member)
    trail.record(member, Act.FACTOR_ADDED, by=member, at=at)
    emails.tell_of_factor(member, "added", at=at)
    if is_first:
        emails.tell_of_first_factor(member, at=at)


def _is_good(factor: Authenticator, code: str, at: datetime) -> bool:
    """Whether the code is one of this factor's, which is used up with it; the row is locked.

    Raises ``KeyLost``.
    """
    try:
        return _is_of(factor, code, at)
    except InvalidToken as error:
        raise KeyLost from error


def _is_of(factor: Authenticator, code: str, at: datetime) -> bool:
    if factor.type == RECOVERY:
        recovery = RecoveryCodes(factor)
        is_one: bool = recovery.validate_code(code)
        factor.data = recovery.instance.data
        return is_one
    secret = decrypt(factor.data["secret"])
    step = _step_of(secret, code, at, after=factor.data.get("step", -1))
    if step is not None:
        factor.data |= {"step": step, "secret": encrypt(secret)}  # with the key of today
    return step is not None


def _step_of(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """Return the step of time whose code this is, later than ``after``; ``None`` where it is of none."""
    now, far = int(at.timestamp()) // app_settings.TOTP_PERIOD, app_settings.TOTP_TOLERANCE
    steps = (
        step
        for step in range(now - far, now + far + 1)
        if step > after
        and compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step)))
    )
    return next(steps, None)


def _used(factor: Authenticator, at: datetime) -> None:
    factor.last_used_at = at
    factor.save(update_fields=["data", "last_used_at"])


def attempts(member: Member) -> list[limits.LimitUse]:
    """Return what an attempt at their second factor counts for."""
    return [limit.of(str(member.pk)) for limit in guarding.FACTOR_CODES]


def _count(member: Member, at: datetime) -> list[limits.LimitUse]:
    uses = attempts(member)
    try:
        limits.count(uses, at=at)
    except limits.TooMany as refused:
        if refused.is_first:
            with transaction.atomic():
                trail.record(member, Act.FACTOR_REFUSED, by=member, at=at)
                emails.tell_of_factor(member, "attempts", at=at)
        raise
    return uses


def _locked_for_another(member: Member, *, beside: bool) -> bool:
    """Hold the member's row; return whether they have no factor. Raises ``NotTheFirst``."""
    _locked(member)
    is_held = second_factor.is_held_by(member)
    if is_held and not beside:
        raise NotTheFirst
    return not is_held


def _locked(member: Member) -> None:
    """Hold the member's row: what they have is looked at and changed by one at a time."""
    Member.objects.select_for_update().get(pk=member.pk)
