"""allauth's forms in this site's words: labels and hints ours, one field for a new password."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.utils import has_verified_email
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import trail
from audit.acts import Act
from common.forms import PageFormMixin
from common.names import validate_name
from members import addresses
from members.accounts import guarding, hashing, limits, signup_again
from members.models import Member
from members.privacy import erased_list

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEW_PASSWORD_HINT = _("At least 10 characters. Three or four words are easy to remember.")  # a hint
ADDRESS_HINT = _("We send a code to this address.")
CODE_HINT = _("8 digits. It is good for 15 minutes.")
KEEP, KEEP_HINT = _("Keep me logged in"), _("Not on a computer that others use.")
#: What the button beside a password is for those who hear it: while that is hidden, and while it is shown.
PASSWORD_BUTTON = _("Show password"), _("Hide password")
NEW_PASSWORD_BUTTON = _("Show new password"), _("Hide new password")
OLD_PASSWORD_BUTTON = _("Show the password you have now"), _("Hide the password you have now")


class AccountForm(PageFormMixin):
    """A form of allauth's with ``labels`` and ``hints`` by field, and ``buttons`` by password."""

    labels: "dict[str, _StrPromise]" = {}
    hints: "dict[str, _StrPromise]" = {}
    buttons: "dict[str, tuple[_StrPromise, _StrPromise]]" = {}
    dropped: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.dropped:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs |= _texts_of_button(*self.buttons.get(name, PASSWORD_BUTTON))


def _texts_of_button(show_this: "_StrPromise", hide_this: "_StrPromise") -> dict[str, object]:
    """Return what ``static/js/password.js`` says beside a password."""
    return {
        "data-text-show": _("Show"),
        "data-text-hide": _("Hide"),
        "data-text-show-this": show_this,
        "data-text-hide-this": hide_this,
        "data-text-visible": _("Your password is visible."),
        "data-text-hidden": _("Your password is hidden."),
    }


