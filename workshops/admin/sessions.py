"""Sessions, with their places beside them, in the admin; every change goes through the rules."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from common.admin.fields import WrittenField
from common.admin.heads import BeginsWithItsState, Head, list_of
from common.admin.pages import ShowsProse
from common.admin.rules import CallsRules, ask, to_be_seen, was_seen
from common.admin.stale_saves import RefusesStaleSaves
from common.http import parse_id
from common.times import short_moment, zone_name
from events.admin.columns import ColumnOfTheEvent, places_in_words
from events.models import Contributor, Event, Session, SessionContributor
from events.places import CapacityBelowTaken
from events.programme.cache_version import raise_version
from members.admin.people import staff
from workshops import notices
from workshops.admin import programme_export, programme_upload, save_confirmed
from workshops.admin.bookings import BookingAdmin
from workshops.admin.filters import PlacesFilter
from workshops.admin.forms import RefilledFormSet, SessionContributorForm, SessionForm
from workshops.admin.save_confirmed import BACK, SEEN, people_after
from workshops.models import Booking, Workshop
from workshops.programme import cancelling, capacity, changes, foreseen

if TYPE_CHECKING:
    ContributorInlineBase = admin.StackedInline[SessionContributor, Session]
else:  # generic to the type checker only
    ContributorInlineBase = admin.StackedInline

#: The states of bookings that a session's page in the admin counts.
_STATES: Final = {
    Booking.Status.BOOKED: "Booked",
    Booking.Status.CONTESTED: "To decide",
    Booking.Status.OFFERED: "Offered",
    Booking.Status.WAITING: "Waiting",
}


class ContributorInline(ContributorInlineBase):
    """Who hosts the session or speaks in it; two new ones at a time without JavaScript."""

    model = SessionContributor
    form, formset = SessionContributorForm, RefilledFormSet
    fields = [("contributor", "part", "position")]
    verbose_name = "host or speaker"
    verbose_name_plural = "hosts and speakers"
    extra = 2

    def get_queryset(self, request: HttpRequest) -> QuerySet[SessionContributor]:
        """Know their names, without a query of its own for each."""
        return super().get_queryset(request).select_related("contributor")


@admin.register(Session)
class SessionAdmin(ColumnOfTheEvent, ShowsProse, BeginsWithItsState, RefusesStaleSaves, CallsRules):
    """The sessions; times are their event's."""

    form = SessionForm
    prose_fields = ("description", "ground_rules", "support_after")
    refusals = (CapacityBelowTaken, changes.ProgrammeRefused)
    inlines = [ContributorInline]
    change_list_template = "admin/events/session/change_list.html"
    list_display = ["title", "event", "format", "when", "room", "places", "status"]
    list_filter = ["event", PlacesFilter, "status", "format", "themes"]
    list_select_related = ["event", "workshop"]
    search_fields = ["title__typed", "room__typed", "external_id", "contributors__name_folded__typed"]
    search_help_text = "Title, room, host or speaker, or id in your spreadsheet"
    actions = ["publish", "cancel"]
    access = [
        *("is_recorded", "has_captions", "has_sign_language", "supported_by"),
        *("has_slides_ahead", "is_camera_optional", "is_step_free"),
    ]
    fieldsets = [
        (
            None,
            {"fields": ["event", "title", "slug", "format", "status", "themes", "summary", "description"]},
        ),
        ("When and where", {"fields": ["starts_at", "ends_at", "room"]}),
        ("Places", {"fields": ["needs_booking", "capacity", "booking_opens_at", "booking_closes_at"]}),
        ("Joining", {"fields": ["join_url", "meeting_number", "passcode", "dial_in", "notes_attendance"]}),
        (
            "Without a time",
            {
                "description": "What is watched whenever it suits. Recordings of a session with a time are "
                "added on the team’s page of it: its hosts are asked, and what is said is read first.",
                "fields": ["recording_url", "transcript"],
            },
        ),
        ("Access and ground rules", {"fields": [*access, "content_note", "ground_rules", "support_after"]}),
        ("Import", {"fields": ["external_id"], "classes": ["collapse"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that import and download a programme."""
        view = self.admin_site.admin_view
        return [
            path(
                "export/",
                view(partial(programme_export.download, model_admin=self)),
                name="events_session_export",
            ),
            path(
                "import/",
                view(partial(programme_upload.upload, model_admin=self)),
                name="events_session_import",
            ),
            path(
                "import/<int:pk>/",
                view(partial(programme_upload.confirm, model_admin=self)),
                name="events_session_import_confirm",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """Have the places at hand: the form and the head of a record ask for them."""
        queryset: QuerySet[Session] = super().get_queryset(request)
        return queryset.select_related("event", "workshop")

    def zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        """Times are those of the session's event."""
        posted, events = request.POST.get("event"), Event.objects.all()
        if object_id:
            event = events.filter(sessions=parse_id(object_id)).first()
        else:
            event = events.filter(pk=parse_id(posted)).first() if posted else events.first()
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
            request.people_told = notices.people_told(obj)  # type: ignore[attr-defined]  # kept for this page
        people = request.people_told  # type: ignore[attr-defined]  # set above
        return f"A new time or room, or cancelling, mails those who are booked, wait or host: {people} now."

    def head(self, request: HttpRequest, record: Session) -> Head:
        """When, how many places, who is in it, and the acts on it."""
        places = getattr(record, "workshop", None)
        drafts = ("publish",) if record.status == Session.Status.DRAFT else ()
        ends = ("cancel",) if record.status != Session.Status.CANCELLED else ()
        return Head(
            state=record.get_status_display(),
            facts=(self.when(record), self.places(record)),
            links=(
                *(
                    (words, list_of("workshops_booking", session=record.pk, status__exact=status.value))
                    for words, status in (_who(record) if places else [])
                ),
                ("The team’s page", reverse("team:session", args=[record.event.slug, record.slug])),
            ),
            actions=(*drafts, *ends),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the event, and the address once it is public: links to it are in people's mail."""
        if obj is None:
            return []
        return ["event", "slug"] if obj.status != Session.Status.DRAFT else ["event"]

    def save_model(
        self, request: HttpRequest, obj: Session, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Save a new one by the rules of the programme; one that is there in ``save_related``."""
        if not change:
            self._save(request, obj, form.cleaned_data, timezone.now())

    def save_related(
        self, request: HttpRequest, form: "forms.ModelForm[Any]", formsets: Any, change: bool
    ) -> None:
        """Save a session as it was seen, or not at all: who hosts it is part of that."""
        if change:
            obj, values, at = form.instance, form.cleaned_data, timezone.now()
            if BACK in request.POST:
                raise changes.ProgrammeRefused("Nothing is saved yet. Change it, and save it again.")
            people, is_booked = people_after(formsets), values["needs_booking"] and obj.is_live
            found = foreseen.look_under_locks(obj, values["capacity"], people, is_booked=is_booked, at=at)
            self._save(request, obj, values, at)
            foreseen.check_seen(found, request.POST.get(SEEN, ""))
        super().save_related(request, form, formsets, change)

    def ask_about(self, request: HttpRequest, refusal: Exception) -> TemplateResponse | None:
        """Show what saving would do, before it is saved."""
        if not isinstance(refusal, foreseen.NotWhatWasSeen):
            return None
        return save_confirmed.page(request, self, refusal)

    def _save(self, request: HttpRequest, obj: Session, values: dict[str, Any], at: datetime) -> None:
        by = staff(request)
        changes.save_session(obj, by=by, at=at)
        if not obj.is_live:
            return
        places = Workshop.objects.filter(session=obj).first()
        if not values["needs_booking"]:
            capacity.open_to_all(obj, by=by, at=at)
        elif places is None or places.capacity != values["capacity"]:
            capacity.set_capacity(obj, values["capacity"], by=by, at=at)

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
        by, at, published = staff(request), timezone.now(), Session.Status.PUBLISHED

        def publish(one: Session) -> None:
            one.status = published
            changes.save_session(one, by=by, at=at)

        self._each(request, queryset.filter(status=Session.Status.DRAFT), published, publish)

    @admin.action(description="Cancel the session… (mails everybody)", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Session]) -> HttpResponse | None:
        """Cancel the selected sessions, after saying whom it mails."""
        concerned = queryset.exclude(status=Session.Status.CANCELLED)
        at = timezone.now()
        touched = {one.pk: cancelling.look(one, at=at) for one in concerned}
        people = sum(one.mailed for one in touched.values())
        sentences = [
            f"This mails those who are booked, wait or host: {people} now. Their bookings end.",
            "For ten minutes nobody is mailed, and it can be brought back on the team’s page of the session. "
            "There you can also give a reason. Within two hours of its start people are mailed at once.",
        ]
        said = to_be_seen({pk: one.fingerprint for pk, one in touched.items()})
        title = "Cancel the session"
        if page := ask(
            self, request, concerned, action="cancel", title=title, sentences=sentences, seen=said
        ):
            return page
        seen, by = was_seen(request), staff(request)
        self._each(
            request,
            concerned,
            Session.Status.CANCELLED,
            lambda one: cancelling.cancel(one, "", seen=seen.get(str(one.pk), ""), by=by, at=at),
        )
        return None

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Session],
        status: Session.Status,
        rule: Callable[[Session], None],
    ) -> None:
        done = 0
        for session in queryset:
            try:
                rule(session)
            except changes.ProgrammeRefused as refusal:
                self.message_user(request, f"{session}: {refusal}", messages.WARNING)
            else:
                done += 1
        self.message_user(
            request, f"{done} now {status.label.lower()}.", messages.SUCCESS if done else messages.INFO
        )


admin.site.register(Booking, BookingAdmin)


def _who(session: Session) -> list[tuple[str, Booking.Status]]:
    """Say how many are in each state, as the list that it leads to counts them: all who hold a place too."""
    live = Booking.objects.live().filter(session=session).order_by().values_list("status")
    numbers = Counter(dict(live.annotate(number=Count("pk"))))
    return [
        (f"{words}: {numbers[status]}", status)
        for status, words in _STATES.items()
        if numbers[status] or status in (Booking.Status.BOOKED, Booking.Status.WAITING)
    ]
