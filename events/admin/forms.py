"""The admin's forms: an event, hosts and speakers, registrations."""

from typing import Any

from django import forms

from common.admin.fields import WrittenField
from common.admin.rules import RefusableForm
from common.edit_conflicts import StaleForm
from common.zones import choices_with
from events import publishing
from events.models import Contributor, Event, EventPlaces, Registration
from events.places import CapacityBelowTaken, Places
from members.models import Member


class PlacesForm(RefusableForm):
    """A record with its places beside it: as many as may be taken, blank for no limit."""

    capacity = forms.IntegerField(
        label="Places", min_value=0, max_value=1_000_000, required=False, help_text="Blank means no limit."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = self.find_places() if self.instance.pk else None
        if "capacity" in self.fields:
            self.fields["capacity"].initial = self.places.capacity if self.places else None

    def find_places(self) -> Places | None:
        """Return the places of the record, where it has some."""
        raise NotImplementedError


class ForSomebodyForm(RefusableForm):
    """What the team does for somebody who has asked for it, for example by telephone."""

    member = WrittenField(Member.objects.all(), help_text="Their email address, or their name.")


class EventForm(PlacesForm):
    """An event with its places; cancelling is an action of its own, because it mails people."""

    time_zone = forms.ChoiceField(
        help_text="All times of the event are in this zone.",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )
    opens_at_once = forms.BooleanField(label="Open it as soon as this is saved", required=False)
    fields_of_refusals = {
        CapacityBelowTaken: "capacity",
        publishing.EventHasRegistrations: "status",
        publishing.OpensAtOnce: "opens_at_once",
    }

    class Meta:
        model = Event
        fields = "__all__"  # the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields and self.instance.status != Event.Status.CANCELLED:
            choices = [choice for choice in Event.Status.choices if choice[0] != Event.Status.CANCELLED]
            self.fields["status"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if "time_zone" in self.fields:
            zones = choices_with(self.instance.time_zone)
            self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]  # a choice field

    def find_places(self) -> Places | None:
        """Return how many may come. One query."""
        return EventPlaces.objects.filter(event=self.instance.pk).first()


class ContributorForm(StaleForm):
    """A host or speaker; their account, if there is one, is written."""

    member = WrittenField(
        Member.objects.all(),
        label="Their account",
        required=False,
        help_text="The email address of the account, or the name. Blank for who has none.",
    )

    class Meta:
        model = Contributor
        fields = "__all__"  # the admin chooses


class NewRegistrationForm(ForSomebodyForm):
    """Registering somebody."""

    has_accepted = forms.BooleanField(
        label="They have accepted the code of conduct",
        help_text="What they need to take part is written down on their page afterwards: Find a person.",
    )

    class Meta:
        model = Registration
        fields = ["event", "member"]
