"""The form in which a host changes the words of their session."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from comments.forms import WordsField
from common.forms import PageFormMixin
from hosting import words
from hosting.models_words import MAX_CHARS, WORDS

_PARAGRAPHS = gettext_lazy(
    "An empty line begins a new paragraph, a line that begins with “- ” is one of a list."
)


class WordsForm(PageFormMixin, forms.Form):
    """What the session says, as its host would have it."""

    summary = WordsField(
        label=gettext_lazy("Summary"),
        required=False,
        rows=3,
        longest=400,
        help_text=gettext_lazy("One or two sentences; they stand on the programme too."),
    )
    description = WordsField(
        label=gettext_lazy("Description"),
        required=False,
        rows=12,
        longest=MAX_CHARS,
        help_text=_PARAGRAPHS,
    )
    ground_rules = WordsField(
        label=gettext_lazy("Ground rules, and what to bring"),
        required=False,
        rows=6,
        longest=MAX_CHARS,
        help_text=_PARAGRAPHS,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def wanted(self) -> dict[str, str]:
        """What is typed, as it is kept."""
        return {name: words.plain(name, self.cleaned_data[name]) for name in WORDS}

    def see(self, seen: str) -> None:
        """Let them save what is typed over what they are shown now."""
        assert isinstance(self.data, MultiValueDict)  # noqa: S101  # this form is bound to what was posted
        self.data = self.data.copy()
        self.data["seen"] = seen
