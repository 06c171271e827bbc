"""The forms of the admin's own pages for sessions and bookings."""

from typing import Any

from django import forms

from common import refill_forms
from common.admin.fields import WrittenField
from common.plain_text import PlainTextMixin
from common.times import short_moment
from events.admin.forms import ForSomebodyForm, PlacesForm
from events.models import Contributor, Event, Registration, Session, SessionContributor, Theme
from events.places import CapacityBelowTaken, Places
from workshops.models import Booking
from workshops.programme import changes
from workshops.programme_import.hosts_and_themes import free_slug


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Themes of an event, as ticks; of several events each with its event's name."""

    has_several_events = True

    def label_from_instance(self, obj: Theme) -> str:
        """Return the theme's title."""
        return f"{obj.title} ({obj.event})" if self.has_several_events else obj.title


class SessionForm(PlacesForm):
    """A session with its workshop's capacity beside it."""

    needs_booking = forms.BooleanField(
        label="People book a place",
        required=False,
        help_text="Otherwise it is open to all who are registered.",
    )
    themes = ThemesField(
        Theme.objects.select_related("event"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fields_of_refusals = {
        CapacityBelowTaken: "capacity",
        changes.MoveWouldClash: "starts_at",
        changes.SessionHasBookings: "status",
    }

    class Meta:
        model = Session
        fields = "__all__"  # the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "needs_booking" in self.fields:
            self.fields["needs_booking"].initial = self.places is not None or self.instance.pk is None
        status = self.fields.get("status")
        if isinstance(status, forms.ChoiceField) and self.instance.status != Session.Status.CANCELLED:
            kept = [(value, label) for value, label in Session.Status.choices if value != "cancelled"]
            status.choices = kept
            status.help_text = "It is cancelled on the team’s page of it, which says first whom that touches."
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Blank is made from the title. It stays for ever once published."
        themes = self.fields.get("themes")
        if isinstance(themes, ThemesField) and self.instance.pk:
            themes.has_several_events = False
            themes.queryset = Theme.objects.filter(event=self.instance.event_id)

    def find_places(self) -> Places | None:
        """Return its workshop, which was loaded with it."""
        return getattr(self.instance, "workshop", None)

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


class SessionContributorForm(PlainTextMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who hosts or speaks: a name that the page suggests, by the browser's own list."""

    contributor = WrittenField(Contributor.objects.all(), label="Name")

    class Meta:
        model = SessionContributor
        fields = ["contributor", "part", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributor"].widget.attrs["list"] = "known-people"
        number = self.instance.contributor_id
        if number and self.initial.get("contributor") == number:  # loaded with it: no query of its own
            self.initial["contributor"] = self.instance.contributor


class RefilledFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """Entries below a record; what Django adds to each, *Delete*, is filled in like their own fields."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add them, and what was ticked before a log-in."""
        super().add_fields(form, index)
        refill_forms.fill(form)


class SessionChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A session among those that people book, by day and time."""

    def label_from_instance(self, obj: Session) -> str:
        """Return "Wed 2 Dec, 10:30: Draw your ward (Community event 2026)"."""
        return f"{short_moment(obj.starts_at, obj.event.zone)}: {obj.title} ({obj.event})"


class NewBookingForm(ForSomebodyForm):
    """Booking a place for somebody."""

    session = SessionChoiceField(
        Session.objects.published().live().filter(workshop__isnull=False).select_related("event").in_order()
    )

    has_accepted = forms.BooleanField(
        label="Register them for the event as well: they have accepted the code of conduct",
        required=False,
        help_text="Only for somebody who is not registered yet.",
    )

    class Meta:
        model = Booking
        fields = ["session"]

    def clean(self) -> dict[str, Any]:
        """Book on their registration for the session's event; the rule makes one where that was ticked."""
        cleaned = super().clean()
        member, session = cleaned.get("member"), cleaned.get("session")
        if member is None or session is None:
            return cleaned
        theirs = Registration.objects.filter(member=member, event=session.event_id)
        registration = theirs.exclude(status=Registration.Status.CANCELLED).select_related("event").first()
        if registration is None and not cleaned.get("has_accepted"):
            problem = f"{member} is not registered for {session.event}. Tick the box below to register them."
            self.add_error("member", problem)
        elif registration is not None:
            self.instance.registration = registration
        return cleaned


class UploadForm(forms.Form):
    """A programme, as a file."""

    event = forms.ModelChoiceField(Event.objects.all())
    file = forms.FileField(
        help_text="CSV, XLSX or ODS, one row a session, headings on top. What the columns are called, and "
        "how days and times are written, matters little: what could mean two things you are asked next.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods,.txt,.tsv"}),
    )
    new_sessions = forms.ChoiceField(
        label="New sessions come as",
        choices=[("draft", "Drafts, which only the team sees"), ("published", "Published at once")],
        initial="draft",
        widget=forms.RadioSelect,
        help_text="Where the file has a column status (draft or published), that counts.",
    )
    lift_limits = forms.BooleanField(
        label="A blank capacity lifts the limit of sessions that people have booked", required=False
    )
