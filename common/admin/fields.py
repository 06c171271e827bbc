"""Fields of the admin's forms as browsers know them: days, times and addresses without a script.

Django's own open a calendar by JavaScript and leave their two fields without a label. A browser's are
labelled, and work on a phone and by keyboard. What they send is read as before.
"""

import re
from typing import Any, Final

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models

from common import folding


class DayInput(forms.DateInput):
    """A day, picked in the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Clock(forms.TimeInput):
    """A time of day; seconds are shown only where there are some."""

    input_type = "time"

    def format_value(self, value: Any) -> str | None:
        """Return "09:30" for half past nine: with seconds, browsers show a field for them."""
        shown: str | None = super().format_value(value)
        return shown.removesuffix(":00") if shown and shown.count(":") == 2 else shown


class Moment(forms.SplitDateTimeWidget):
    """A day and a time; their group's legend is the field's name."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts = [DayInput({"aria-label": "Date"}), Clock({"aria-label": "Time"})]
        forms.MultiWidget.__init__(self, parts, attrs)  # the class between would make plain text fields


#: Field of the database → how the admin asks for it.
PLAIN: Final[dict[Any, dict[str, Any]]] = {
    models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": Moment},
    models.DateField: {"widget": DayInput},
    models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"})},
}

#: "Ada Lovelace <ada@example.org>" or "Ada Lovelace (#12)", as ``WrittenField`` shows what is chosen.
ADDRESS = re.compile(r"<([^<>]+)>$")
NUMBER = re.compile(r"(?:#|^)([0-9]{1,18})\)?$")


class WrittenField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A person, written: their email address, or their name where nobody else has it.

    A list to choose from would be as long as the community, and one that completes by itself needs
    JavaScript. The queryset's model has ``name`` and ``email``, with ``name_keys`` and ``name_folded``. A
    refusal names nobody: not every reader may know who is here.
    """

    widget = forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off", "spellcheck": "false"})

    def label_from_instance(self, obj: Any) -> str:
        """Return what is written for this person."""
        return f"{obj.name} <{obj.email}>" if obj.email else f"{obj.name} (#{obj.pk})"

    def prepare_value(self, value: Any) -> Any:
        """Show a person, or the number of one, in words; anything else as it was written."""
        if str(value or "").isdecimal():
            value = self._found(str(value)).first() or value
        return self.label_from_instance(value) if isinstance(value, models.Model) else value

    def to_python(self, value: Any) -> Any:
        """Return the one person who is meant; ``ValidationError`` for none or several."""
        text = " ".join(str(value or "").split())
        if not text:
            return None
        ProhibitNullCharactersValidator()(text)
        found = list(self._found(text)[:2])
        if len(found) == 1:
            return found[0]
        problem = "Several people are called" if found else "There is nobody here with the name or address"
        raise forms.ValidationError(f"{problem} “{text[:80]}”. Write the whole email address.")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another person is written than there was."""
        before = initial.pk if isinstance(initial, models.Model) else initial
        try:
            after = self.to_python(data)
        except forms.ValidationError:
            return True
        return bool((after.pk if after else None) != before)

    def _found(self, text: str) -> models.QuerySet[Any]:
        people: models.QuerySet[Any] = self.queryset.all()  # type: ignore[union-attr]  # given in the form
        if number := NUMBER.search(text):
            return people.filter(pk=int(number[1]))
        address = ADDRESS.search(text)
        if address or "@" in text:
            return people.filter(email__lower=(address[1] if address else text).lower())
        exactly = people.filter(name_keys__overlap=list(folding.keys([text])[text]))
        return exactly if exactly.exists() else people.filter(name_folded__typed=text)
