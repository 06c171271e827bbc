"""The form of the search."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.words import in_digits
from search.finding import MAX_QUERY_CHARS, Found, Kind


class SearchForm(forms.Form):
    """Shows the search as it stands in the address; ``search.read`` reads it."""

    q = forms.CharField(
        label=gettext_lazy("Search for"),
        required=False,
        max_length=MAX_QUERY_CHARS,
        widget=forms.TextInput(
            attrs={"type": "search", "inputmode": "search", "dir": "auto", "autocomplete": "off"}
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Among"), required=False)

    def __init__(self, found: Found) -> None:
        asked = found.asked
        super().__init__(initial={"q": asked.q, "kind": asked.kind}, use_required_attribute=False)
        kinds = [("", _("Everything")), *((kind.value, str(kind.label)) for kind in Kind)]
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(value, _told(label, found, value)) for value, label in kinds]


def _told(label: str, found: Found, kind: str) -> str:
    """Write how much an option would show: "Sessions (12)"; the word alone before anything is asked."""
    if not found.asked.q:
        return label
    return _("%(choice)s (%(count)s)") % {"choice": label, "count": in_digits(found.counts.get(kind, 0))}
