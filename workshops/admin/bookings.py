"""Bookings in the admin: who has, waits for or gave up what. Every change goes through the rules."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from common.admin.heads import BeginsWithItsState, Head, address_of
from common.admin.long_lists import LongList
from common.admin.rules import RowsOfRules, ask, for_each, reason_form
from common.times import format_moment, short_moment
from events import registration
from events.admin.columns import ColumnOfTheEvent
from members.admin.people import staff, warn_of_unreached
from workshops.admin.filters import SessionFilter
from workshops.admin.forms import NewBookingForm
from workshops.models import Booking
from workshops.places import booking, waiting_list
from workshops.places.refusals import BookingRefused


class BookingAdmin(ColumnOfTheEvent, BeginsWithItsState, LongList, RowsOfRules):
    """Who has, waits for or gave up what; rows change by the rules only."""

    form = NewBookingForm
    refusals = (BookingRefused, registration.RegistrationRefused)
    list_display = ["member", "session", "event", "status", "ticket", "held_until", "changed"]
    list_filter = ["status", "session__event", SessionFilter]
    list_select_related = ["member", "session__event", "registration"]
    search_fields = ["member__name_folded__typed", "member__email", "session__title__typed"]
    search_help_text = "Name or email address, or title of the session"
    written_relations = ["member"]
    actions = ["cancel", "move_up"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for who and what on a new one; show all of one that there is."""
        if obj is None:
            return ["member", "session", "has_accepted"]
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

    def head(self, request: HttpRequest, record: Booking) -> Head:
        """Whose booking of what, and the acts on it."""
        session = record.session
        return Head(
            state=record.get_status_display(),
            facts=(str(record.member), f"{session}, {short_moment(session.starts_at, session.event.zone)}"),
            links=(
                ("The member", address_of("members_member", record.member_id)),
                ("The session", address_of("events_session", record.session_id)),
            ),
            actions=_acts(record),
        )

    def save_model(
        self, request: HttpRequest, obj: Booking, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Register where that is wanted, and book, by the same rules as the pages; all of it or nothing."""
        at, by, member = timezone.now(), staff(request), form.cleaned_data["member"]
        registered: int | None = obj.registration_id
        if registered is None:
            obj.registration = registration.register(obj.session.event, member, by=by, at=at)
        made = booking.book(obj.session, obj.registration, by=by, at=at)
        obj.pk, obj.status, obj.member_id = made.pk, made.status, made.member_id
        warn_of_unreached(request, member)

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
        sentences = ["The places go to the waiting lists at once. Each member is told in their agenda mail."]
        if page := ask(
            self, request, queryset, action="cancel", title="Cancel the booking", sentences=sentences
        ):
            return page
        at, by, ended = timezone.now(), staff(request), Booking.Ended.BY_STAFF
        if for_each(self, request, queryset, lambda one: booking.cancel(one, by=by, at=at, ended=ended)):
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
        at, by, reason = timezone.now(), staff(request), form.cleaned_data["reason"]
        up = partial(waiting_list.move_up, at=at, by=by, reason=reason)
        if for_each(self, request, line.order_by("-ticket"), up):
            self.message_user(request, "They are at the head of the waiting list.", messages.SUCCESS)
        return None


def _acts(record: Booking) -> tuple[str, ...]:
    """Return the actions that can change something about a booking in its state."""
    if record.status == Booking.Status.CANCELLED:
        return ()
    return ("move_up", "cancel") if record.status == Booking.Status.WAITING else ("cancel",)
