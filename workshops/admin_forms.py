"""The forms of the admin's own pages for sessions and bookings."""

from typing import Any

from django import forms

from events.admin_tools import RefusableForm
from events.models import Event, Session
from workshops import programme
from workshops.models import Booking, Workshop
from workshops.programme_people import free_slug


class SessionForm(RefusableForm):
    """A session with its workshop's capacity beside it."""

    needs_booking = forms.BooleanField(
        label="People book a place",
        required=False,
        help_text="Otherwise it is open to all who are registered.",
    )
    capacity = forms.IntegerField(
        label="Places", min_value=0, max_value=1_000_000, required=False, help_text="Blank means no limit."
    )
    fields_of_refusals = {
        programme.CapacityBelowTaken: "capacity",
        programme.MoveWouldClash: "starts_at",
        programme.SessionHasBookings: "status",
    }

    class Meta:
        model = Session
        fields = "__all__"  # the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Workshop.objects.filter(session=self.instance.pk).first()
        if "capacity" in self.fields:
            self.fields["capacity"].initial = places.capacity if places else None
            self.fields["needs_booking"].initial = places is not None or self.instance.pk is None
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Make the address where none is given; themes are the event's own."""
        cleaned = super().clean()
        event: Event | None = cleaned.get("event") or (self.instance.event if self.instance.pk else None)
        if event is None:
            return cleaned
        if "slug" in self.fields and not cleaned.get("slug"):
            taken = set(event.sessions.exclude(pk=self.instance.pk).values_list("slug", flat=True))
            cleaned["slug"] = free_slug(cleaned.get("title", ""), f"session-{len(taken) + 1}", taken)
        if any(theme.event_id != event.pk for theme in cleaned.get("themes", [])):
            self.add_error("themes", "Choose themes of this event.")
        if cleaned.get("capacity") is not None and not cleaned.get("needs_booking"):
            self.add_error("capacity", "Tick “People book a place”, or leave the places blank.")
        return cleaned


class NewBookingForm(RefusableForm):
    """Booking a place for somebody who has asked for it, for example by telephone."""

    class Meta:
        model = Booking
        fields = ["registration", "session"]


class UploadForm(forms.Form):
    """A programme, as a file."""

    event = forms.ModelChoiceField(Event.objects.all())
    file = forms.FileField(
        help_text="CSV or XLSX with the columns title (required), format, theme, starts_at, ends_at, room, "
        "capacity, hosts, summary, description and id, in any order. Several hosts or themes are parted by "
        "semicolons.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )
    lift_limits = forms.BooleanField(
        label="A blank capacity lifts the limit of sessions that people have booked", required=False
    )
