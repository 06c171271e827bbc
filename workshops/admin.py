"""Sessions, with their places beside them, and bookings in the admin; every change goes through the rules."""

from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from events.admin_tools import (
    CallsRules,
    ColumnOfTheEvent,
    RowsOfRules,
    ask,
    number,
    places_in_words,
    reason_form,
    short_moment,
)
from events.models import Contributor, Event, Session, SessionContributor
from events.versions import raise_version
from members.admin_tools import ShowsProse, staff
from members.stale import RefusesStaleSaves
from members.times import format_moment, zone_name
from notifications.admin_fields import WrittenField
from workshops import admin_import, booking, programme, telling, waiting
from workshops.admin_filters import PlacesFilter
from workshops.admin_forms import NewBookingForm, SessionContributorForm, SessionForm
from workshops.models import Booking, Workshop
from workshops.refusals import BookingRefused

if TYPE_CHECKING:
    ContributorInlineBase = admin.StackedInline[SessionContributor, Session]
else:  # generic to the type checker only
    ContributorInlineBase = admin.StackedInline


class ContributorInline(ContributorInlineBase):
    """Who hosts the session or speaks in it; two new ones at a time without JavaScript."""

    model = SessionContributor
    form = SessionContributorForm
    fields = [("contributor", "part", "position")]
    verbose_name = "host or speaker"
    verbose_name_plural = "hosts and speakers"
    extra = 2

    def get_queryset(self, request: HttpRequest) -> QuerySet[SessionContributor]:
        """Know their names, without a query of its own for each."""
        return super().get_queryset(request).select_related("contributor")


