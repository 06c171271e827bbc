"""The forms of a second factor: a code, or what a passkey says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import PageFormMixin

_ENTER = {"required": _("Enter a code")}


class _CodeForm(PageFormMixin, forms.Form):
    code = forms.CharField(max_length=20, label=_("Code"), error_messages=_ENTER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class GiveCodeForm(_CodeForm):
    """A code of an app, or one of the recovery codes."""

    code = forms.CharField(
        max_length=20,
        label=_("Code"),
        help_text=_("6 digits from your app, or one of your recovery codes."),
        error_messages=_ENTER,
    )


class AppForm(_CodeForm):
    """The first code of an app shows that it has the secret."""

    code = forms.CharField(
        max_length=20,
        label=_("Code that the app shows now"),
        help_text=_("6 digits. They change every half minute."),
        error_messages=_ENTER,
    )


class PasskeyForm(forms.Form):
    """What the browser says of a passkey: JSON that ``static/js/passkey.js`` writes."""

    credential = forms.JSONField(max_length=20_000)
    label = forms.CharField(max_length=60, required=False)


class NewPasskeyForm(PageFormMixin, forms.Form):
    """What a new passkey is called."""

    label = forms.CharField(
        max_length=60,
        required=False,
        label=_("What to call it"),
        help_text=_("So that you know it from others: “computer at the desk”, for one."),
    )
