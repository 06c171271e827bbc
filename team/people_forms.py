"""The forms on the page of a person: a reason, a note, registering somebody who rings."""

from typing import Any

from django import forms

from common.forms import PageFormMixin
from events.access_needs import Told
from events.models import Event
from events.models.access_needs import MAX_WORDS_CHARS, kinds_for
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


class CallerNeedsForm(PageFormMixin, forms.Form):
    """What somebody who rings needs to take part, and that they agree to have it kept."""

    kinds = forms.MultipleChoiceField(
        label="What do they need to take part?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ask it as the form does. Not why.",
    )
    needs = forms.CharField(
        label="Anything else they need, in their words",
        required=False,
        max_length=MAX_WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    share_with_hosts = forms.BooleanField(
        label="They agree that hosts of their sessions see this too", required=False
    )
    consents = forms.BooleanField(
        label="They agree that we keep what they need",
        required=False,
        help_text="Tell them: the event team and support see it, hosts only where they agree to that too; it "
        "is erased 30 days after the event. Tick this once they have said yes.",
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = [(kind.value, kind.label) for kind in kinds_for(event)]

    def clean(self) -> dict[str, Any]:
        """Nothing is kept of what they need without their yes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (cleaned.get("kinds") or cleaned.get("needs")) and not cleaned.get("consents"):
            self.add_error("consents", "Ask them first: without their yes nothing of it may be kept.")
        return cleaned

    def told(self) -> Told:
        """Return what they need, as the rule takes it; hosts may know of all of it, or of nothing."""
        cleaned = self.cleaned_data
        for_hosts = cleaned.get("share_with_hosts", False)
        return {
            "needs": cleaned.get("needs", ""),
            "share_with_hosts": for_hosts,
            "kinds": dict.fromkeys(cleaned.get("kinds", ()), for_hosts),
        }

    def said(self) -> dict[str, Any]:
        """Return what they need and that they agree, as the rule takes it."""
        return {**self.told(), "consents": self.cleaned_data.get("consents", False)}


class CallerRegistrationForm(CallerNeedsForm):
    """Registering somebody who rings: what they need, and that they accept the code of conduct."""

    heard_conduct = forms.BooleanField(
        label="They heard and accepted the code of conduct, by telephone",
        help_text="Read it to them, or its headings and where it stands. Tick this once they have said yes.",
        error_messages={"required": "Read the code of conduct to them first, then tick this."},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        if not event.code_of_conduct.strip():
            del self.fields["heard_conduct"]

    def heard(self) -> dict[str, Any]:
        """Return what was agreed by telephone for the registration."""
        return {**self.said(), "heard_conduct": self.cleaned_data.get("heard_conduct", False)}
