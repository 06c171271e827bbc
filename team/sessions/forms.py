"""Forms of the page of a session: why somebody is moved up, why needs are looked at."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.datastructures import MultiValueDict

from audit.confidential import Why
from comments.forms import WordsField
from common.forms import PageFormMixin
from workshops.models import SessionWords

#: What a file of the lists is called, and how it ends.
PAGE: Final = "page"
FILES: Final = [("csv", "A file (CSV)"), ("xlsx", "A spreadsheet (XLSX)")]


class MoveUpForm(PageFormMixin, forms.Form):
    """Why somebody overtakes those who asked before them."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="It is recorded with your name, and stands on this session’s page.",
        error_messages={"required": "Say why they come before people who asked earlier"},
    )


class SeenForm(PageFormMixin, forms.Form):
    """A form beside what its press does; ``seen`` is that as the page said it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def has_seen(self, now: str) -> None:
        """Note what the page says now, whatever it said before."""
        if self.is_bound:
            self.data = _but(self.data, "seen", now)
        self.initial["seen"] = now


class CancelForm(SeenForm):
    """Why a session does not take place."""

    reason = forms.CharField(
        label="Why",
        max_length=500,
        help_text="People read it in their email and on the session’s page. Nothing private.",
        error_messages={"required": "Say why it does not take place"},
    )


class CallOffForm(SeenForm):
    """Whether an event is cancelled or postponed, and why."""

    CANCELLED, POSTPONED = "cancelled", "postponed"

    what = forms.ChoiceField(
        label="What becomes of it?",
        choices=[
            (CANCELLED, "It is cancelled"),
            (POSTPONED, "It is postponed: people stay registered, new days are not known yet"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is cancelled or postponed"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        help_text="People read it in their email and on the event’s pages. Nothing private.",
        error_messages={"required": "Say why it does not take place"},
    )


class MessageForm(PageFormMixin, forms.Form):
    """A message to those who come, wait or host; ``people`` says of each group how many they are now."""

    group = forms.ChoiceField(
        label="To", widget=forms.RadioSelect, error_messages={"required": "Choose to whom it goes"}
    )
    subject = forms.CharField(label="Subject", max_length=78, error_messages={"required": "Enter a subject"})
    words = WordsField(
        label="Message",
        rows=10,
        longest=5000,
        help_text="Plain words. The email begins with their name and the session, and leads to its page.",
        error_messages={"required": "Write the message"},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid4()
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        groups = SessionWords.Group.choices
        field.choices = [(value, f"{label}: {people[value]:,}") for value, label in groups]

    def start_anew(self) -> None:
        """Let them send it, where the number has been used for another message."""
        self.data = _but(self.data, "submission", str(uuid4()))

    def clean_words(self) -> str:
        """Return the message with line breaks as they are kept; browsers send two characters."""
        words: str = self.cleaned_data["words"]
        return words.replace("\r\n", "\n")


class NeedsForm(PageFormMixin, forms.Form):
    """Why access needs are looked at, and as what."""

    why = forms.TypedChoiceField(
        label="Why do you look?",
        choices=Why.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text="It is recorded with your name in the history of each person.",
        error_messages={"required": "Choose why you look"},
    )
    shown = forms.ChoiceField(
        label="Show it as",
        choices=[(PAGE, "A page, to read or print"), *FILES],
        initial=PAGE,
        widget=forms.RadioSelect,
    )

    def clean_why(self) -> Any:
        """Return the reason."""
        return Why(self.cleaned_data["why"])


def _but(typed: Mapping[str, Any], name: str, value: str) -> Mapping[str, Any]:
    """Return what was typed with another value of one field, each as it is read from a form."""
    assert isinstance(typed, MultiValueDict)  # noqa: S101  # forms here are bound to what was posted
    changed = typed.copy()
    changed[name] = value
    return changed
