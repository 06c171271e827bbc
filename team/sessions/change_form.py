"""The form that changes the time, the room and the places of a session."""

from copy import copy
from functools import partial
from typing import Any

from django import forms

from common.admin.fields import Moment
from common.forms import PageFormMixin
from common.times import zone_name
from events.models import Session
from events.places import Places
from team.sessions import meanwhile
from workshops.programme import effects


class ChangeForm(PageFormMixin, forms.Form):
    """When, where, and how many places; times are read in the zone that is active: the event's."""

    starts_at = forms.SplitDateTimeField(
        label="Starts",
        widget=Moment,
        error_messages={
            "required": "Enter a day and a time",
            "invalid_date": "Enter a day.",
            "invalid_time": "Enter a time, such as 09:00.",
        },
    )
    ends_at = forms.SplitDateTimeField(
        label="Ends",
        widget=Moment,
        error_messages={
            "required": "Enter a day and a time",
            "invalid_date": "Enter a day.",
            "invalid_time": "Enter a time, such as 17:00.",
        },
    )
    room = forms.CharField(label="Room", required=False, max_length=120)
    places = forms.IntegerField(
        label="Places",
        required=False,
        min_value=0,
        max_value=100_000,
        help_text="Leave it empty for no limit. There can be no fewer than are taken.",
    )

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        self.session = session
        self.row: Places | None = getattr(session, "workshop", None)
        initial: dict[str, Any] = {name: getattr(session, name) for name in effects.FIELDS}
        initial["places"] = self.row.capacity if self.row else None
        initial["opened"] = partial(meanwhile.newest, session)
        super().__init__(*args, initial=initial, **kwargs)
        zone = zone_name(session.event.time_zone)
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = f"{zone}."
        if self.row is None:
            del self.fields["places"]

    def carry(self) -> None:
        """Let a page carry what is typed unseen: nothing describes a field that nobody sees."""
        for bound in self:
            bound.help_text = ""

    def clean(self) -> dict[str, Any]:
        """A session ends after it starts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "It must end after it starts.")
        places = cleaned.get("places")
        if self.row and "places" in cleaned and not self.row.can_be(places):
            taken = "1 place is" if self.row.taken == 1 else f"{self.row.taken} places are"
            self.add_error("places", f"{taken} taken, so there cannot be fewer.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What is typed of the session itself."""
        return {name: self.cleaned_data[name] for name in effects.FIELDS}

    @property
    def capacity(self) -> int | None:
        """How many places are wanted; ``None`` for no limit, and where nobody books."""
        return self.cleaned_data.get("places")

    def wanted(self) -> Session:
        """Return the session with what is typed, not saved."""
        wanted = copy(self.session)
        for name, value in self.values.items():
            setattr(wanted, name, value)
        return wanted
