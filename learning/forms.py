"""The forms of what members write down for themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.edit_conflicts import stamp
from common.forms import PageFormMixin
from learning.models import OneThing, SessionNote
from learning.models_cpd import MAX_NOTE_CHARS, MAX_THING_CHARS

TOO_LONG = gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d.")


class _KeptText(PageFormMixin, forms.Form):
    """A text of theirs, and which of it was seen before they typed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: SessionNote | OneThing | None, **kwargs: Any) -> None:
        initial = {"text": kept.text, "seen": stamp(kept)} if kept else {}
        super().__init__(*args, initial=kwargs.pop("initial", {}) | initial, **kwargs)

    def clean_text(self) -> str:
        """Lines end in one way, whichever browser sent them."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class NoteForm(_KeptText):
    """A note on a session."""

    text = forms.CharField(
        label=gettext_lazy("What did you learn, and what does it change?"),
        required=False,
        max_length=MAX_NOTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=gettext_lazy("Leave it empty to take the note out."),
        error_messages={"max_length": TOO_LONG},
    )


class OneThingForm(_KeptText):
    """The one thing they will do."""

    text = forms.CharField(
        label=gettext_lazy("One thing I will do"),
        required=False,
        max_length=MAX_THING_CHARS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy(
            "Say when and where, as in: on Monday at the huddle I ask who is missing. "
            "Leave it empty to take it out."
        ),
        error_messages={"max_length": TOO_LONG},
    )
    by_email = forms.BooleanField(
        label=gettext_lazy("Send it back to me by email, four weeks after I first save it"), required=False
    )

    def __init__(self, *args: Any, kept: OneThing | None, **kwargs: Any) -> None:
        super().__init__(
            *args, kept=kept, initial={"by_email": kept is None or kept.remind_at is not None}, **kwargs
        )
        if kept and kept.reminded_at:
            del self.fields["by_email"]
