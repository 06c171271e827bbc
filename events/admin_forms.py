"""The admin's forms: an event, hosts and speakers, registrations."""

from typing import Any

from django import forms

from events import publishing, registration
from events.admin_tools import RefusableForm
from events.models import Contributor, Event, EventPlaces, Registration
from members.models import Member
from members.stale import StaleForm
from members.zones import choices_with
from notifications.admin_fields import WrittenField


class EventForm(RefusableForm):
    """An event with its places; cancelling is an action of its own, because it mails people."""

    time_zone = forms.ChoiceField(
        help_text="All times of the event are in this zone.",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )
    capacity = forms.IntegerField(
        min_value=0, max_value=1_000_000, required=False, help_text="How many may come. Blank means no limit."
    )
    opens_at_once = forms.BooleanField(label="Open it as soon as this is saved", required=False)
    fields_of_refusals = {
        registration.CapacityBelowTaken: "capacity",
        publishing.EventHasRegistrations: "status",
        publishing.OpensAtOnce: "opens_at_once",
    }

    class Meta:
        model = Event
        fields = "__all__"  # the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = EventPlaces.objects.filter(event=self.instance.pk).first()
        if "capacity" in self.fields:
            self.fields["capacity"].initial = places.capacity if places else None
        if "status" in self.fields and self.instance.status != Event.Status.CANCELLED:
            choices = [choice for choice in Event.Status.choices if choice[0] != Event.Status.CANCELLED]
            self.fields["status"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if "time_zone" in self.fields:
            zones = choices_with(self.instance.time_zone)
            self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]  # a choice field


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


class NewRegistrationForm(RefusableForm):
    """Registering somebody who has asked for it, for example by telephone."""

    member = WrittenField(Member.objects.all(), help_text="Their email address, or their name.")
    needs = forms.CharField(label="Access needs", required=False, max_length=2000, widget=forms.Textarea)
    share_with_hosts = forms.BooleanField(label="Hosts of their sessions may see them", required=False)
    has_accepted = forms.BooleanField(label="They have accepted the code of conduct")

    class Meta:
        model = Registration
        fields = ["event", "member"]
