"""What staff type on the day of an event."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms

from common.forms import PageFormMixin
from events.models import Event, Session
from live import notices
from live.models_notices import MOST_WORDS

#: The choice that the words below are meant.
OWN: Final = "own"
HOUR: Final = 60
#: How long a notice stands, in minutes.
STANDS: Final = (15, 30, 60, 180, 600)


def _long(minutes: int) -> str:
    if minutes < HOUR:
        return f"{minutes} minutes"
    return "1 hour" if minutes == HOUR else f"{minutes // HOUR} hours"


class NoticeForm(PageFormMixin, forms.Form):
    """A notice: one of few sentences or own words, where it stands, and how long."""

    said = forms.ChoiceField(
        label="What it says",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a sentence, or write your own."},
    )
    words = forms.CharField(
        label="Your own words",
        required=False,
        max_length=MOST_WORDS,
        help_text="At most 200 characters. Everybody reads them, visitors too: name nobody, give no link.",
    )
    about = forms.ModelChoiceField(
        label="Where it stands",
        queryset=Session.objects.none(),
        required=False,
        empty_label="The whole event",
    )
    stands = forms.TypedChoiceField(
        label="How long it stands",
        coerce=int,
        initial=60,
        choices=[(minutes, _long(minutes)) for minutes in STANDS],
        help_text="Then it ends by itself. You can take it down before.",
    )

    def __init__(self, *args: Any, event: Event, at: datetime, **kwargs: Any) -> None:
        """Offer the sentences, and the sessions of the event that are not over."""
        super().__init__(*args, **kwargs)
        sentences = [(str(number), words) for number, words in enumerate(notices.PREPARED)]
        said: Any = self.fields["said"]
        said.choices = [*sentences, (OWN, "What I write below")]
        about: Any = self.fields["about"]
        about.queryset = (
            Session.objects.filter(event=event, ends_at__gt=at - timedelta(hours=1)).published().in_order()
        )

    def clean(self) -> dict[str, Any]:
        """Take the words that were chosen, or typed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("said") == OWN and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "Write what it says, or choose a sentence.")
        return cleaned

    @property
    def text(self) -> str:
        """What it says, once it is valid."""
        said: str = self.cleaned_data["said"]
        return self.cleaned_data["words"] if said == OWN else str(notices.PREPARED[int(said)])
