"""Registrations in the admin: who comes. Rows change by the rules only."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from common.admin.heads import BeginsWithItsState, Head, address_of, list_of
from common.admin.long_lists import LongList
from common.admin.rules import RowsOfRules, ask, for_each
from common.times import format_moment, short_moment
from events import registration
from events.admin.columns import ColumnOfTheEvent
from events.admin.forms import NewRegistrationForm
from events.models import AccessNeeds, Registration
from members.admin.people import staff, warn_of_unreached
from members.capabilities import SEE_ACCESS_NEEDS


class RegistrationAdmin(ColumnOfTheEvent, BeginsWithItsState, LongList, RowsOfRules):
    """Who is registered; rows change by the rules only."""

    form = NewRegistrationForm
    refusals = (registration.RegistrationRefused,)
    list_display = ["member", "organisation", "event", "status", "has_needs", "created"]
    list_filter = ["event", "status"]
    ordering = ["-id"]  # as they were made, by the index there is
    search_fields = ["member__name_folded__typed", "member__email"]
    search_help_text = "Name or email address"
    written_relations = ["member"]
    actions = ["cancel"]

    def get_list_display(self, request: HttpRequest) -> Any:
        """Say that there are needs to who may see them."""
        may_see = request.user.has_perm(SEE_ACCESS_NEEDS)
        return [one for one in self.list_display if may_see or one != "has_needs"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        """Know of each whether there are access needs, without a query of its own."""
        needs = AccessNeeds.objects.filter(registration=OuterRef("pk"))
        queryset: QuerySet[Registration] = super().get_queryset(request).annotate(has_needs=Exists(needs))
        return queryset.select_related("member", "event")

    def head(self, request: HttpRequest, record: Registration) -> Head:
        """Whose registration for what, and the acts on it."""
        is_over = record.status == Registration.Status.CANCELLED
        bookings = list_of(
            "workshops_booking", q=record.member.email, session__event__id__exact=record.event_id
        )
        return Head(
            state=record.get_status_display(),
            facts=(str(record.member), str(record.event)),
            links=(("The member", address_of("members_member", record.member_id)), ("Bookings", bookings)),
            actions=() if is_over else ("cancel",),
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for little on a new one; show all of one that there is."""
        if obj is None:
            return ["event", "member", "has_accepted"]
        may_see = request.user.has_perm(SEE_ACCESS_NEEDS)
        return ["member", "event", "status", "created", "changed", *(["needs_told"] if may_see else [])]

    def save_model(
        self, request: HttpRequest, obj: Registration, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Register by the same rule as the page."""
        made = registration.register(obj.event, obj.member, by=staff(request), at=timezone.now())
        obj.pk, obj.status = made.pk, made.status
        warn_of_unreached(request, obj.member)

    @admin.display(description="organisation", ordering="member__organisation")
    def organisation(self, one: Registration) -> str:
        """Where they work."""
        return one.member.organisation

    @admin.display(description="access needs", boolean=True)
    def has_needs(self, one: Registration) -> bool:
        """Whether they told what they need."""
        return bool(getattr(one, "has_needs", False))

    @admin.display(description="registered", ordering="created_at")
    def created(self, one: Registration) -> str:
        """When they registered first, in the event's zone."""
        return short_moment(one.created_at, one.event.zone)

    @admin.display(description="last changed")
    def changed(self, one: Registration) -> str:
        """When the status changed, in the event's zone."""
        return format_moment(one.status_changed_at, one.event.time_zone)

    @admin.display(description="access needs")
    def needs_told(self, one: Registration) -> str:
        """Whether there are any, and the page where they are looked at, which is recorded."""
        if not AccessNeeds.objects.filter(registration=one).exists():
            return "None told."
        url = f"{reverse('team:needs')}?person={one.member_id}&event={one.event.slug}&state=all"
        return format_html('<a href="{}">Look at them</a>: it is recorded.', url)

    @admin.action(description="Cancel the registration… (mails them)", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse | None:
        """Cancel the selected registrations, after asking."""
        sentences = [
            "Each of them is mailed. Their places in workshops go to the waiting lists; "
            "registering again does not bring them back."
        ]
        if page := ask(
            self, request, queryset, action="cancel", title="Cancel the registration", sentences=sentences
        ):
            return page
        at, by = timezone.now(), staff(request)
        if for_each(self, request, queryset, lambda one: registration.cancel(one, by=by, at=at)):
            self.message_user(request, "The registrations are cancelled.", messages.SUCCESS)
        return None
