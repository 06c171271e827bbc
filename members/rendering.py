"""How every form of the site, allauth's and the admin's too, is rendered."""

from typing import Any

from django.forms import BoundField, RadioSelect, Widget
from django.forms.renderers import DjangoTemplates


class QuietBoundField(BoundField):
    """A field that is not said to be wrong before anybody has filled it in.

    To browsers an empty required field is invalid from the start, and some tell screen readers so
    ("invalid entry"); ``aria-invalid`` says otherwise, until a form comes back with errors.
    """

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Return the attributes of the field's element."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if built.get("required") and not isinstance(widget or self.field.widget, RadioSelect):
            built.setdefault("aria-invalid", "false")
        return built


class Renderer(DjangoTemplates):
    """Django's own, with such fields."""

    bound_field_class = QuietBoundField
