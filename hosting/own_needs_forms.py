"""The form in which a host says what they need themselves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.forms import PageFormMixin
from events.models import Event
from hosting import own_needs
from hosting.models import HostKind, HostNeed
from hosting.models_needs import MAX_WORDS_CHARS


class OwnNeedsForm(PageFormMixin, forms.Form):
    """What they need to host, and that it may be kept."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What do you need to host?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs = forms.CharField(
        label=gettext_lazy("Anything else, in your own words"),
        required=False,
        max_length=MAX_WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("For example an Irish Sign Language interpreter, or a chair on the stage."),
        error_messages={
            "max_length": gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d.")
        },
    )
    may_keep = forms.BooleanField(
        label=gettext_lazy("Keep this until 30 days after the event, so that the team can arrange it"),
        required=False,
    )

    def __init__(self, *args: Any, event: Event, told: Sequence[HostNeed], **kwargs: Any) -> None:
        kept = {one.kind for one in told} - {HostKind.OTHER}
        words = own_needs.words_of(told)
        initial = {"kinds": sorted(kept), "needs": words, "may_keep": bool(told)}
        super().__init__(*args, initial=initial, **kwargs)
        offered = {*own_needs.kinds_for(event), *kept}
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # narrows the type
        field.choices = [(kind.value, kind.label) for kind in HostKind if kind in offered]

    @property
    def told(self) -> dict[str, Any]:
        """What they tell, as ``own_needs.tell`` takes it."""
        values = self.cleaned_data
        return {"kinds": values["kinds"], "words": values["needs"], "may_keep": values["may_keep"]}
