"""Forms of the public event pages."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PageFormMixin
from events.access_needs import Told
from events.models import AccessNeed, Event, KeptNeed, Kind
from events.models.access_needs import MAX_WORDS_CHARS, kinds_for
from events.programme.filters import Counts, Filters, Options

#: Before the name of a need in the fields of its boxes: that it is needed, and that hosts may know.
NEED, HOSTS = "need-", "hosts-"


class NeedsFields(forms.Form):
    """What a person needs to take part, need by need, and of each whether hosts may know."""

    needs = forms.CharField(
        label=gettext_lazy("Anything else, in your own words"),
        required=False,
        max_length=MAX_WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For example large print, Irish Sign Language, a quiet room, or somebody who comes with you."
        ),
        error_messages={
            "max_length": gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d.")
        },
    )
    share_with_hosts = forms.BooleanField(
        label=gettext_lazy("Hosts of the sessions I book may know what I wrote"),
        required=False,
    )

    def __init__(self, *args: Any, event: Event, also: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {*kinds_for(event), *also} - {Kind.OTHER}
        self.kinds = [kind for kind in Kind if kind in offered]
        boxes: dict[str, forms.Field] = {}
        for kind in self.kinds:
            boxes[NEED + kind] = forms.BooleanField(label=kind.label, required=False)
            words = format_html(
                '{}<span class="visually-hidden">: {}</span>', _("Hosts may know"), kind.label
            )
            boxes[HOSTS + kind] = forms.BooleanField(label=words, required=False)
        self.fields = boxes | self.fields

    @property
    def boxes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each need with the box that lets hosts know."""
        return [(self[NEED + kind], self[HOSTS + kind]) for kind in self.kinds]

    @property
    def is_told(self) -> bool:
        """Whether something is ticked or written already, or was sent and has to be looked at."""
        return self.is_bound or any(self.initial.values())

    def told(self) -> Told:
        """Return what the rule is called with."""
        cleaned = self.cleaned_data
        return {
            "needs": cleaned["needs"],
            "share_with_hosts": cleaned["share_with_hosts"],
            "kinds": {kind.value: cleaned[HOSTS + kind] for kind in self.kinds if cleaned[NEED + kind]},
            "shown": [kind.value for kind in self.kinds],
        }


class AccessNeedsForm(PageFormMixin, NeedsFields):
    """What the reader needs, and whether it is kept for their next registration."""

    keep = forms.BooleanField(
        label=gettext_lazy("Keep this for my next registration"),
        required=False,
        help_text=gettext_lazy(
            "The form is filled in next time; after this event only you see it. Otherwise all is erased 30 "
            "days after the event."
        ),
    )

    def told(self) -> Told:
        """Return what the rule is called with."""
        return {**super().told(), "keep": self.cleaned_data["keep"]}


def initial_of(cases: Iterable[AccessNeed | KeptNeed], *, is_kept: bool) -> dict[str, Any]:
    """Return what the form begins with, where these needs were told before."""
    initial: dict[str, Any] = {"keep": is_kept}
    for one in cases:
        if one.kind == Kind.OTHER:
            initial |= {"needs": one.words, "share_with_hosts": one.is_shared_with_hosts}
        else:
            initial |= {NEED + one.kind: True, HOSTS + one.kind: one.is_shared_with_hosts}
    return initial


class HostsSeeForm(PageFormMixin, forms.Form):
    """What the hosts of the sessions that they book see of a person besides their name."""

    show_work = forms.BooleanField(
        label=gettext_lazy("Hosts see my organisation and role"),
        initial=True,
        required=False,
        help_text=gettext_lazy(
            "They prepare better when they know who comes. Take the tick out if you like."
        ),
    )


class RegistrationForm(AccessNeedsForm):
    """Access needs, and the code of conduct where the event has one."""

    code_of_conduct = forms.BooleanField(
        label=gettext_lazy("I accept the code of conduct"),
        error_messages={"required": gettext_lazy("Accept the code of conduct to register.")},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
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

    def __init__(
        self, filters: Filters, options: Options, counts: Counts | None = None, *, is_over: bool = False
    ) -> None:
        """Offer what the programme has; free places only while anything is still to come, or asked for."""
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
        for name, words in options.access:
            self.fields[name] = forms.BooleanField(label=words, required=False)
        if is_over and not filters.places:
            del self.fields["places"]
        for name in {*dict(options.access), "places"} & self.fields.keys():
            field = self.fields[name]
            field.label = _counted(str(field.label), counts.get(name), "on")


def _counted(words: str, counts: Mapping[str, int] | None, value: str) -> str:
    """Write how many sessions an option leaves beside it: "Workshop (12)"."""
    return words if counts is None else f"{words} ({counts.get(value, 0)})"
