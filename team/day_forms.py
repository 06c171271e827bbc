"""What staff type on the day of an event."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms

from common.forms import PageFormMixin
from events.models import Event, Session
from live import new_link, notices
from live.models_letters import MOST_REASON
from live.models_notices import MOST_WORDS
from team.day.letters import Ready

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
        initial="0",
        error_messages={"required": "Choose a sentence, or write your own."},
    )
    words = forms.CharField(
        label="Or in your own words",
        required=False,
        max_length=MOST_WORDS,
        help_text="In place of the sentence. At most 200 characters. Everybody reads them, visitors too: "
        "name nobody, give no link.",
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
        said.choices = sentences
        about: Any = self.fields["about"]
        about.queryset = (
            Session.objects.filter(event=event, ends_at__gt=at - timedelta(hours=1)).published().in_order()
        )

    @property
    def text(self) -> str:
        """What it says, once it is valid: own words, where there are any."""
        return self.cleaned_data["words"] or str(notices.PREPARED[int(self.cleaned_data["said"])])


class LinkForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How a session is joined; ``seen`` is how it was when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_sure = forms.BooleanField(
        label="The link leads to another service than before, and that is right", required=False
    )

    class Meta:
        model = Session
        fields = new_link.FIELDS

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        """Begin with how it is joined now."""
        self._host_before = urlsplit(session.join_url).hostname
        super().__init__(*args, instance=copy(session), **kwargs)
        self.initial["seen"] = new_link.seen_as(session)
        if not self._is_another(self.data.get("join_url", "")):
            del self.fields["is_sure"]

    def clean(self) -> dict[str, Any]:
        """Ask once more where the link leads to another service: most often it was pasted wrongly."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "is_sure" in self.fields and not cleaned.get("is_sure"):
            before = self._host_before
            self.add_error("is_sure", f"The link before led to {before}. Tick this if the new one is right.")
        return cleaned

    def look_again(self, refusal: Exception, session: Session) -> None:
        """Keep what was typed, and let it be saved over how it is joined now, once that has been seen."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]  # bound to what was posted
        typed["seen"] = new_link.seen_as(session)
        self.data = typed
        self.add_error(None, str(refusal))

    @property
    def values(self) -> dict[str, str]:
        """How it is joined, as it was typed."""
        return {name: self.cleaned_data[name] for name in new_link.FIELDS}

    def _is_another(self, link: str) -> bool:
        """Whether a link leads to another service than the one before."""
        host = urlsplit(link if "//" in link else f"https://{link}").hostname if link else None
        return bool(host and self._host_before and host != self._host_before)


class LettersForm(PageFormMixin, forms.Form):
    """Whose joining letters go out, and why."""

    sessions = forms.MultipleChoiceField(
        label="Sessions",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the sessions whose letters go out"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=MOST_REASON,
        initial="The site cannot be reached.",
        help_text="It is recorded with your name: how to join is emailed in no other case.",
        error_messages={"required": "Say why it is emailed"},
    )

    def __init__(self, *args: Any, ready: Iterable[Ready], **kwargs: Any) -> None:
        """Offer what is ready, with what is on or starts within an hour ticked."""
        super().__init__(*args, **kwargs)
        sessions: Any = self.fields["sessions"]
        every = list(ready)
        sessions.choices = [(str(one.session.pk), f"{one.hours}: {one.session.title}") for one in every]
        sessions.initial = [str(one.session.pk) for one in every if one.is_meant]
