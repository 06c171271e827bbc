"""The page on which whoever had an address before brings it back, with the code that was mailed there."""

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from members import objections
from members.accounts import guarding, limits
from members.accounts.forms import AddressBackForm

DONE = _("Your address is back, and everybody was logged out of your account. Log in with a code.")
CLOSED = _("That account is closed now, and nobody is in it. We write to you.")


@require_http_methods(["GET", "HEAD", "POST"])
def bring_back(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and bring the address back; the link to here is the same for everybody."""
    form = AddressBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            limits.count([guarding.ADDRESS_CODES.of(get_ip(request))], at=at)
            member = objections.object_with(form.cleaned_data["code"], at=at)
        except limits.TooMany as refusal:
            form.add_error("code", guarding.in_words(refusal))
        except objections.ObjectionRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, DONE if member.is_active else CLOSED)
            return redirect("account_request_login_code")
    return render(request, "account/address_back.html", {"form": form})
