"""allauth's pages where they would lead nobody on.

A code that was wrong too often, or is too old, ends on the page where a new one is asked for, which says
why. Where they were going (``next``) is kept through sign up, log in, codes and a new password. While a code
is awaited all pages to begin at stay open: an address that was mistyped, or that has an account already,
is no dead end for 15 minutes. Nothing here tells whether an address has an account.
"""

from typing import Any

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import has_verified_email
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView

from members.accounts import address_of_code, codes, fresh_proof, hashers, signup_again

TOO_OLD = _("That code was more than 15 minutes old, so it no longer works.")
TOO_OFTEN = _("The code was wrong five times, so it no longer works.")
NO_LONGER = _("That code no longer works.")
#: What to do about it, by the name of the page where they are.
ASK_AGAIN = {
    "account_login": _("Log in, and we email you a new one."),
    "account_request_login_code": _("Ask for a new one here."),
    "account_reset_password": _("Ask for a new one here."),
    "account_email": _("Enter the new address again, and we email you a new one."),
}


class _Entrance(FormView):  # type: ignore[type-arg]  # allauth's forms are of many kinds
    """A page to begin at; ``pending_url`` of its context leads to the code that may be awaited."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Stay: allauth would lead back to the page for the code, from where there is no other way."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep where they were going where a code comes first, and the codes they have already."""
        before = codes.awaited(self.request.session)
        answer = super().form_valid(form)
        codes.carry_over(before, self.request.session)
        confirm_url = reverse("account_email_verification_sent")
        if isinstance(answer, HttpResponseRedirect) and answer.url == confirm_url:
            return HttpResponseRedirect(self.passthrough_next_url(confirm_url))  # type: ignore[attr-defined]
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``pending_url``."""
        stage = get_pending_stage(self.request)
        pending_url = self.passthrough_next_url(reverse(stage.urlname)) if stage and stage.urlname else ""  # type: ignore[attr-defined]
        return super().get_context_data(**kwargs) | {"pending_url": pending_url}


class LoginView(_Entrance, views.LoginView):  # type: ignore[misc]  # allauth is untyped
    """Log in with a password."""


class LogoutView(views.LogoutView):  # type: ignore[misc]  # allauth is untyped
    """Log out; nothing that was typed stays in a browser that others use (autosave.js keeps words there)."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out, and have the browser forget what it keeps for this site (W3C Clear Site Data)."""
        answer: HttpResponse = super().post(*args, **kwargs)
        answer["Clear-Site-Data"] = '"storage"'
        return answer


class SignupView(_Entrance, views.SignupView):  # type: ignore[misc]  # allauth is untyped
    """Create an account."""


class RequestLoginCodeView(_Entrance, views.RequestLoginCodeView):  # type: ignore[misc]  # allauth is untyped
    """Ask for a code to log in with; the address may come from the form of the log-in page (``login``)."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the code, or show the page where no address was entered yet."""
        if "login" in request.POST and not request.POST["login"].strip():
            return HttpResponseRedirect(self.passthrough_next_url(request.path))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        """Take the address from either form."""
        given: dict[str, Any] = super().get_form_kwargs()
        if "login" in self.request.POST:
            given["data"] = QueryDict(mutable=True)
            given["data"]["email"] = self.request.POST["login"]
        return given


