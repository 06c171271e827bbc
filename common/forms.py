"""What the forms of all pages share: how they are laid out, what they tell the browser, how they refuse.

A page's form is ``class ProfileForm(PageFormMixin, forms.ModelForm)``; its template has
``{% form form submit="Save" %}``. Labels stand above, hints below them, errors between hint and field, an
error summary on top; optional fields are marked, required ones are not (templates/bootstrap5/field.html). The
mixin adds what markup cannot: no placeholders, ``autocomplete`` (WCAG 1.3.5) and ``inputmode`` by the
field's name, and sentences that say what to do in place of "This field is required."
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.utils import pretty_name
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.plain_text import PlainTextMixin

#: What browsers and keyboards are told, by the name of the field.
HINTS_TO_BROWSERS: dict[str, dict[str, str]] = {
    "email": {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    "login": {"autocomplete": "username", "inputmode": "email", "spellcheck": "false"},
    "name": {"autocomplete": "name", "spellcheck": "false", "dir": "auto"},
    "organisation": {"autocomplete": "organization"},
    "role": {"autocomplete": "organization-title"},
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "password": {"autocomplete": "current-password"},
    "oldpassword": {"autocomplete": "current-password"},
    "password1": {"autocomplete": "new-password"},
    "password2": {"autocomplete": "new-password"},
    "code": {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "characters"},
}

#: What an empty required field answers, by its name; others answer by their kind.
WHAT_TO_ENTER = {
    "email": gettext_lazy("Enter your email address"),
    "login": gettext_lazy("Enter your email address"),
    "name": gettext_lazy("Enter your name"),
    "password": gettext_lazy("Enter your password"),
    "oldpassword": gettext_lazy("Enter the password you have now"),
    "password1": gettext_lazy("Enter a password"),
    "password2": gettext_lazy("Enter the same password again"),
    "code": gettext_lazy("Enter the code from the email"),
}

WRONG_EMAIL = gettext_lazy("Enter an email address in the format name@example.org")

#: Characters of an address (RFC 5321, 4.5.3.1.3).
MAX_ADDRESS_CHARS = 254


def small_address(email: str) -> str:
    """Return an address in small letters, which may be longer then. Raises ``ValidationError``."""
    small = email.lower()
    if len(small) > MAX_ADDRESS_CHARS or not small.rpartition("@")[0].isascii():
        raise forms.ValidationError(WRONG_EMAIL)
    return small


def reached(email: str) -> str:
    """Return an address as it is. Raises ``ValidationError`` for one that no mail of ours reaches."""
    if not email.isascii():
        raise forms.ValidationError(WRONG_EMAIL)
    return email


class PageFormMixin(PlainTextMixin):
    """Gives a form of Django's, or of allauth's, the look and the words of this site's forms."""

    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = helper()
        for name, field in self.fields.items():
            _tell_browsers(name, field)
            _say_what_to_do(name, field)


def helper() -> FormHelper:
    """Return the shared crispy helper: the page writes the form tag, the token and the buttons."""
    shared = FormHelper()
    shared.form_tag = False
    shared.disable_csrf = True
    return shared


def set_trap(form: Any) -> None:
    """Make ``website`` of a page's form a trap: the page shows it to nobody, and programs fill it in."""
    trap = form.fields["website"]
    trap.validators.clear()
    trap.widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
    form.helper.layout = Layout(*(name for name in form.fields if name != "website"))


def _tell_browsers(name: str, field: forms.Field) -> None:
    attrs = field.widget.attrs
    attrs.pop("placeholder", None)
    for attribute, value in HINTS_TO_BROWSERS.get(name, {}).items():
        attrs.setdefault(attribute, value)


def _say_what_to_do(name: str, field: forms.Field) -> None:
    """Replace Django's default sentences; a form that has its own keeps them."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = WHAT_TO_ENTER.get(name) or _what_to_enter(name, field)
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = WRONG_EMAIL


def _what_to_enter(name: str, field: forms.Field) -> str:
    label = str(field.label or pretty_name(name))
    if isinstance(field, forms.BooleanField):
        return _("Tick the box: %(label)s") % {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose an answer: %(label)s") % {"label": label}
    return _("Fill in: %(label)s") % {"label": label}
