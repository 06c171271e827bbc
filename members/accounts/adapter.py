"""How allauth meets the rest of the house: its emails go through the outbox, its words are ours."""

import secrets
import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common import languages
from common.forms import WRONG_EMAIL
from members import emails
from members.accounts import guarding, hashers, hashing, known_browsers, limits
from members.merging.act import where_now
from members.models import Member
from notifications import outbox

TOO_MANY_ATTEMPTS = _(
    "There were too many attempts. Wait ten minutes and try again, or ask for a code by email instead."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's account adapter."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Write to us if you think this is wrong."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The email address or the password is not right. "
            "Check both, or press “Email me a code” below to log in without a password."
        ),
        "email_taken": _("There is an account with this address already."),
        "enter_current_password": _("This is not your password. Check it and try again."),
        "incorrect_code": _("This is not the code from the email. Check it and try again."),
        "incorrect_password": _("This is not your password. Check it and try again."),
        "too_many_login_attempts": TOO_MANY_ATTEMPTS,
    }

    def clean_email(self, email: str) -> str:
        """Refuse what no mail of ours reaches, and what merely looks like somebody's ("ſam@…")."""
        if not email.rpartition("@")[0].isascii():
            raise ValidationError(WRONG_EMAIL)
        return email

    def is_safe_url(self, url: str) -> bool:
        """Whether ``url`` is a page of this site; what is no address at all ("//[") is none."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the email of an allauth template; what it says is secret and of use for 15 minutes."""
        kind = emails.KIND_OF_TEMPLATE[template_prefix.rpartition("/")[2]]
        if not kind:
            return
        at = timezone.now()
        told: dict[str, Any] = {name: context[name] for name in emails.SECRETS if name in context}
        if kind == "account-unknown":
            told["now_at"] = where_now(email)
        with transaction.atomic():
            outbox.enqueue(
                kind,
                at=at,
                key=f"{kind}:{secrets.token_hex(16)}",
                email=email,
                not_after=at + emails.CODE_LIFE if kind in emails.CODES else None,
                secret=told,
            )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt at a password before it is looked at. Raises ``ValidationError``."""
        super().pre_authenticate(request, **credentials)
        self._attempts = self.try_password(credentials.get("email", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Ask whether the password is right, and then take the attempt back: it was no guess.

        Raises ``hashing.Busy`` where it could not be looked at, before it is counted: that is no guess.
        """
        with hashing.turn():  # one for all that is hashed on the way
            user: Member | None = super().authenticate(request, **credentials)
            if user is None:
                email, password = (credentials.get(name, "") for name in ("email", "password"))
                hashers.take_as_long_for_all(email, password)
        if user:
            limits.give_back(self._attempts)
            self.stay_logged_in(request, user)
        return user

    def stay_logged_in(self, request: HttpRequest, user: Member) -> None:
        """Keep the session of who typed their password, which may have been kept anew just now."""
        is_theirs = request.user.pk == user.pk
        if is_theirs and request.session.get(HASH_SESSION_KEY) != user.get_session_auth_hash():
            update_session_auth_hash(request, user)

    def try_password(self, email: str) -> list[limits.LimitUse]:
        """Count an attempt at the password of this address. Raises ``ValidationError``."""
        uses: list[limits.LimitUse] = self._within_limits(guarding.try_password, email)
        return uses

    def ask_for_code(self, email: str) -> None:
        """Count an email with a code to this address. Raises ``ValidationError``."""
        self._within_limits(guarding.ask_for_code, email)

    def _within_limits(self, act: Callable[..., Any], email: str) -> Any:
        browser = known_browsers.browser_of(self.request)
        try:
            return act(email, network=get_ip(self.request), browser=browser, at=timezone.now())
        except limits.TooMany as refused:
            raise ValidationError(guarding.in_words(refused)) from refused

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Save the password alone, and none where the address went to somebody else while it was hashed.

        Raises ``PermissionDenied``; whoever sent it is logged out by then.
        """
        assert isinstance(user, Member)  # noqa: S101  # tells the type checker what AUTH_USER_MODEL says
        user.password = hashers.hashed_ahead(self.request, password) or make_password(password)
        with transaction.atomic():
            if not Member.objects.lock_open(user.pk).filter(email=user.email).exists():
                raise PermissionDenied
            user.save(update_fields=["password", "changed_at"])

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Let the browser know who has logged in, so that nobody else locks them out of it."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_browsers.remember(request, response, user.email)  # type: ignore[attr-defined]  # a Member's
        return response

    def get_login_stages(self) -> list[str]:
        """Ask for no second factor at the log-in: the team's pages do, and members' pages need none."""
        return [one for one in super().get_login_stages() if not one.startswith("allauth.mfa.")]

    def send_account_already_exists_mail(self, email: str) -> None:
        """Leave this email to ``signup_again``, which knows the code that it carries."""

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Leave the notice that ends a code to its page, which knows what to do next."""
        if kwargs.get("message") != TOO_MANY_ATTEMPTS:
            super().add_message(request, level, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask who has a password for it; who has none must have logged in a moment ago.

        Raises ``ReauthenticationRequired``, which leads to the page that says how.
        """
        user = self.request.user
        if not user.has_usable_password():
            records = get_authentication_records(self.request, user)
            if not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT:
                raise ReauthenticationRequired
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Name the page that asks who it is, also for whom allauth knows no way."""
        page = {"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}
        return [page] if user.is_authenticated else []

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002  # allauth's signature
    ) -> Member:
        """Save a new account with the name as they wrote it, in the language that they read the page in."""
        assert isinstance(user, Member)  # noqa: S101  # tells the type checker what AUTH_USER_MODEL says
        user.name = form.cleaned_data["name"]
        if languages.is_a_choice():
            user.language = get_language() or languages.NO_WISH
        saved: Member = super().save_user(request, user, form, commit)
        return saved

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # allauth's signature
        """Return to the profile after a change of password."""
        return reverse("members:profile")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Return to the profile after a change of address."""
        if self.request.user.is_authenticated:
            return reverse("members:profile")
        return str(super().get_email_verification_redirect_url(email_address))