class _CodePage(FormView):  # type: ignore[type-arg]  # allauth's forms are of many kinds
    """A page that waits for a code, or for what follows it; it ends at ``begins_at``."""

    begins_at = "account_login"
    is_reached = False
    _process: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; where there is nothing to wait for any more, say so where one can ask again."""
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        if self.is_reached or self._is_in(request) or not isinstance(answer, HttpResponseRedirect):
            return answer
        is_back = answer.url.partition("?")[0] in map(reverse, ASK_AGAIN)
        return self._ended(TOO_OLD if request.method == "POST" else "") if is_back else answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        self.is_reached = True
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the code, if it is not one too many; it is counted before it is looked at."""
        self.is_reached = True
        if "code" in request.POST and not codes.may_try(self._process.state, at=timezone.now()):
            self._process.abort()
            return self._ended(TOO_OFTEN)
        if request.POST.get("action") == "resend":
            return super().post(request, *args, **kwargs)
        with transaction.atomic():  # from here on, nobody gives the account another address
            if address_of_code.is_still_theirs(request, self._process.state):
                return super().post(request, *args, **kwargs)
        self._process.abort()
        return self._ended(NO_LONGER)

    def _may_resend(self) -> bool:
        """Count an email with a code, and say so where it is one too many."""
        try:
            get_adapter().ask_for_code(self._process.state["email"])
        except ValidationError as refusal:
            messages.error(self.request, refusal.message)
            return False
        return True

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong, or say that this was once too often."""
        answer = super().form_invalid(form)
        return self._ended(TOO_OFTEN) if isinstance(answer, HttpResponseRedirect) else answer

    def get_form_kwargs(self) -> dict[str, Any]:
        """Compare with the code that was typed where it is one of those that are good."""
        given: dict[str, Any] = super().get_form_kwargs()
        if given.get("code"):
            given["code"] = codes.expected(self._process.state, self.request.POST.get("code", ""))
        return given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``start_again_url``, where another address can be given."""
        again = self.passthrough_next_url(reverse(self.begins_at))  # type: ignore[attr-defined]
        return super().get_context_data(**kwargs) | {"start_again_url": again}

    def _is_in(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and self.begins_at != "account_email"

    def _ended(self, why: str | Promise) -> HttpResponse:
        if why:
            messages.error(self.request, f"{why} {ASK_AGAIN[self.begins_at]}")
        return HttpResponseRedirect(self.passthrough_next_url(reverse(self.begins_at)))  # type: ignore[attr-defined]


class ConfirmLoginCodeView(_CodePage, views.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth is untyped
    """Log in with the code; the session ends with the browser unless they tick the box."""

    begins_at = "account_request_login_code"

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, and keep them logged in where they asked for it."""
        answer = super().form_valid(form)
        if self.request.user.is_authenticated and form.cleaned_data.get("remember"):
            self.request.session.set_expiry(self.request.session.get_session_cookie_age())
        return answer

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Send another code, and once more that there is no account where there is none."""
        if not self._may_resend():
            return HttpResponseRedirect(self.request.get_full_path())
        codes.will_be_replaced(self._process.state)
        answer: HttpResponse = super()._resend_form_valid(form)
        if not self._process.user:
            get_adapter().send_mail("account/email/unknown_account", self._process.state["email"], {})
        return answer


class ConfirmAddressView(_CodePage, views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]  # allauth is untyped
    """Confirm the address of a new account, or the new address of one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Know first whether this is about their own account."""
        if request.user.is_authenticated:
            self.begins_at = "account_email"
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead to sign up again who has just done so."""
        context = super().get_context_data(**kwargs)
        if self.stage is None or self.stage.login.signup:
            start = "account_email" if self.request.user.is_authenticated else "account_signup"
            context["start_again_url"] = self.passthrough_next_url(reverse(start))
        return context

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Send another code, to whom it belongs."""
        if not self._may_resend():
            return HttpResponseRedirect(self.request.get_full_path())
        codes.will_be_replaced(self._process.state)
        answer: HttpResponse = super()._resend_form_valid(form)
        if signup_again.is_known(self._process):
            signup_again.mail_code(self._process)
        return answer

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """Confirm the address; who signed up with a confirmed one logs in with its code."""
        process = self._process
        if signup_again.is_known(process):
            answer = signup_again.log_in(self.request, process, self.get_next_url())
            return answer or self._ended("")
        member = self.stage.login.user if self.stage else None
        if member and has_verified_email(member, process.email):
            # Confirmed elsewhere meanwhile: the code shows all the same who they are.
            del self.request.session[EMAIL_VERIFICATION_CODE_SESSION_KEY]
            logged_in: HttpResponse = self.stage.exit()
            return logged_in
        if member:
            # The one who is logged in next is the one whose password is taken over.
            self._process = EmailVerificationProcess(self.request, process.state, user=member)
        confirmed: HttpResponse = super()._verify_form_valid(form)
        return confirmed


class RequestPasswordResetView(views.PasswordResetView):  # type: ignore[misc]  # allauth is untyped
    """Ask for a code with which to choose a new password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code; those that were sent already stay good."""
        before = codes.awaited(self.request.session)
        answer: HttpResponse = super().form_valid(form)
        codes.carry_over(before, self.request.session)
        return answer


class ConfirmPasswordResetCodeView(_CodePage, views.ConfirmPasswordResetCodeView):  # type: ignore[misc]  # allauth is untyped
    """Show with the code that the address is theirs, before they choose a new password."""

    begins_at = "account_reset_password"


class CompletePasswordResetView(_CodePage, views.CompletePasswordResetView):  # type: ignore[misc]  # allauth is untyped
    """Choose the new password."""

    begins_at = "account_reset_password"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hash the password before its account is locked: that takes its time, and waits for a turn."""
        hashers.hash_ahead(request, request.POST.get("password1", ""))
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong with the password."""
        return self.render_to_response(self.get_context_data(form=form))


class EmailView(views.EmailView):  # type: ignore[misc]  # allauth is untyped
    """Change the address."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``awaited``: the new address whose code has not been typed in yet."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        process = EmailVerificationProcess.resume(self.request)
        return context | {"awaited": process.email if process else ""}


#: Who sits down at an open computer sets no password: who has none shows anew who it is.
set_password = login_required(
    fresh_proof.required_of_holders(reauthentication_required(app="allauth.account")(views.password_set))
)
change_password = fresh_proof.required_of_holders(views.password_change)
change_address = fresh_proof.required_of_holders(EmailView.as_view())
