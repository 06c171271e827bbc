"""The form in which a host, or the team, writes what to take away of a session."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from comments.forms import WordsField
from common.forms import PageFormMixin
from recordings import taking_away
from recordings.models_takeaways import MAX_CHARS, TEXTS
from recordings.refusals import RecordingRefused

_TOO_LONG = gettext_lazy("Use up to %(most)s characters; it is read in four minutes.")


class TakeAwayForm(PageFormMixin, forms.Form):
    """The problem, what they did, what to use on Monday, files and links, contact."""

    problem = WordsField(
        label=gettext_lazy("The problem"),
        rows=5,
        longest=MAX_CHARS,
        too_long=_TOO_LONG,
        help_text=gettext_lazy(
            "What was wrong, and for whom. A stranger to your work should see why it matters."
        ),
        error_messages={"required": gettext_lazy("Say what the problem was")},
    )
    done = WordsField(
        label=gettext_lazy("What you did"),
        rows=8,
        longest=MAX_CHARS,
        too_long=_TOO_LONG,
        help_text=gettext_lazy("And what came of it, also what did not work. Name no patients."),
        error_messages={"required": gettext_lazy("Say what you did")},
    )
    monday = WordsField(
        label=gettext_lazy("What to use on Monday"),
        rows=6,
        longest=MAX_CHARS,
        too_long=_TOO_LONG,
        help_text=gettext_lazy(
            "What somebody can begin with next week. A line that begins with “- ” is one of a list."
        ),
        error_messages={"required": gettext_lazy("Say what people can use on Monday")},
    )
    links = WordsField(
        label=gettext_lazy("Files and links"),
        required=False,
        rows=3,
        longest=MAX_CHARS,
        too_long=_TOO_LONG,
        help_text=gettext_lazy(
            "One on each line: what it is, then its address. For example: Our checklist https://example.org/list"
        ),
    )
    contact = forms.CharField(
        label=gettext_lazy("Contact"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "How people can ask you about it, if you want that: everybody sees it, search engines too."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_links(self) -> str:
        """Return a link on each line, as they are kept."""
        try:
            return taking_away.links_of(self.cleaned_data["links"])
        except RecordingRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, as it is kept."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name in TEXTS}

    def see(self, seen: str) -> None:
        """Let them save what is typed over what they are shown now."""
        assert isinstance(self.data, MultiValueDict)  # noqa: S101  # this form is bound to what was posted
        self.data = self.data.copy()
        self.data["seen"] = seen

    def differing(self, there: taking_away.There) -> dict[str, str]:
        """Return what is now there in place of what was typed, by the label of its field."""
        return {
            str(self.fields[name].label): says
            for name, says in there.texts.items()
            if says != self.texts[name]
        }
