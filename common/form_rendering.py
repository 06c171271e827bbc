"""How every form of the site, allauth's and the admin's too, is rendered."""

from typing import Any

from django.forms import BoundField, CheckboxInput, Select, Textarea, Widget
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input

#: Kinds of ``<input>`` that may carry ``aria-required`` (ARIA in HTML).
TYPED = ("text", "email", "password", "search", "tel", "url", "number")


class QuietBoundField(BoundField):
    """A field that is said to be required, and not to be wrong before anybody has filled it in.

    To browsers an empty field with ``required`` is invalid from the start; Firefox tells screen readers so
    ("invalid entry") whatever ``aria-invalid`` says, other browsers heed that. Our forms are checked by the
    site alone (``novalidate``), so ``aria-required`` says what is to be said.
    """

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Return the attributes of the field's element."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if built.get("required") and _may_say_required(widget or self.field.widget):
            del built["required"]
            built["aria-required"] = "true"
            built.setdefault("aria-invalid", "false")
        return built


def _may_say_required(widget: Widget) -> bool:
    if isinstance(widget, Input) and not isinstance(widget, CheckboxInput):
        return widget.input_type in TYPED
    return isinstance(widget, CheckboxInput | Select | Textarea)


class Renderer(DjangoTemplates):
    """Django's own, with such fields."""

    bound_field_class = QuietBoundField
