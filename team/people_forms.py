"""The forms on the page of a person: a reason, a note, registering somebody who rings."""

from typing import Any

from django import forms

from common.forms import PageFormMixin
from events.models import Event
from events.models.access_needs import MAX_WORDS_CHARS
from team.models import MAX_NOTE_CHARS


class DeclineForm(PageFormMixin, forms.Form):
    """Why somebody is not approved."""

    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It is in the email that they get.",
        error_messages={"required": "Write the reason: it is sent to the person."},
    )


class EndForm(PageFormMixin, forms.Form):
    """Why a membership ends."""

    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Colleagues read it. It is not emailed.",
    )


class NoteForm(PageFormMixin, forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label="Note for colleagues",
        max_length=MAX_NOTE_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example what you agreed by telephone. No access needs, nothing about health: the "
        "person can ask for what stands here.",
        error_messages={"required": "Write the note first."},
    )


class CallerRegistrationForm(PageFormMixin, forms.Form):
    """Registering somebody who rings: what they need, and that they accept the code of conduct."""

    needs = forms.CharField(
        label="What do they need to take part?",
        required=False,
        max_length=MAX_WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ask it as the form does: captions, a sign language interpreter, breaks, a step-free room. "
        "Not why.",
    )
    share_with_hosts = forms.BooleanField(
        label="They agree that hosts of their sessions see this too", required=False
    )
    heard_conduct = forms.BooleanField(
        label="They heard and accepted the code of conduct, by telephone",
        help_text="Read it to them, or its headings and where it stands. Tick this once they have said yes.",
        error_messages={"required": "Read the code of conduct to them first, then tick this."},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not event.code_of_conduct.strip():
            del self.fields["heard_conduct"]
