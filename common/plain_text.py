"""Text that shows as it is: no control characters, and no marks that turn what follows them around.

Any script and any emoji is fine; joiners (U+200C, U+200D) are letters' companions, and marks of direction
(U+200E, U+200F) turn nothing but themselves. What a rule or an email repeats must not reorder the words
around it, nor add a line to them.
"""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common import refill_forms
from common.names import disturbs, validate_name

#: How much of the text before it says where an invisible character is.
CHARS_SHOWN_BEFORE: Final = 20


def validate_line(value: str) -> None:
    """Refuse what cannot be seen in one line of text, and say where it is."""
    _validate(value, allowed="")


def validate_lines(value: str) -> None:
    """Refuse what cannot be seen in a text of several lines, and say where it is."""
    _validate(value, allowed="\t\r\n")


def _validate(value: str, *, allowed: str) -> None:
    for place, character in enumerate(value):
        if disturbs(character) and character not in allowed:
            before = value[max(0, place - CHARS_SHOWN_BEFORE) : place].strip()
            if not before:
                raise ValidationError(
                    _("There is an invisible character at the beginning. Delete it, or type the text again.")
                )
            told = _("There is an invisible character after “%(before)s”. Delete it, or type the text again.")
            raise ValidationError(told % {"before": before})


class PlainTextMixin(forms.BaseForm):
    """A form whose text fields take text that shows as it is; passwords are anybody's own.

    It is filled with what was typed into it before a log-in (``common.refill_forms``).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_text = type(field) is forms.CharField and not isinstance(field.widget, forms.PasswordInput)
            if is_text and validate_name not in field.validators:
                has_lines = isinstance(field.widget, forms.Textarea)
                field.validators.append(validate_lines if has_lines else validate_line)
        refill_forms.fill(self)
