"""Forms for taking somebody out of an event, and for the second look at that."""

from datetime import datetime
from typing import Any, Final

from django import forms

from comments.forms import WordsField
from common.forms import PageFormMixin
from concerns.models import Removal

LONGEST: Final = 4000
TOO_LONG: Final = "Use up to %(most)s characters."


class RemovalForm(PageFormMixin, forms.Form):
    """Why somebody is taken out of an event, and what they are told."""

    reason = WordsField(
        longest=LONGEST,
        too_long=TOO_LONG,
        rows=4,
        label="Why, for the team",
        help_text="Kept for who looks again. They are not shown it, so it may say who told you what.",
        error_messages={"required": "Say why, for whoever looks again"},
    )
    words = WordsField(
        longest=LONGEST,
        too_long=TOO_LONG,
        rows=4,
        label="What they are told",
        help_text="It stands in their email, which says besides what ends and how to ask for a second look.",
        error_messages={"required": "Say it to them in your words"},
    )


class LookAgainForm(PageFormMixin, forms.Form):
    """What a second look makes of it."""

    LIFT, KEEP = "lift", "keep"

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(LIFT, "Lift it: they may register again"), (KEEP, "Let it stand: they stay out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    words = WordsField(
        longest=LONGEST,
        too_long=TOO_LONG,
        rows=4,
        label="What they are told",
        error_messages={"required": "Say it to them in your words"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, removal: Removal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = "|".join(one.isoformat() if one else "" for one in _moments(removal))

    def as_seen(self, removal: Removal) -> Removal:
        """Return the removal as the page said: what a stale page is wrong about."""
        asked, _, decided = self.cleaned_data["seen"].partition("|")
        removal.asked_at, removal.decided_at = _moment(asked), _moment(decided)
        return removal


def _moments(removal: Removal) -> tuple[datetime | None, datetime | None]:
    return removal.asked_at, removal.decided_at


def _moment(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None
