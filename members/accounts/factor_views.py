"""The pages of the second factor: setting one up, giving it, recovery codes. Where they were going is kept.

Another factor is set up by whoever has just given one that they have. The first asks for two proofs: a code
by email and, of who has one, the password. Whoever stole a password or a mailbox alone sets up nothing with
it (first_factor).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.http import next_url
from members.accounts import factors, first_factor, fresh_proof, guarding, limits, second_factor
from members.accounts.factor_forms import AppForm, GiveCodeForm, NewPasskeyForm, PasskeyForm
from members.models import Member
from members.readers import reader_of

P = ParamSpec("P")
#: Where a session keeps the secret that an app is to learn, until its first code is right.
SECRET: Final = "factor_secret"  # noqa: S105  # the name of a key


def _for_its_owner(
    view: Callable[Concatenate[HttpRequest, Member, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Open a view to who is asked for a second factor, or has one, and has just shown twice who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader = reader_of(request)
        assert reader is not None  # noqa: S101  # login_required stands before
        is_held = second_factor.is_held_by(reader)
        if is_held:
            return fresh_proof.ask(request) or view(request, reader, *args, **kwargs)
        if not second_factor.is_asked_of(reader):
            return redirect("account_factor")
        return _proof_before_the_first(request, reader) or view(request, reader, *args, **kwargs)

    return login_required(guarded)


#: What a page before a first factor is about.
_WAYS = {
    "account_factor_app": gettext_lazy("Set up an app for codes"),
    "account_factor_passkey": gettext_lazy("Set up a passkey"),
    "account_factor_options": gettext_lazy("Set up a passkey"),
    "account_factor_codes": gettext_lazy("Your recovery codes"),
    "account_factor_remove": gettext_lazy("Your second step"),
}


def _proof_before_the_first(request: HttpRequest, member: Member) -> HttpResponse | None:
    """Return the page that asks for what is missing before a first factor; ``None`` where nothing is."""
    shown, here = fresh_proof.shown(request, member), _with_next(request, request.path)
    way = _WAYS.get((request.resolver_match.url_name if request.resolver_match else None) or "", "")
    if not first_factor.may_begin(member, at=timezone.now()):
        return _page(request, "mfa/let_first.html", {"way": way})
    if "code" not in shown:
        return _page(request, "mfa/first.html", {"here": here, "way": way})
    if member.has_usable_password() and "password" not in shown:
        return redirect(fresh_proof.log_in_anew_url(here))
    return None


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Say what a second step is and how to set one up; who has one sees what they have."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required stands before
    found = list(Authenticator.objects.filter(user=member).order_by("created_at"))
    context = {
        "passkeys": [one for one in found if one.type == factors.PASSKEY],
        "app": next((one for one in found if one.type == factors.APP), None),
        "is_asked": second_factor.is_asked_of(member),
        "is_given": _is_given(request, member),
    }
    return _page(request, "mfa/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def give(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor: a code, or a passkey."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required stands before
    if not second_factor.is_held_by(member):
        return redirect(_on(request, "account_factor"))
    form = GiveCodeForm(request.POST if "code" in request.POST else None)
    passkey = PasskeyForm(request.POST if "credential" in request.POST else None)
    at = timezone.now()
    try:
        if form.is_valid():
            return _given(request, factors.give_code(member, form.cleaned_data["code"], at=at))
        if passkey.is_valid():
            return _given(request, factors.give_passkey(member, passkey.cleaned_data["credential"], at=at))
    except limits.TooMany as refused:
        form.add_error("code", guarding.in_words(refused))
    except factors.KeyLost:
        form.add_error("code", _("We can no longer read your second step. Ask two of the team to reset it."))
    except factors.WrongCode:
        if form.is_bound:
            form.add_error("code", _("This is not a code of yours, or it was used before. Try the next one."))
    if passkey.is_bound:
        messages.error(request, _("That passkey did not work. Try again, or enter a code."))
    has_passkey = Authenticator.objects.filter(user=member, type=factors.PASSKEY).exists()
    return _page(request, "mfa/give.html", {"form": form, "has_passkey": has_passkey})


@require_http_methods(["GET", "HEAD", "POST"])
@_for_its_owner
def app(request: HttpRequest, member: Member) -> HttpResponse:
    """Set up an app: it learns a secret from the picture or by typing, and shows a code."""
    secret = _secret_of(request)
    form = AppForm(request.POST or None)
    if form.is_valid():
        try:
            made = factors.add_app(
                member,
                secret,
                form.cleaned_data["code"],
                at=timezone.now(),
                beside=_is_given(request, member),
                here=_here(request),
            )
            del request.session[SECRET]
            return _given(request, made, then="account_factor_codes")
        except limits.TooMany as refused:
            form.add_error("code", guarding.in_words(refused))
        except factors.WrongCode:
            form.add_error("code", _("This is not the code of now. Wait for the next one, and enter that."))
        except factors.NotTheFirst:
            return redirect(_on(request, "account_factor_give"))
    url = get_adapter().build_totp_url(member, secret)
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = get_adapter().build_totp_svg(url)
    return _page(request, "mfa/app.html", {"form": form, "secret": grouped, "url": url, "picture": picture})


@require_http_methods(["GET", "HEAD", "POST"])
@_for_its_owner
def passkey(request: HttpRequest, member: Member) -> HttpResponse:
    """Set up a passkey, which the browser makes."""
    sent = PasskeyForm(request.POST or None)
    if sent.is_valid():
        label = sent.cleaned_data["label"] or _("Passkey")
        try:
            credential, beside = sent.cleaned_data["credential"], _is_given(request, member)
            made = factors.add_passkey(member, label, credential, at=timezone.now(), beside=beside)
            return _given(request, made, then="account_factor_codes")
        except factors.NotTheFirst:
            return redirect(_on(request, "account_factor_give"))
        except factors.WrongCode:
            pass
    if sent.is_bound:
        messages.error(request, _("That passkey could not be kept. Try again, or use codes from an app."))
    return _page(request, "mfa/passkey.html", {"form": NewPasskeyForm(request.POST or None)})


@require_POST
@login_required
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Return what the browser needs to make a passkey (``make``), or to use one."""
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required stands before
    if "make" in request.POST:
        return JsonResponse(_plain(webauthn.begin_registration(member, passwordless=False)))
    return JsonResponse(_plain(webauthn.begin_authentication(member)))


