"""Forms of the public event pages."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PageFormMixin
from events.models import AccessNeeds, Event
from events.programme.filters import Counts, Filters, Options

MAX_NEEDS_CHARS = 2000


class Answers(TypedDict):
    """What a registered person says about their needs, as the rule takes it."""

    needs: str
    share_with_hosts: bool


class AccessNeedsForm(PageFormMixin, forms.Form):
    """What a person needs to take part, and whether hosts may know."""

    needs = forms.CharField(
        label=gettext_lazy("What do you need to take part?"),
        required=False,
        max_length=MAX_NEEDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "For example captions, a sign language interpreter, breaks, or a step-free room. "
            "Only the event team and support see this, unless you tick the box below."
        ),
        error_messages={
            "max_length": gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d.")
        },
    )
    share_with_hosts = forms.BooleanField(
        label=gettext_lazy("Hosts of the sessions I book may see this too"),
        required=False,
    )

    @classmethod
    def about(cls, needs: AccessNeeds | None) -> "AccessNeedsForm":
        """Return the form filled with what they said before."""
        if needs is None:
            return cls()
        return cls(initial={"needs": needs.needs, "share_with_hosts": needs.is_shared_with_hosts})

    def answers(self) -> Answers:
        """Return what the rule is called with."""
        return {
            "needs": self.cleaned_data["needs"],
            "share_with_hosts": self.cleaned_data["share_with_hosts"],
        }


class RegistrationForm(AccessNeedsForm):
    """Access needs, and the code of conduct where the event has one."""

    code_of_conduct = forms.BooleanField(
        label=gettext_lazy("I accept the code of conduct"),
        error_messages={"required": gettext_lazy("Accept the code of conduct to register.")},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not event.code_of_conduct.strip():
            del self.fields["code_of_conduct"]


class ProgrammeFilterForm(forms.Form):
    """Shows the filters of the programme as they stand; ``filters.parse_filters`` reads them."""

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "inputmode": "search"}),
    )
    places = forms.BooleanField(label=gettext_lazy("With free places"), required=False)

    def __init__(self, filters: Filters, options: Options, counts: Counts | None = None) -> None:
        super().__init__(initial=filters.asked, use_required_attribute=False)
        counts = counts or {}
        for name, every, choices in (
            ("theme", _("All themes"), options.themes),
            ("format", _("All formats"), options.formats),
            ("day", _("All days"), options.days),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [
                    (value, _counted(words, counts.get(name), value))
                    for value, words in [("", every), *choices]
                ]
            if len(choices) < 2:
                del self.fields[name]
        places = self.fields["places"]
        places.label = _counted(str(places.label), counts.get("places"), "on")


def _counted(words: str, counts: Mapping[str, int] | None, value: str) -> str:
    """Write how many sessions an option leaves beside it: "Workshop (12)"."""
    return words if counts is None else f"{words} ({counts.get(value, 0)})"
