"""Members, the community's list and the site's settings in the admin. Membership changes by rule only."""

from functools import partial
from typing import Any

from allauth.account import admin as allauth_admin
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa import admin as mfa_admin
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator

from common.admin.heads import BeginsWithItsState, Head, list_of
from common.admin.lookups import OffersItsFilters
from common.admin.stale_saves import RefusesStaleSaves
from common.http import parse_id
from members import keys, membership
from members.accounts import first_factor, fresh_proof, logged_in
from members.admin import views
from members.admin.forms import ListedAddressForm, MemberForm, NewMemberForm
from members.admin.membership import ACTS, MembershipActions, StandingFilter
from members.admin.people import erasure_of, staff, unconfirmed
from members.admin.roles import RolesField, changes_rights, roles
from members.models import ListedAddress, Member

# The admin's own log-in goes through allauth's, with its limits and codes.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents
# Addresses and factors change by rule. allauth's admins are imported above, lest they register later.
admin.site.unregister(allauth_admin.EmailAddress)
admin.site.unregister(mfa_admin.Authenticator)


@admin.register(Member)
class MemberAdmin(BeginsWithItsState, MembershipActions, RefusesStaleSaves, UserAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """The people. Accounts that hold keys of the site are for superusers (``members.keys``)."""

    form = MemberForm
    saves_by_rules = ("add",)
    add_form = NewMemberForm
    change_form_template = "admin/members/member/change_form.html"
    list_display = ["name", "email", "membership", "organisation", "role", "knows_us", "joined"]
    list_filter = [StandingFilter, "region", "is_staff"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name_folded__typed", "email", "organisation__typed"]
    search_help_text = "Name, email address or organisation"
    ordering = ["-id"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["name", "email", "is_confirmed", "organisation", "role", "region", "pronouns"]}),
        (
            "Membership",
            {"fields": ["membership", "introduction", "membership_reason", "membership_changed_at"]},
        ),
        ("Choices", {"fields": ["time_zone", "calendar"]}),
        ("Access", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        ("Dates", {"fields": ["date_joined", "last_login", "changed_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["name", "email", "organisation", "role", "region", "is_member"]})]

    def head(self, request: HttpRequest, record: Member) -> Head:
        """Whether they are a member, where they work, and what can be done about it."""
        address = "" if self.is_confirmed(record) else unconfirmed(record)
        facts = (address, erasure_of(record), record.organisation)
        lists = ("Registrations", "events_registration"), ("Bookings", "workshops_booking")
        return Head(
            state=record.get_membership_display(),
            facts=facts,
            links=tuple((words, list_of(model, q=record.email)) for words, model in lists),
            actions=ACTS[Member.Membership(record.membership)]
            if self.has_change_permission(request, record)
            else (),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        """Know of each whether the address is confirmed, without a query of its own."""
        confirmed = EmailAddress.objects.filter(user_id=OuterRef("pk"), primary=True, verified=True)
        queryset: QuerySet[Member] = super().get_queryset(request).annotate(confirmed=Exists(confirmed))
        return queryset

    @admin.display(description="confirmed", boolean=True, ordering="confirmed")
    def is_confirmed(self, member: Member) -> bool:
        """Whether they have shown that the address is theirs."""
        return bool(getattr(member, "confirmed", False))

    @admin.display(description="how they know us")
    def knows_us(self, member: Member) -> str:
        """What they said when they were asked, in short."""
        return Truncator(member.introduction).chars(80)

    @admin.display(description="joined", ordering="date_joined")
    def joined(self, member: Member) -> str:
        """The day of the account."""
        return date_format(member.date_joined, "j M Y")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the few team roles as ticks, with what each may do."""
        if db_field.name == "groups":
            return RolesField(roles(), required=False, label="Team roles")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for little on a new account; carry the stale-save check otherwise."""
        return self.add_fieldsets if obj is None else super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show what rules own; who may do what is for superusers."""
        if obj is None:
            return []
        owned = ["email", "is_confirmed", "membership", "membership_reason", "membership_changed_at"]
        owned.append("introduction")
        dates = ["date_joined", "last_login", "changed_at"]
        rights = [] if request.user.is_superuser else ["is_active", "is_staff", "is_superuser", "groups"]
        return [*owned, *dates, *rights]

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Ask a superuser who they are before somebody's rights change."""
        member = Member.objects.filter(pk=parse_id(object_id)).first() if request.method == "POST" else None
        if member is not None and request.user.is_superuser and changes_rights(request.POST, member):
            return fresh_proof.ask(request) or super().changeform_view(request, object_id, *args, **kwargs)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse whom ``keys`` refuses, so that nobody takes over a stronger account."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or keys.may_change(obj, by=staff(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a person is erased by the rule for that, which keeps what counts."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Save; whose rights have changed logs in with those of now, and may set up a second step."""
        before = set(form.instance.groups.values_list("pk", flat=True)) if change else set()
        super().save_related(request, form, formsets, change)
        after = set(form.instance.groups.values_list("pk", flat=True)) if change else set()
        is_other = form.instance != request.user
        if is_other and (before != after or {"is_active", "is_staff", "is_superuser"} & {*form.changed_data}):
            logged_in.end_all(form.instance)
            if request.user.is_superuser and first_factor.is_waited_for(form.instance):
                first_factor.let(form.instance, by=staff(request), at=timezone.now())

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: Any) -> None:
        """Save; a new account is made by its rule."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            is_member = form.cleaned_data["is_member"]
            membership.add(obj, is_member=is_member, by=staff(request), at=timezone.now())

    def response_add(self, request: HttpRequest, obj: Member, post_url_continue: str | None = None) -> Any:
        """Lead on to registering and booking for whoever was added."""
        if request.user.has_perm("workshops.add_booking"):
            url = f"{reverse('admin:workshops_booking_add')}?member={obj.pk}"
            words = format_html('<a href="{}">Register {} for an event and book a place</a>', url, obj)
            self.message_user(request, words)
        return super().response_add(request, obj, post_url_continue)

    def get_urls(self) -> list[URLPattern]:
        """Add the page that corrects an address, and ours in place of the one that sets a password."""
        view = self.admin_site.admin_view
        address = view(partial(views.correct_address, model_admin=self))
        password = view(partial(views.send_password_reset, model_admin=self))
        erasure = view(partial(views.erase, model_admin=self))
        second_step = view(partial(views.reset_second_step, model_admin=self))
        return [
            path("<int:pk>/second-step/", second_step, name="members_member_second_step"),
            path("<int:pk>/erase/", erasure, name="members_member_erase"),
            path("<int:pk>/address/", address, name="members_member_address"),
            path("<int:pk>/password/", password, name="members_member_password"),
            *(url for url in super().get_urls() if url.name != "auth_user_password_change"),
        ]


@admin.register(ListedAddress)
class ListedAddressAdmin(OffersItsFilters):
    """The community's list: who confirms an address on it is a member at once."""

    form = ListedAddressForm
    change_list_template = "admin/members/listedaddress/change_list.html"
    list_display = ["email", "name", "organisation", "role", "region", "added"]
    list_filter = ["region"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["email", "name_folded__typed", "organisation__typed"]
    search_help_text = "Email address, name or organisation"

    @admin.display(description="added", ordering="created_at")
    def added(self, one: ListedAddress) -> str:
        """The day on which it came to the list."""
        return date_format(one.created_at, "j M Y")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that import a list."""
        view = self.admin_site.admin_view
        return [
            path(
                "import/",
                view(partial(views.upload_list, model_admin=self)),
                name="members_listedaddress_import",
            ),
            path(
                "import/<int:pk>/",
                view(partial(views.confirm_list, model_admin=self)),
                name="members_listedaddress_confirm",
            ),
            *super().get_urls(),
        ]