@admin.register(Session)
class SessionAdmin(ColumnOfTheEvent, ShowsProse, RefusesStaleSaves, CallsRules):
    """The sessions; times are their event's."""

    form = SessionForm
    prose_fields = ("description", "ground_rules")
    refusals = (programme.ProgrammeRefused,)
    inlines = [ContributorInline]
    change_list_template = "admin/events/session/change_list.html"
    list_display = ["title", "event", "format", "when", "room", "places", "status"]
    list_filter = ["event", PlacesFilter, "status", "format", "themes"]
    list_select_related = ["event", "workshop"]
    search_fields = ["title__typed", "room__typed", "external_id", "contributors__name_folded__typed"]
    search_help_text = "Title, room, host or speaker, or id in your spreadsheet"
    actions = ["publish", "cancel"]
    access = ["is_recorded", "has_captions", "has_sign_language", "is_camera_optional", "is_step_free"]
    fieldsets = [
        (
            None,
            {"fields": ["event", "title", "slug", "format", "status", "themes", "summary", "description"]},
        ),
        ("When and where", {"fields": ["starts_at", "ends_at", "room"]}),
        ("Places", {"fields": ["needs_booking", "capacity", "booking_opens_at", "booking_closes_at"]}),
        ("Joining", {"fields": ["join_url", "meeting_number", "passcode", "dial_in"]}),
        ("Afterwards and on demand", {"fields": ["recording_url", "transcript"]}),
        ("Access and ground rules", {"fields": [*access, "content_note", "ground_rules"]}),
        ("Import", {"fields": ["external_id"], "classes": ["collapse"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that import a programme."""
        view = self.admin_site.admin_view
        return [
            path(
                "import/", view(partial(admin_import.upload, model_admin=self)), name="events_session_import"
            ),
            path(
                "import/<int:pk>/",
                view(partial(admin_import.confirm, model_admin=self)),
                name="events_session_import_confirm",
            ),
            *super().get_urls(),
        ]

    def zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        """Times are those of the session's event."""
        posted, events = request.POST.get("event"), Event.objects.all()
        if object_id:
            event = events.filter(sessions=number(object_id)).first()
        else:
            event = events.filter(pk=number(posted)).first() if posted else events.first()
        return event.zone if event else super().zone(request, object_id)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Say in which zone the times are, and whom a change mails."""
        zone = timezone.get_current_timezone_name()
        times = f"Times are the event's: {zone_name(zone)}."
        told = {"When and where": f"{times} {self._mails(request, obj)}", "Places": times}
        fieldsets = [(name, dict(options)) for name, options in super().get_fieldsets(request, obj)]
        for name, options in fieldsets:
            if name in told:
                options["description"] = told[name].strip()
        return fieldsets

    def _mails(self, request: HttpRequest, obj: Session | None) -> str:
        """Say whom a change mails; asked once a request, however often the page needs it."""
        if obj is None or not obj.is_published:
            return ""
        if not hasattr(request, "people_told"):
            request.people_told = telling.people_told(obj)  # type: ignore[attr-defined]  # kept for this page
        people = request.people_told  # type: ignore[attr-defined]  # set above
        return f"A new time or room, or cancelling, mails those who are booked, wait or host: {people} now."

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the event, and the address once it is public: links to it are in people's mail."""
        if obj is None:
            return []
        return ["event", "slug"] if obj.status != Session.Status.DRAFT else ["event"]

    def save_model(
        self, request: HttpRequest, obj: Session, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Save by the rules of the programme."""
        at, values = timezone.now(), form.cleaned_data
        programme.save_session(obj, at=at)
        if not obj.is_live:
            return
        places = Workshop.objects.filter(session=obj).first()
        if not values["needs_booking"]:
            programme.open_to_all(obj)
        elif places is None or places.capacity != values["capacity"]:
            programme.set_capacity(obj, values["capacity"], at=at)

    def delete_model(self, request: HttpRequest, obj: Session) -> None:
        """Delete a session that nobody ever booked; the database refuses others."""
        raise_version(obj.event_id)
        super().delete_model(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Offer the names of all hosts and speakers once for the whole page. One query."""
        label = WrittenField(Contributor.objects.all()).label_from_instance
        context["known_people"] = [label(one) for one in Contributor.objects.all()]
        context["mails"] = self._mails(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="when (event's time)", ordering="starts_at")
    def when(self, session: Session) -> str:
        """The time in the event's zone, short."""
        return short_moment(session.starts_at, session.event.zone) or "on demand"

    @admin.display(description="places")
    def places(self, session: Session) -> str:
        """How many places are taken, of how many, and how many people wait."""
        return places_in_words(getattr(session, "workshop", None), none="open to all")

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """Publish the selected drafts."""
        self._become(request, queryset.filter(status=Session.Status.DRAFT), Session.Status.PUBLISHED)

    @admin.action(description="Cancel the session… (mails everybody)", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Session]) -> HttpResponse | None:
        """Cancel the selected sessions, after saying whom it mails."""
        concerned = queryset.exclude(status=Session.Status.CANCELLED)
        people = sum(telling.people_told(session) for session in concerned)
        sentences = [f"This mails those who are booked, wait or host: {people} now. Their bookings end."]
        if page := ask(
            self, request, concerned, action="cancel", title="Cancel the session", sentences=sentences
        ):
            return page
        self._become(request, concerned, Session.Status.CANCELLED)
        return None

    def _become(self, request: HttpRequest, queryset: QuerySet[Session], status: Session.Status) -> None:
        done = 0
        for session in queryset:
            session.status = status
            programme.save_session(session, at=timezone.now())
            self.log_change(request, session, f"Became {status.label.lower()}.")
            done += 1
        self.message_user(
            request, f"{done} now {status.label.lower()}.", messages.SUCCESS if done else messages.INFO
        )


@admin.register(Booking)
class BookingAdmin(ColumnOfTheEvent, RowsOfRules):
    """Who has, waits for or gave up what; rows change by the rules only."""

    form = NewBookingForm
    refusals = (BookingRefused,)
    list_display = ["member", "session", "event", "status", "ticket", "held_until", "changed"]
    list_filter = ["status", "session__event"]
    list_select_related = ["member", "session__event", "registration"]
    search_fields = ["member__name_folded__typed", "member__email", "session__title__typed"]
    search_help_text = "Name or email address, or title of the session"
    written_relations = ["member"]
    actions = ["cancel", "move_up"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for who and what on a new one; show all of one that there is."""
        if obj is None:
            return ["member", "session"]
        return [
            "member",
            "session",
            "event",
            "status",
            "ended",
            "ticket",
            "held_until",
            "made",
            "changed",
            "overrides",
        ]

    def save_model(
        self, request: HttpRequest, obj: Booking, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Book by the same rule as the page."""
        made = booking.book(obj.session, obj.registration, at=timezone.now())
        obj.pk, obj.status, obj.member_id = made.pk, made.status, made.member_id

    @admin.display(description="event", ordering="session__event")
    def event(self, one: Booking) -> str:
        """The event of the session."""
        return str(one.session.event)

    @admin.display(description="held until", ordering="expires_at")
    def held_until(self, one: Booking) -> str:
        """The deadline of an offer, in the event's zone."""
        return short_moment(one.expires_at, one.session.event.zone)

    @admin.display(description="made", ordering="created_at")
    def made(self, one: Booking) -> str:
        """When it was made, in the event's zone."""
        return short_moment(one.created_at, one.session.event.zone)

    @admin.display(description="last changed", ordering="status_changed_at")
    def changed(self, one: Booking) -> str:
        """When the status changed, in the event's zone."""
        return short_moment(one.status_changed_at, one.session.event.zone)

    @admin.display(description="moved up")
    def overrides(self, one: Booking) -> str:
        """Every departure from first come, first served: who, when, why."""
        zone = one.session.event.time_zone
        lines = [
            f"{override.by}, {format_moment(override.at, zone)}: {override.reason}"
            for override in one.overrides.select_related("by")
        ]
        return "\n".join(lines) or "Never."

    @admin.action(description="Cancel the booking…", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Booking]) -> HttpResponse | None:
        """Cancel the selected bookings for their members, after asking."""
        sentences = ["The places go to the waiting lists at once. Each member is told in her agenda mail."]
        if page := ask(
            self, request, queryset, action="cancel", title="Cancel the booking", sentences=sentences
        ):
            return page
        for one in queryset:
            booking.cancel(one, at=timezone.now(), by=staff(request), ended=Booking.Ended.BY_STAFF)
            self.log_change(request, one, "Cancelled for the member.")
        self.message_user(request, "The bookings are cancelled.", messages.SUCCESS)
        return None

    @admin.action(description="Move up to the head of the waiting list…", permissions=["change"])
    def move_up(self, request: HttpRequest, queryset: QuerySet[Booking]) -> HttpResponse | None:
        """Move the selected waiting people to the head of their line, with a reason that is recorded."""
        form = reason_form(request)
        line = queryset.filter(status=Booking.Status.WAITING)
        sentences = ["They will have the next place that comes free, before people who asked earlier."]
        title = "Move up"
        if page := ask(self, request, line, action="move_up", title=title, sentences=sentences, form=form):
            return page
        for one in line.order_by("-ticket"):
            waiting.move_up(one, at=timezone.now(), by=staff(request), reason=form.cleaned_data["reason"])
            self.log_change(request, one, f"Moved up: {form.cleaned_data['reason']}")
        self.message_user(request, "They are at the head of the waiting list.", messages.SUCCESS)
        return None
