"""Forms of the hosts' pages."""

from django import forms
from django.utils.translation import gettext_lazy

from common.forms import PageFormMixin, small_address
from hosting import agreeing


class AddressForm(PageFormMixin, forms.Form):
    """The address to which a host was invited."""

    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)

    def clean_email(self) -> str:
        """Return it in small letters."""
        return small_address(self.cleaned_data["email"])


class CodeForm(PageFormMixin, forms.Form):
    """The code that was mailed there."""

    code = forms.CharField(label=gettext_lazy("Code from the email"), max_length=60)


class AgreementForm(PageFormMixin, forms.Form):
    """That a host keeps for themselves what they read."""

    agrees = forms.BooleanField(
        label=agreeing.WORDS,
        error_messages={"required": gettext_lazy("Tick the box to see who comes to your sessions.")},
    )