@require_http_methods(["GET", "HEAD", "POST"])
@_for_its_owner
def codes(request: HttpRequest, member: Member) -> HttpResponse:
    """Show the recovery codes, to be written down; make new ones."""
    if not second_factor.is_held_by(member):
        return redirect(_on(request, "account_factor"))
    if request.method == "POST":
        factors.renew_recovery_codes(member, at=timezone.now(), here=_here(request))
        messages.success(request, _("These are your new codes. The old ones no longer work."))
        return redirect(_on(request, "account_factor_codes"))
    return _page(request, "mfa/codes.html", {"codes": factors.recovery_codes(member)})


@require_POST
@_for_its_owner
def remove(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Take away a passkey, or the app."""
    factor = get_object_or_404(Authenticator, user=member, pk=pk, type__in=second_factor.LASTING)
    try:
        factors.remove(factor, by=member, at=timezone.now(), here=_here(request))
        messages.success(request, _("It is removed. It can be used no more."))
    except factors.LastFactor:
        messages.error(
            request,
            _("This is the only one you have, and the team’s pages ask for it. Set up another first."),
        )
    return redirect("account_factor")


def _given(request: HttpRequest, factor: Authenticator, then: str = "") -> HttpResponse:
    second_factor.was_given(request, factor)
    if then:
        return redirect(_on(request, then))
    return redirect(next_url(request) or "account_factor")


def _secret_of(request: HttpRequest) -> str:
    """Return the secret that an app is to learn; the session keeps it sealed."""
    if SECRET not in request.session:
        request.session[SECRET] = encrypt(factors.new_secret())
    return str(decrypt(request.session[SECRET]))


def _here(request: HttpRequest) -> str:
    """Return the session that stays when all others of theirs end."""
    return request.session.session_key or ""


def _is_given(request: HttpRequest, member: Member) -> bool:
    return second_factor.given_at(request, member) is not None


def _on(request: HttpRequest, name: str) -> str:
    """Return the address of a page of these, which leads to where they were going."""
    return _with_next(request, reverse(name))


def _with_next(request: HttpRequest, url: str) -> str:
    following = next_url(request)
    return f"{url}?{urlencode({'next': following})}" if following else url


def _page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    following = next_url(request)
    query = f"?{urlencode({'next': following})}" if following else ""
    return render(request, template, {**context, "next": following, "query": query})


def _plain(found: Any) -> Any:
    """Return options of a passkey as JSON knows them."""
    return {name: _plain(one) for name, one in found.items()} if isinstance(found, Mapping) else found
