"""Forms about the whole programme of an event: using it again, and moving its sessions."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator, slug_re

from common.admin.fields import DayInput
from common.forms import PageFormMixin
from common.times import format_day
from events.models import Event
from workshops.programme.copying import Wanted
from workshops.programme.shifting import Interval

#: The furthest that sessions move at once.
MAX_DAYS: Final = 400
_SIGNS: Final = {"later": 1, "earlier": -1}


class CopyForm(PageFormMixin, forms.Form):
    """What the new event is called, its address and its first day."""

    title = forms.CharField(label="Title", max_length=150, error_messages={"required": "Enter a title"})
    slug = forms.CharField(
        label="Address",
        max_length=60,
        validators=[
            RegexValidator(slug_re, "Use letters, digits, hyphens and underscores, without spaces or accents")
        ],
        help_text="For example 2027. It stands in links, and stays for ever.",
        error_messages={"required": "Enter an address, for example 2027"},
    )
    first_day = forms.DateField(
        label="First day",
        widget=DayInput,
        help_text="All else moves by as many days. The same weekday is suggested.",
        error_messages={
            "required": "Choose the first day",
            "invalid": "Enter a day of the calendar",
        },
    )

    def clean_slug(self) -> str:
        """Refuse an address that another event has."""
        slug: str = self.cleaned_data["slug"]
        if Event.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Another event has this address. Choose another one.")
        return slug

    def clean_first_day(self) -> date:
        """Refuse days that no event can be on."""
        day: date = self.cleaned_data["first_day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Enter a day of this century")
        return day

    @property
    def wanted(self) -> Wanted:
        """What was typed, once it is valid."""
        return Wanted(**self.cleaned_data)


class ShiftForm(PageFormMixin, forms.Form):
    """Which sessions move, how far and in which direction, and whether the event does too."""

    which = forms.ChoiceField(label="Which sessions", widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label="Which way",
        choices=[("later", "Later"), ("earlier", "Earlier")],
        initial="later",
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(label="Days", min_value=0, max_value=MAX_DAYS, required=False)
    hours = forms.IntegerField(label="Hours", min_value=0, max_value=23, required=False)
    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=59, required=False)
    with_event = forms.BooleanField(
        label="Move the event’s days, and its openings and closings, by these days too", required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        length = (event.last_day - event.first_day).days + 1
        days = [event.first_day + timedelta(days=number) for number in range(min(length, 60))]
        choices = [(day.isoformat(), f"Those of {format_day(day)}") for day in days]
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)  # noqa: S101  # declared above
        which.choices = [("all", "All of the event"), *(choices if length > 1 else [])]
        which.initial = "all"

    def clean(self) -> dict[str, Any]:
        """Refuse to move nothing, and to move an event by one of its days."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in ("days", "hours", "minutes")):
            self.add_error("days", "Say how far: days, hours or minutes")
        if not self.errors and cleaned.get("with_event") and cleaned["which"] != "all":
            self.add_error("with_event", "The event moves only with all of its sessions")
        if not self.errors and cleaned.get("with_event") and not cleaned.get("days"):
            self.add_error("with_event", "The event moves by whole days: say how many, or untick this")
        return cleaned

    @property
    def interval(self) -> Interval:
        """How far, once it is valid."""
        typed = self.cleaned_data
        sign = _SIGNS[typed["direction"]]
        minutes = (typed["hours"] or 0) * 60 + (typed["minutes"] or 0)
        day = None if typed["which"] == "all" else date.fromisoformat(typed["which"])
        return Interval(sign * (typed["days"] or 0), sign * minutes, day, with_event=typed["with_event"])
