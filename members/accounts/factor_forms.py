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


class _CredentialField(forms.JSONField):
    """A JSON object, of at most 20,000 characters as it is sent."""

    def to_python(self, value: Any) -> Any:
        """Return the object. Raises ``ValidationError`` for all other JSON: no browser makes it."""
        if len(str(value or "")) > 20_000:  # said above
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            found = super().to_python(value)
        except ValueError as error:  # a number of more digits than Python reads
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if found is not None and not isinstance(found, dict):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class PasskeyForm(forms.Form):
    """What the browser says of a passkey: JSON that ``static/js/passkey.js`` writes."""

    credential = _CredentialField()
    label = forms.CharField(max_length=60, required=False)


class NewPasskeyForm(PageFormMixin, forms.Form):
    """What a new passkey is called."""

    label = forms.CharField(
        max_length=60,
        required=False,
        label=_("What to call it"),
        help_text=_("So that you know it from others: “computer at the desk”, for one."),
    )
