"""Forms of the page of access needs: which cases, and what is done in place of what cannot be."""

from collections.abc import Sequence

from django import forms

from common.forms import PageFormMixin
from events.models import Event
from events.models.access_needs import MAX_WORDS_CHARS
from team.needs.cases import STATES, WHOSE, Asked


class CasesForm(forms.Form):
    """Shows the filters of the list as they stand; ``team.needs.cases.parse`` reads them."""

    event = forms.ChoiceField(label="Event", required=False)
    state = forms.ChoiceField(label="Which", required=False, choices=list(STATES.items()))
    whose = forms.ChoiceField(label="Whose", required=False, choices=list(WHOSE.items()))

    def __init__(self, asked: Asked, events: Sequence[Event]) -> None:
        super().__init__(initial=vars(asked), use_required_attribute=False)
        field = self.fields["event"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "All events"), *((one.slug, one.title) for one in events)]


class InsteadForm(PageFormMixin, forms.Form):
    """What the team does in place of what it cannot."""

    instead = forms.CharField(
        label="What do you do instead?",
        max_length=MAX_WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They read it in an email and on their page, and decide by it whether they come. "
        "For example: the slides and a transcript on the day after.",
        error_messages={
            "required": "Write what you do instead: they read it, and decide by it whether they come."
        },
    )