class SignupForm(AccountForm, allauth_forms.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """Name, address and password: all else later."""

    name = forms.CharField(
        max_length=150,
        validators=[validate_name],
        error_messages={"required": _("Enter your name")},
    )
    field_order = ["name", "email", "password1"]
    account_already_exists: bool
    labels = {
        "name": _("Name"),
        "email": _("Email address"),
        "password1": _("Password"),
    }
    hints = {
        "name": _("As you write it yourself. Other members see it."),
        "email": _("The one that the community knows you by, if you can."),
        "password1": NEW_PASSWORD_HINT,
    }

    def clean(self) -> dict[str, Any]:
        """Refuse an address that has had its codes; whether it has an account makes no difference."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                get_adapter().ask_for_code(typed["email"])
            except ValidationError as refusal:
                self.add_error("email", refusal)
        return typed

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        """Create the account, or answer the same, as slowly, where there is one with this address.

        Two sign-ups at once with one address: the later is treated like one with a known address.
        """
        at = timezone.now()
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    saved: tuple[Member | None, HttpResponse | None] = super().try_save(request)
                    if saved[0] is not None:
                        trail.record(saved[0], Act.SIGNED_UP, by=saved[0], at=at)
                    return saved
            except IntegrityError:
                self.account_already_exists = True
        typed = self.cleaned_data
        return signup_again.begin(
            request, email=typed["email"], name=typed["name"], password=typed["password1"], at=at
        )


class LoginForm(AccountForm, allauth_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Address and password; a session ends with the browser unless they tick the box."""

    labels = {"login": _("Email address"), "password": _("Password"), "remember": KEEP}
    hints = {"remember": KEEP_HINT}

    def clean(self) -> Any:
        """Ask for the password; who has not confirmed the address is mailed a code next, which is counted."""
        typed = super().clean()
        if self.user and self.user.is_active and not has_verified_email(self.user, self.user.email):
            get_adapter().ask_for_code(self.user.email)
        return typed


class CodeByEmail(AccountForm):
    """Asks for the address that a code is mailed to."""

    labels = {"email": _("Email address")}
    hints = {"email": ADDRESS_HINT}

    def clean_email(self) -> str:
        """Say of an address that has had its codes where they are."""
        email: str = super().clean_email()  # type: ignore[misc]  # of the form that it is mixed into
        get_adapter().ask_for_code(email)
        return email


class RequestLoginCodeForm(CodeByEmail, allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """Ask for a code to log in with."""


class ConfirmLoginCodeForm(AccountForm, allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """Log in with the code; a session ends with the browser unless they tick the box."""

    remember = forms.BooleanField(required=False)
    labels = {"code": _("Code"), "remember": KEEP}
    hints = {"code": CODE_HINT, "remember": KEEP_HINT}


class ConfirmAddressForm(AccountForm, allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # allauth is untyped
    """Confirm the address with the code."""

    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}

    def clean_code(self) -> str:
        """Ask whether the address is free only where it is to be somebody's; a known one logs in."""
        if self.user is None:
            code: str = allauth_forms.BaseConfirmCodeForm.clean_code(self)
        else:
            code = super().clean_code()
        return code


class ChangeAddressForm(AccountForm, allauth_forms.AddEmailForm):  # type: ignore[misc]  # allauth is untyped
    """Change the address: the new one is confirmed with a code first."""

    labels = {"email": _("New email address")}
    hints = {"email": ADDRESS_HINT}

    def clean_email(self) -> str:
        """Count the code that is mailed next, for the account and for the address."""
        email: str = super().clean_email()
        if erased_list.problem():  # the address that they leave could not be kept as theirs
            raise ValidationError(addresses.NOT_NOW)
        try:
            limits.count([guarding.CHANGES_OF_ADDRESS.of(str(self.user.pk))], at=timezone.now())
        except limits.TooMany as refused:
            raise ValidationError(guarding.in_words(refused)) from refused
        get_adapter().ask_for_code(email)
        return email


class ResetPasswordForm(CodeByEmail, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Ask for a code with which to choose a new password."""


class ConfirmPasswordResetCodeForm(AccountForm, allauth_forms.ConfirmPasswordResetCodeForm):  # type: ignore[misc]  # allauth is untyped
    """Show that the address is theirs before they choose a new password."""

    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}


class NewPasswordForm(AccountForm, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is untyped
    """Choose a new password after the code."""

    labels = {"password1": _("New password")}
    hints = {"password1": NEW_PASSWORD_HINT}
    buttons = {"password1": NEW_PASSWORD_BUTTON}
    dropped = ("password2",)


class ChangePasswordForm(AccountForm, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Change the password while logged in."""

    labels = {
        "oldpassword": _("The password you have now"),
        "password1": _("New password"),
    }
    hints = {"password1": NEW_PASSWORD_HINT}
    buttons = {"oldpassword": OLD_PASSWORD_BUTTON, "password1": NEW_PASSWORD_BUTTON}
    dropped = ("password2",)

    def clean_oldpassword(self) -> str:
        """Count an attempt at the password, as logging in does."""
        attempts = get_adapter().try_password(self.user.email)
        try:
            password: str = super().clean_oldpassword()
        except hashing.Busy:  # it was not looked at, so it was no guess
            limits.give_back(attempts)
            raise
        limits.give_back(attempts)
        get_adapter().stay_logged_in(get_adapter().request, self.user)
        return password


class SetPasswordForm(AccountForm, allauth_forms.SetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Choose a first password, for an account that was made without one."""

    labels = {"password1": _("Password")}
    hints = {"password1": NEW_PASSWORD_HINT}
    dropped = ("password2",)


class ReauthenticateForm(AccountForm, allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """Show again who it is, before something important changes."""

    labels = {"password": _("Password")}


class AddressBackForm(PageFormMixin, forms.Form):
    """The code that brings back an address which the team has replaced."""

    code = forms.CharField(
        label=_("Code from the email"), max_length=60, help_text=_("12 letters and figures.")
    )
