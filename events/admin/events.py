"""Events, themes and contributors in the admin; consequences come from the rules."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from common.admin.heads import BeginsWithItsState, Head, list_of
from common.admin.pages import ShowsProse
from common.admin.rules import CallsRules, ask, to_be_seen, was_seen
from common.admin.stale_saves import RefusesStaleSaves
from common.http import parse_id
from common.times import SITE_ZONE, format_days, short_moment, zone_name
from common.words import counted
from events import cancellation, capacity, publishing, setting_up
from events.admin.columns import ColumnOfTheEvent, places_in_words
from events.admin.forms import ContributorForm, EventForm
from events.admin.registrations import RegistrationAdmin
from events.cancellation import EventNotCancelled
from events.models import Contributor, Event, Registration, Theme
from events.places import CapacityBelowTaken
from events.programme.cache_version import raise_version, raise_versions_of
from members.admin.people import staff


@admin.register(Event)
class EventAdmin(ShowsProse, BeginsWithItsState, RefusesStaleSaves, CallsRules):
    """The events; their times are in their own zone."""

    form = EventForm
    prose_fields = ("description", "venue", "code_of_conduct", "joining_advice")
    refusals = (
        CapacityBelowTaken,
        publishing.EventHasRegistrations,
        publishing.OpensAtOnce,
        publishing.NotToldYet,
    )
    list_display = ["title", "status", "first_day", "last_day", "places_taken", "booking_opens"]
    list_filter = ["status"]
    list_select_related = ["places"]
    search_fields = ["title__typed", "slug"]
    search_help_text = "Title or address, for example 2026"
    actions = ["cancel"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "status", "summary", "description"]}),
        ("When and where", {"fields": ["first_day", "last_day", "time_zone", "place", "venue"]}),
        (
            "Registration",
            {"fields": ["audience", "capacity", "registration_opens_at", "registration_closes_at"]},
        ),
        ("Booking", {"fields": ["booking_opens_at", "booking_closes_at"]}),
        ("Joining online", {"fields": ["test_url", "joining_advice"]}),
        ("Access needs", {"fields": ["ask_needs_by"]}),
        ("Hosts", {"fields": ["host_words_until"]}),
        ("Code of conduct", {"fields": ["code_of_conduct"]}),
    ]

    def head(self, request: HttpRequest, record: Event) -> Head:
        """The days, who comes, and the acts on it."""
        days = " to ".join(filter(None, format_days(record.first_day, record.last_day)))
        is_cancelled = record.status == Event.Status.CANCELLED
        return Head(
            state=record.get_status_display(),
            facts=(days, f"registered: {self.places_taken(record)}"),
            links=(
                ("Who is registered", list_of("events_registration", event__id__exact=record.pk)),
                ("Its sessions", list_of("events_session", event__id__exact=record.pk)),
                ("The team’s page", reverse("team:event", args=[record.slug])),
            ),
            actions=() if is_cancelled else ("cancel",),
        )

    def zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        """Times are the event's: the zone that is being saved, or the saved one."""
        event = Event.objects.filter(pk=parse_id(object_id)).first()
        name = request.POST.get("time_zone") or (event.time_zone if event else SITE_ZONE.key)
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            return super().zone(request, object_id)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Say in which zone the times are."""
        told = f"Times are in {zone_name(obj.time_zone if obj else SITE_ZONE.key)}. "
        told += "Blank opens when the event is published, and closes when its last day is over."
        fieldsets = [(name, dict(options)) for name, options in super().get_fieldsets(request, obj)]
        for name, options in fieldsets:
            if name in ("Registration", "Booking"):
                options["description"] = told
            if name == "Booking" and _is_asked_whether_to_open(request):
                options["fields"] = [*options["fields"], "opens_at_once"]
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the address: links to it are in people's mail."""
        return ["slug"] if obj is not None and obj.status != Event.Status.DRAFT else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow deleting drafts only; what was published is archived."""
        is_draft = obj is None or obj.status == Event.Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: Event, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Save by the rule, and let another change the places."""
        at, by, values = timezone.now(), staff(request), form.cleaned_data
        publishing.save_event(obj, by=by, at=at, may_open_at_once=values.get("opens_at_once", False))
        capacity.set_capacity(obj, values["capacity"], by=by, at=at)

    def response_add(self, request: HttpRequest, obj: Event, post_url_continue: str | None = None) -> Any:
        """Lead on to what the event lacks next."""
        self._tell_next_step(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Event) -> Any:
        """Lead on to what the event lacks next."""
        self._tell_next_step(request, obj)
        return super().response_change(request, obj)

    def _tell_next_step(self, request: HttpRequest, event: Event) -> None:
        for step in setting_up.steps(event)[:1]:
            link = format_html('Next: <a href="{}">{}</a>.', step.url, step.text)
            self.message_user(request, link, messages.INFO)

    @admin.display(description="registered")
    def places_taken(self, event: Event) -> str:
        """How many come, of how many, and how many wait."""
        return places_in_words(getattr(event, "places", None), none="0")

    @admin.display(description="booking opens", ordering="booking_opens_at")
    def booking_opens(self, event: Event) -> str:
        """The opening moment in the event's zone."""
        return short_moment(event.booking_opens_at, event.zone)

    @admin.action(description="Cancel the event… (mails everybody)", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        """Cancel the selected events, after asking."""
        at = timezone.now()
        touched = {event.pk: cancellation.look(event, at=at) for event in queryset}
        who = counted(
            sum(one.people for one in touched.values()),
            "%(count)s person who is registered, waits or hosts",
            "%(count)s people who are registered, wait or host",
        )
        sentences = [
            f"This mails {who}. Nobody can register or book after it.",
            "For ten minutes nobody is mailed, and it can be brought back on the team’s page of the event. "
            "There you can also give a reason, or say that it is postponed.",
        ]
        said = to_be_seen({pk: one.seen for pk, one in touched.items()})
        title = "Cancel the event"
        if page := ask(self, request, queryset, action="cancel", title=title, sentences=sentences, seen=said):
            return page
        seen = was_seen(request)
        for event in queryset:
            try:
                cancellation.cancel_event(event, by=staff(request), at=at, seen=seen.get(str(event.pk), ""))
            except EventNotCancelled as refusal:
                self.message_user(request, f"{event}: {refusal}", messages.WARNING)
            else:
                self.message_user(request, f"{event} is cancelled.", messages.SUCCESS)
        return None


def _is_asked_whether_to_open(request: HttpRequest) -> bool:
    """Whether the form has the tick for opening at once: once the rule has refused."""
    was_refused = isinstance(getattr(request, "refusal", None), publishing.OpensAtOnce)
    return was_refused or "opens_at_once" in request.POST


@admin.register(Theme)
class ThemeAdmin(ColumnOfTheEvent, ShowsProse, RefusesStaleSaves):
    """The themes of an event."""

    prose_fields = ("description",)
    list_display = ["title", "event", "position", "colour"]
    list_filter = ["event"]
    list_select_related = ["event"]
    list_per_page = 50
    search_fields = ["title__typed"]
    search_help_text = "Title"
    prepopulated_fields = {"slug": ["title"]}

    def save_model(
        self, request: HttpRequest, obj: Theme, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Save; the programme shows it."""
        super().save_model(request, obj, form, change)
        raise_version(obj.event_id)

    def delete_model(self, request: HttpRequest, obj: Theme) -> None:
        """Delete; the programme no longer shows it."""
        raise_version(obj.event_id)
        super().delete_model(request, obj)


@admin.register(Contributor)
class ContributorAdmin(RefusesStaleSaves):
    """Hosts and speakers, members or not."""

    form = ContributorForm
    written_relations = ["member"]
    list_display = ["name", "organisation", "role", "email", "member"]
    list_select_related = ["member"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name_folded__typed", "email", "organisation__typed"]
    search_help_text = "Name, email address or organisation"
    fields = ["name", "email", "organisation", "role", "biography", "member"]

    def save_model(
        self, request: HttpRequest, obj: Contributor, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Save; the programmes show the name."""
        super().save_model(request, obj, form, change)
        raise_versions_of(obj)


admin.site.register(Registration, RegistrationAdmin)
